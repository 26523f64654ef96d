import type { CommonJsFacts } from './commonjs-facts.js';
import type { ChunkFacts, FileReference } from './file-reference.js';
import type { Span } from './place.js';

/**
 * How a file's text is read. `json` and `asset` have only the exports that their loader provides.
 */
export type Language = 'js' | 'jsx' | 'ts' | 'tsx' | 'dts' | 'json' | 'asset';

/**
 * Everything that the engine needs to know about one module's text, as plain data that can be
 * written as JSON. `parseModule` creates it once for each file. Offsets are UTF-16 units in the
 * file's text.
 */
export interface ModuleRecord {
  readonly language: Language;
  /**
   * Has `import`/`export` syntax or `import.meta` (Node's and TypeScript's test for an ES module).
   */
  readonly hasModuleSyntax: boolean;
  readonly requests: readonly ModuleRequest[];
  readonly exports: readonly ExportEntry[];
  /**
   * Top-level declarations by name, merged; only for TypeScript and declaration files. If all
   * exports are declared in place, private declarations and the members of a source's enums may be
   * left out, because reading them is expensive.
   */
  readonly locals: readonly LocalDeclaration[];
  /**
   * `declare module 'x' { … }` in a file that is not itself a module (an ambient declaration), or
   * an augmentation.
   */
  readonly ambientModules: readonly AmbientModule[];
  /** Files that the code refers to by path, besides its requests; absent if there are none. */
  readonly files?: readonly FileReference[];
  /** How a webpack or Rspack bundle finds its chunks; absent in all other files. */
  readonly chunks?: ChunkFacts;
  /**
   * Names that `require` resolves to files, everywhere in the program, once this module is loaded;
   * absent if there are none.
   */
  readonly redirects?: readonly NameRedirect[];
  /** Only for JavaScript without module syntax. */
  readonly commonjs?: CommonJsFacts;
  /**
   * Only for JavaScript with module syntax: uses of variables that only CommonJS has, without a
   * test for them.
   */
  readonly wrapperUses?: readonly WrapperUse[];
  /**
   * Set if the text does not parse; everything else is then empty. `unread`: the text may be valid,
   * but it is too large to be read.
   */
  readonly syntaxError?: { readonly message: string; readonly unread?: true } & Span;
}

/** What `require` resolves to a file instead of a package. */
export interface NameRedirect {
  /** The whole specifier, or its beginning with `*` at the end. */
  readonly name: string;
  /** Relative to the module's folder. The text that `*` matches is added to it. */
  readonly path: string;
}

/**
 * A use of `require`, `module`, `exports`, `__dirname` or `__filename` in a module that declares no
 * such name.
 */
export interface WrapperUse extends Span {
  readonly name: string;
  /**
   * What a bundler's replacement for `require` is called with. It throws if there is no `require`.
   */
  readonly specifier?: string;
  /**
   * The code may not run when the module loads: it is in a function without a known call, or in a
   * branch.
   */
  readonly deferred?: true;
}

/** The form of a request for another module. */
export type RequestForm =
  | 'import' // import … from 'x', import 'x'
  | 'export-from' // export { a } from 'x', export * as ns from 'x'
  | 'export-star' // export * from 'x'
  | 'dynamic-import' // import('x')
  | 'require' // require('x')
  | 'import-equals' // import x = require('x')
  | 'import-type' // import('x').T in a type
  | 'url' // new URL('x', import.meta.url)
  | 'meta-resolve' // import.meta.resolve('x')
  | 'require-resolve' // require.resolve('x')
  | 'mock' // vi.mock('x'), jest.mock('x') and similar
  | 'augmentation' // declare module 'x' in a module
  | 'reference'; // /// <reference types="x" />

/** One request of a module: the specifier and the names. */
export interface ModuleRequest extends Span {
  /** As written, escapes resolved. `start`/`end` are the specifier's span, quotes included. */
  readonly specifier: string;
  readonly form: RequestForm;
  /**
   * `import type …`, `export type … from`, `import('x').T`, and every form inside a declaration
   * file.
   */
  readonly typeOnly: boolean;
  /** Inside a try block with a catch clause, or with a `.catch(…)`: the code handles a failure. */
  readonly guarded: boolean;
  /**
   * A call (`require`, `import()`, …) that may not run when the module loads: in a function, or in
   * a branch.
   */
  readonly deferred?: true;
  /** The call is in a branch, so it may never run. */
  readonly conditional?: true;
  /**
   * The file from which the specifier is resolved, relative to the module's folder: `createRequire(base)`,
   * `require.resolve(x, { paths: [base] })`. Absent if it is the module itself.
   */
  readonly base?: string;
  /** A mock with a factory: the module is found and not loaded. */
  readonly replaced?: true;
  /** The file mocks the module as one that does not exist. */
  readonly virtual?: true;
  /** Imported names. Empty without `namespace`: the module only has to load (or resolve). */
  readonly names: readonly RequestedName[];
  /**
   * Set if the module's namespace object is bound (import * as ns, require, await import).
   * `members`: each use of it reads a known member, which is in `names`. `escapes`: it is passed
   * on, so further reads are unknown.
   */
  readonly namespace?: 'members' | 'escapes';
}

export interface RequestedName extends Span {
  /**
   * The name in the other module; `default` for a default import. `start`/`end` are the name's own
   * span.
   */
  readonly name: string;
  /** Used as a type only: `import { type X }`, `typeof ns.X` in a type, `import('x').X`. */
  readonly typeOnly: boolean;
  readonly via: 'named' | 'default' | 'member' | 'destructured';
  /** The text has a fallback (`ns.x ?? y`, `const { x = 1 } = …`), so the name may be missing. */
  readonly optional?: true;
  /**
   * A member that is read and passed on, neither called nor read from. If it is absent, nothing
   * fails there.
   */
  readonly plain?: true;
  /**
   * A read of `default` from the result of a compiler's helper for a required module. If the module
   * is marked as compiled from ES modules, it is `exports.default`, otherwise all of
   * `module.exports`. With `node` it is always all of `module.exports`.
   */
  readonly interop?: 'marked' | 'node';
}

/**
 * One export of an ES module or a declaration file. Imported bindings that are exported are
 * `indirect` here.
 */
export type ExportEntry =
  /** Declared here. `local` names the declaration; absent for an anonymous default. */
  | ({
      readonly kind: 'local';
      readonly name: string;
      readonly local?: string;
      readonly typeOnly: boolean;
    } & Span)
  /**
   * `export { a as b } from 'x'`, or `import { a } from 'x'; export { a as b }`. `request` is an
   * index into requests.
   */
  | ({
      readonly kind: 'indirect';
      readonly name: string;
      readonly request: number;
      readonly importName: string;
      readonly typeOnly: boolean;
    } & Span)
  /** `export * as name from 'x'`, or `import * as ns from 'x'; export { ns as name }`. */
  | ({
      readonly kind: 'namespace';
      readonly name: string;
      readonly request: number;
      readonly typeOnly: boolean;
    } & Span)
  /** `export * from 'x'`. */
  | ({ readonly kind: 'star'; readonly request: number; readonly typeOnly: boolean } & Span)
  /**
   * `export = X`. `members` are the names that can be imported, if they are known: the exports of
   * the merged namespace, or the members of a written object type. `open` says why there may be
   * more.
   */
  | ({
      readonly kind: 'assignment';
      /**
       * `export = require('x')` through `import X = require('x')`: the names are those of that
       * request.
       */
      readonly request?: number;
      readonly members: readonly MemberName[];
      readonly open?: string;
      /**
       * X is only a class, a function or an enum, so an import statement can only import `default`
       * (TS2497).
       */
      readonly wholeOnly?: true;
    } & Span);

export interface MemberName extends Span {
  readonly name: string;
  readonly value: boolean;
  readonly type: boolean;
  readonly constEnum?: true;
  /** Of a namespace or an enum inside a namespace. */
  readonly members?: readonly MemberName[];
  readonly openMembers?: true;
  /**
   * What `export import a = ns.b` refers to, if `ns` is imported. `request` is an index into
   * requests.
   */
  readonly from?: { readonly request: number; readonly importName: string };
}

/** A member that a module reads from an import: `blue` in `Color.blue`, `b` in `ns.a.b`. */
export interface MemberRead extends Span {
  /** The path from the imported name. `start`/`end` are the last member's. */
  readonly path: readonly string[];
  /** Used as a type only. */
  readonly typeOnly: boolean;
  /** Read and passed on, neither called nor read from. */
  readonly plain?: true;
}

/** The known members of an exported value, as its module's text shows them. */
export interface ValueMembers {
  readonly names: readonly string[];
  /** Why there may be more. */
  readonly open?: string;
  /** Every value is an object literal, so that it can be neither called nor constructed. */
  readonly plain?: true;
}

/**
 * All top-level declarations of one name, merged as TypeScript merges them. `start`/`end` are the
 * first name's span.
 */
export interface LocalDeclaration extends Span {
  readonly name: string;
  /** Can be used as a value: const, function, class, enum, namespace with values. */
  readonly value: boolean;
  /** Can be used as a type: interface, type alias, class, enum, and namespaces without values. */
  readonly type: boolean;
  /** `const enum`: in declarations a value without JavaScript. */
  readonly constEnum?: true;
  /** Marked `export` at its declaration. */
  readonly exported: boolean;
  /**
   * Exported names of merged namespaces, members of an enum; absent if the declaration has none.
   */
  readonly members?: readonly MemberName[];
  /** Its only value is a namespace. */
  readonly onlyNamespace?: true;
  /** Merged with a class, a variable or an alias, which may have more members. */
  readonly openMembers?: true;
}

export interface AmbientModule extends Span {
  /** The module's name as written: `x`, `*.css`. */
  readonly specifier: string;
  /** In a file that is a module: adds to an existing module. Otherwise declares one. */
  readonly augments: boolean;
  /** The exports of the block, as of a module; request indices refer to `requests` of the file. */
  readonly exports: readonly ExportEntry[];
  readonly locals: readonly LocalDeclaration[];
}
