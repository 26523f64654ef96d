import type { FilePath, Place } from './place.js';

/** A module that has to be in the built output because of what happens when it is loaded. */
export interface RequiredModule {
  /** Where it is asked for: the specifier of the bare import; the top of the module itself where an option names it. */
  readonly place: Place;
  /** As written in the import; absent where the option `requiredModules` names the module. */
  readonly specifier?: string;
  readonly file: FilePath;
  /** The import leads to the module itself, not to one that gathers it with others. */
  readonly direct: boolean;
}

/** One piece of what was read to tell what the output contains. */
export interface ContentsEvidence {
  readonly text: string;
  readonly file: FilePath;
}

export interface DroppedModule extends RequiredModule {
  readonly evidence: readonly ContentsEvidence[];
  /** The `sideEffects` of the manifest that the module belongs to, where it lets bundlers leave the module out. */
  readonly claim?: SideEffectsClaim;
  /** `style`: a style sheet that the output lacks. `for-consumers`: the output has the module, and consumers' bundlers drop it. */
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
  /** Why nothing tells what the output contains; absent where it does not contain the module, which may do nothing at all. */
  readonly reason?: string;
}

/** The modules that a project needs for their side effects, held against its built output. */
export interface Requirements {
  readonly contained: number;
  readonly dropped: readonly DroppedModule[];
  readonly unknown: readonly UnknownModule[];
}
