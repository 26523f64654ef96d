import type { FilePath, Place } from './place.js';

/** A module that the built output must contain because of what it does when it is loaded. */
export interface RequiredModule {
  /**
   * The place that needs it: the specifier of the bare import, or the start of the module if an
   * option names it.
   */
  readonly place: Place;
  /** As written in the import; absent if the option `requiredModules` names the module. */
  readonly specifier?: string;
  readonly file: FilePath;
  /** The import resolves to the module itself, not to a barrel in front of it. */
  readonly direct: boolean;
}

/** One file that was read to determine what the output contains. */
export interface ContentsEvidence {
  readonly text: string;
  readonly file: FilePath;
}

export interface DroppedModule extends RequiredModule {
  readonly evidence: readonly ContentsEvidence[];
  /** The `sideEffects` of the module's manifest, if it allows bundlers to leave the module out. */
  readonly claim?: SideEffectsClaim;
  /**
   * `style`: a style sheet that the output lacks. `for-consumers`: the output has the module, and
   * consumers' bundlers drop it.
   */
  readonly lack?: 'style' | 'for-consumers';
}

/** A manifest's `sideEffects` that does not cover a module. */
export interface SideEffectsClaim {
  /** The field's value in the manifest. */
  readonly place: Place;
  readonly written: false | readonly string[];
  /** The module's path as the field would list it. */
  readonly path: string;
}

export interface UnknownModule extends RequiredModule {
  /**
   * Why the contents of the output are unknown. Absent if the output lacks the module, which may
   * have no effect.
   */
  readonly reason?: string;
}

/** The modules that a project needs for their side effects, compared with its built output. */
export interface Requirements {
  readonly contained: number;
  readonly dropped: readonly DroppedModule[];
  readonly unknown: readonly UnknownModule[];
}
