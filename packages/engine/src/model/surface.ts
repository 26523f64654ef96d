import type { FilePath, Place } from './place.js';

/** The names that one file exports under one view. */
export interface Surface {
  readonly file: FilePath;
  /** How the names were found. */
  readonly format: 'esm' | 'commonjs' | 'declarations' | 'typescript' | 'json' | 'asset';
  readonly names: ReadonlyMap<string, OfferedName>;
  /** Names that two conflicting `export *` provide: importing one is an error. */
  readonly ambiguous: ReadonlyMap<string, readonly Place[]>;
  /** Why there may be more names than listed. Empty if the list is complete. */
  readonly unknownFacts: readonly UnknownFact[];
}

export interface OfferedName {
  readonly name: string;
  readonly value: boolean;
  readonly type: boolean;
  readonly constEnum?: true;
  /** CommonJS: Node links the name, and its value is always undefined. */
  readonly lost?: true;
  /** The place that declares the name, as far as its re-exports can be followed. */
  readonly origin: Place;
  /** The module whose namespace this name is (`export * as ns from …`), for its members. */
  readonly namespaceOf?: FilePath;
  /** The mode in which that module is loaded. */
  readonly namespaceMode?: 'import' | 'require';
  /**
   * CommonJS: it is what `require` returned. It has the module's own `default` only, or a helper gave
   * it one: always, or if the module is not `marked`.
   */
  readonly namespaceDefault?: 'own' | 'marked' | 'whole';
  /** The declaration of the name in the origin's file. */
  readonly local?: string;
  /**
   * The name in the exports of the origin's file, a CommonJS module; `module.exports` for all of
   * them.
   */
  readonly exported?: string;
}

/** A place where static analysis cannot determine which names exist. */
export interface UnknownFact {
  readonly kind:
    | 'opaque-exports'
    | 'installed-exports'
    | 'undetected-by-node'
    | 'unparsed-module'
    | 'unresolved-star'
    | 'unknown-format'
    | 'not-built'
    | 'no-declarations'
    | 'unknown-reference'
    | 'opaque-image';
  readonly reason: string;
  readonly place: Place;
  /** It is behind a `#name` that no manifest lists, so only a bundler may resolve it. */
  readonly unlisted?: true;
  /** The place is a source, not built output. */
  readonly inSource?: true;
  /** The place may be valid, but it is not read. */
  readonly unread?: true;
  /** `installed-exports`: the package from outside the workspace, and the imported names that could not be checked. */
  readonly installed?: { readonly packageName: string; readonly names: readonly string[] };
}
