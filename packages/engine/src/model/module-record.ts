import type { CommonJsFacts } from './commonjs-facts.js';
import type { ChunkFacts, FileReference } from './file-reference.js';
import type { Span } from './place.js';

/** How a file's text is read. `json` and `asset` have no exports of their own beyond what their loader gives. */
export type Language = 'js' | 'jsx' | 'ts' | 'tsx' | 'dts' | 'json' | 'asset';

/**
 * Everything the engine needs to know about one module's text: plain, JSON-safe data, made once per file by
 * `parseModule` and never looked at as text again. Offsets are UTF-16 units into the file's text.
 */
export interface ModuleRecord {
  readonly language: Language;
  /** Has `import`/`export` syntax or `import.meta` (Node's and TypeScript's test for an ES module). */
  readonly hasModuleSyntax: boolean;
  readonly requests: readonly ModuleRequest[];
  readonly exports: readonly ExportEntry[];
  /**
   * Top-level declarations by name, merged; only for TypeScript and declaration files. Where all exports are declared in
   * place, declarations that are not exported, and the members of a source's enums, may be left out: reading them is dear.
   */
  readonly locals: readonly LocalDeclaration[];
  /** `declare module 'x' { … }` in a file that is not itself a module (an ambient declaration), or an augmentation. */
  readonly ambientModules: readonly AmbientModule[];
  /** Files that the code refers to by path, beside its requests; absent where there are none. */
  readonly files?: readonly FileReference[];
  /** How a webpack or rspack bundle finds its chunks; absent in all other files. */
  readonly chunks?: ChunkFacts;
  /** Names that loading this module makes `require` take for files, everywhere in the program; absent where there are none. */
  readonly redirects?: readonly NameRedirect[];
  /** Only for JavaScript without module syntax. */
  readonly commonjs?: CommonJsFacts;
  /** Only for JavaScript with module syntax: uses of variables that only CommonJS has, where nothing tests for them first. */
  readonly wrapperUses?: readonly WrapperUse[];
  /**
   * Set when the text does not parse; everything else is then empty. `unread`: it may well be valid, but is beyond what is
   * read here.
   */
  readonly syntaxError?: { readonly message: string; readonly unread?: true } & Span;
}

/** What `require` is to take for a file instead of looking for a package. */
export interface NameRedirect {
  /** The whole specifier, or its beginning where it ends in `*`. */
  readonly name: string;
  /** Relative to the module's folder; what the `*` stands for is to be added to it. */
  readonly path: string;
}

/** A use of `require`, `module`, `exports`, `__dirname` or `__filename` where the module declares no such name. */
export interface WrapperUse extends Span {
  readonly name: string;
  /** What a bundler's stand-in for `require` is asked for; it throws where there is none. */
  readonly specifier?: string;
  /** Loading the module may not come to it: in a function that nothing is known to call, or on one side of a branch. */
  readonly deferred?: true;
}

/** How a request for another module is written. */
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
  | 'mock' // vi.mock('x'), jest.mock('x') and kin
  | 'augmentation' // declare module 'x' in a module
  | 'reference'; // /// <reference types="x" />

/** One thing that a module asks of another: the specifier and the names. */
export interface ModuleRequest extends Span {
  /** As written, escapes resolved. `start`/`end` are the specifier's span, quotes included. */
  readonly specifier: string;
  readonly form: RequestForm;
  /** `import type …`, `export type … from`, `import('x').T`, and every form inside a declaration file. */
  readonly typeOnly: boolean;
  /** Inside a try block that has a catch clause, or with a `.catch(…)`: failing is provided for. */
  readonly guarded: boolean;
  /** A call (`require`, `import()`, …) that the module may load without: in a function, or on one side of a branch. */
  readonly deferred?: true;
  /** The call stands on one side of a branch, whatever is around that: nothing says that it ever runs. */
  readonly conditional?: true;
  /** Names asked for. Empty with `namespace` absent: it only must load (or resolve). */
  readonly names: readonly RequestedName[];
  /**
   * Set when the module's namespace object is bound (import * as ns, require, await import): `members` when each use of it
   * reads a known member (those are in `names`), `escapes` when it is passed on, so that nothing more is known to be asked.
   */
  readonly namespace?: 'members' | 'escapes';
}

export interface RequestedName extends Span {
  /** The name asked of the other module; `default` for a default import. `start`/`end` are the name's own span. */
  readonly name: string;
  /** Asked in a position where only a type counts: `import { type X }`, `typeof ns.X` in a type, `import('x').X`. */
  readonly typeOnly: boolean;
  readonly via: 'named' | 'default' | 'member' | 'destructured';
  /** A fallback is in the text (`ns.x ?? y`, `const { x = 1 } = …`): reading it does not promise that it is there. */
  readonly optional?: true;
  /** A member that is read and passed on, neither called nor looked into: where it is absent, nothing fails on the spot. */
  readonly plain?: true;
  /**
   * `default` is read of what a compiler's helper made of a required module: of `exports.default` where the module is marked as compiled
   * from ES modules, of all of `module.exports` otherwise; with `node` always of the latter.
   */
  readonly interop?: 'marked' | 'node';
}

/** One export of an ES module or a declaration file. Imported bindings that are exported are `indirect` here. */
export type ExportEntry =
  /** Declared here. `local` names the declaration; absent for an anonymous default. */
  | ({
      readonly kind: 'local';
      readonly name: string;
      readonly local?: string;
      readonly typeOnly: boolean;
    } & Span)
  /** `export { a as b } from 'x'`, or `import { a } from 'x'; export { a as b }`. `request` is an index into requests. */
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
   * `export = X`. `members` are the names that importers can ask for where they are known: the exports of the merged
   * namespace, the members of an object type written out; `open` tells why there may be more.
   */
  | ({
      readonly kind: 'assignment';
      /** `export = require('x')` through `import X = require('x')`: the names are those of that request. */
      readonly request?: number;
      readonly members: readonly MemberName[];
      readonly open?: string;
      /** X is a class, a function or an enum alone: an import statement may ask for `default` and nothing else (TS2497). */
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
  /** `export import a = ns.b`, where `ns` is imported: what it stands for. `request` is an index into requests. */
  readonly from?: { readonly request: number; readonly importName: string };
}

/** A member that a module reads of what it imports: `blue` in `Color.blue`, `b` in `ns.a.b`. */
export interface MemberRead extends Span {
  /** Below the name that was asked of the other module; `start`/`end` are the last one's. */
  readonly path: readonly string[];
  /** Only a type counts here. */
  readonly typeOnly: boolean;
  /** Read and passed on, neither called nor looked into. */
  readonly plain?: true;
}

/** The members that the value of an exported name has, as far as its module's text tells. */
export interface ValueMembers {
  readonly names: readonly string[];
  /** Why there may be more. */
  readonly open?: string;
}

/** All top-level declarations of one name, merged as TypeScript merges them. `start`/`end` are the first name's span. */
export interface LocalDeclaration extends Span {
  readonly name: string;
  /** Can be used as a value: const, function, class, enum, namespace with values. */
  readonly value: boolean;
  /** Can be used as a type: interface, type alias, class, enum; namespaces without values count here. */
  readonly type: boolean;
  /** `const enum`: in declarations a value that has no JavaScript behind it. */
  readonly constEnum?: true;
  /** Marked `export` where it is declared. */
  readonly exported: boolean;
  /** Exported names of merged namespaces, members of an enum; absent where the declaration has none. */
  readonly members?: readonly MemberName[];
  /** Its only value is a namespace. */
  readonly onlyNamespace?: true;
  /** A class, a variable or an alias is merged with them, which may have more. */
  readonly openMembers?: true;
}

export interface AmbientModule extends Span {
  /** The module's name as written: `x`, `*.css`. */
  readonly specifier: string;
  /** In a file that is a module: adds to an existing module. Otherwise declares one. */
  readonly augments: boolean;
  /** What the block exports, as for a module of its own; request indices point into `requests` of the file. */
  readonly exports: readonly ExportEntry[];
  readonly locals: readonly LocalDeclaration[];
}
