import type { Span } from './place.js';

/** What a CommonJS module exports. */
export interface CommonJsFacts {
  /** The names that cjs-module-lexer detects. Node links an ES module's named imports by them. */
  readonly lexed: { readonly exports: readonly string[]; readonly reexports: readonly string[] };
  /**
   * Names that the code assigns to `exports`, `module.exports` or an object literal that replaces
   * it.
   */
  readonly assigned: readonly AssignedName[];
  /**
   * Names that no importer gets: they are only in an `exports` that `module.exports = …` replaces,
   * or only in an annotation. The lexer may detect them.
   */
  readonly lost?: readonly string[];
  /**
   * Modules whose names are copied: `__exportStar(require('x'), exports)`, `module.exports =
   * require('x')`, spread.
   */
  readonly assignedFrom: readonly string[];
  /**
   * The modules of `assignedFrom` that only pass on enumerable names: a spread, `Object.assign`, a
   * loop over keys.
   */
  readonly copiedFrom?: readonly string[];
  /** Values of other modules whose members are copied: `module.exports = require('x').api`. */
  readonly membersOf?: readonly (Pick<NameOfModule, 'specifier' | 'name'> & Span)[];
  /**
   * Functions of other modules that the exports are passed through: `module.exports = require('x')(exports)`. If such a function returns
   * its argument, it adds the names of `passesOn`. Otherwise there may be other names.
   */
  readonly passedThrough?: readonly ({ readonly specifier: string; readonly reason: string } & Span)[];
  /** `module.exports` is a function that returns its first argument with these names added. */
  readonly passesOn?: readonly string[];
  /** The modules of `assignedFrom` that do not pass on `default`: compiled `export *`. */
  readonly starredFrom?: readonly string[];
  /**
   * Why there may be more names: `module.exports = make()`, `exports` passed to other code,
   * computed keys.
   */
  readonly open: readonly ({ readonly reason: string } & Span)[];
}

/** Names that a module sets on the `module.exports` of another one. */
export interface AddedNames {
  readonly specifier: string;
  readonly names: readonly string[];
  /** Modules whose names it copies there. */
  readonly from: readonly string[];
}

/**
 * `interop`: a `default` through a helper, which returns the whole module if it is not marked as
 * compiled from ES modules.
 */
export interface NameOfModule {
  readonly specifier: string;
  readonly name: string;
  readonly interop?: true;
}

export interface AssignedName extends Span {
  readonly name: string;
  /** Names of other modules that are its only values: `exports.a = require('./b').c`. */
  readonly from?: readonly NameOfModule[];
  /** The module that is its whole value: `exports.a = require('./b')`. */
  readonly module?: string;
  /**
   * A helper around that `require` gives the module a `default`: always, or if it is not `marked` as
   * compiled from ES modules.
   */
  readonly helped?: 'marked' | 'whole';
  /** Its only definitions are getters that throw. */
  readonly throws?: true;
  /** Its only values are members that an object of the file does not have. */
  readonly absent?: true;
  /** When the module loads, the code reads a variable for it that nothing declares. */
  readonly fails?: true;
  /** Not enumerable, so code that copies names leaves it out. */
  readonly hidden?: true;
}
