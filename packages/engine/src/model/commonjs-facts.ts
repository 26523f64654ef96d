import type { Span } from './place.js';

/** What a CommonJS module offers. */
export interface CommonJsFacts {
  /** What cjs-module-lexer detects: what Node links an ES module's named imports by. */
  readonly lexed: { readonly exports: readonly string[]; readonly reexports: readonly string[] };
  /** Names that the code assigns to `exports`, `module.exports` or an object literal that replaces it. */
  readonly assigned: readonly AssignedName[];
  /**
   * Names that are given only to an `exports` that `module.exports = …` replaces, or stand in an annotation alone: the lexer may
   * detect them, nobody gets them.
   */
  readonly lost?: readonly string[];
  /** Modules whose names are copied: `__exportStar(require('x'), exports)`, `module.exports = require('x')`, spread. */
  readonly assignedFrom: readonly string[];
  /** Those of `assignedFrom` of which only enumerable names are copied: a spread, `Object.assign`, a loop over keys. */
  readonly copiedFrom?: readonly string[];
  /** Those of `assignedFrom` whose `default` is left out: what compilers make of `export *`. */
  readonly starredFrom?: readonly string[];
  /** Why the names assigned may not be all: `module.exports = make()`, `exports` passed on, computed keys. */
  readonly open: readonly ({ readonly reason: string } & Span)[];
}

/** `interop`: a `default` through a helper, which gives the whole module for one that is not marked as compiled from ES modules. */
export interface NameOfModule {
  readonly specifier: string;
  readonly name: string;
  readonly interop?: true;
}

export interface AssignedName extends Span {
  readonly name: string;
  /** Names of other modules that its value is read from, where it is nothing else: `exports.a = require('./b').c`. */
  readonly from?: readonly NameOfModule[];
  /** The module that its value is all of: `exports.a = require('./b')`. */
  readonly module?: string;
  /** All that it is given are getters that throw. */
  readonly throws?: true;
  /** Not enumerable: what copies names leaves it out. */
  readonly hidden?: true;
}
