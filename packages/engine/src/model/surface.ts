import type { FilePath, Place } from './place.js';

/** The names that one file offers to those who ask for it in one way. */
export interface Surface {
  readonly file: FilePath;
  /** How the names were found. */
  readonly format: 'esm' | 'commonjs' | 'declarations' | 'typescript' | 'json' | 'asset';
  readonly names: ReadonlyMap<string, OfferedName>;
  /** Names that `export *` offers from two places that do not agree: asking for one is an error. */
  readonly ambiguous: ReadonlyMap<string, readonly Place[]>;
  /** Why a name that is not listed may exist all the same. Empty: the names are all there are. */
  readonly unknownFacts: readonly UnknownFact[];
}

export interface OfferedName {
  readonly name: string;
  readonly value: boolean;
  readonly type: boolean;
  readonly constEnum?: true;
  /** CommonJS: the name is there for Node to link, and is sure to be undefined. */
  readonly lost?: true;
  /** Where the name is declared, as far as the chain can be followed. */
  readonly origin: Place;
  /** The module whose namespace this name is (`export * as ns from …`), for members asked through it. */
  readonly namespaceOf?: FilePath;
  /** In which mode that module is asked. */
  readonly namespaceMode?: 'import' | 'require';
  /** The declaration in the origin's file that stands behind the name. */
  readonly local?: string;
  /** The name that the origin's file, a CommonJS module, gives to its exports; `module.exports` for all of them. */
  readonly exported?: string;
}

/** A place where static analysis cannot know which names there are. */
export interface UnknownFact {
  readonly kind:
    | 'opaque-exports'
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
  /** The place is a source, not built output. */
  readonly inSource?: true;
  /** The place may be sound; it is beyond what is read. */
  readonly unread?: true;
}
