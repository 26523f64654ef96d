import type { LeftAlias } from './left-alias.js';
import type { ExtensionlessPath } from './extensionless-path.js';
import type { FilePath, Place } from './place.js';
import type { RequestedName, RequestForm } from './module-record.js';
import type { UnknownFact } from './surface.js';

export type Mode = 'import' | 'require';

/** How TypeScript resolves one request, by the configuration of the file. */
export interface TypesResolution {
  readonly mode: Mode | 'either';
  /** `module` is node16 or later: relative paths of ES modules need their extension. */
  readonly nodenext?: true;
  /** `moduleResolution` is node10, which does not read `exports`. */
  readonly node10?: true;
  /** An import without declarations is an error (`strict` or `noImplicitAny`, without `allowJs`). */
  readonly strict?: true;
}

/** One import: a request of a module for a name of a workspace package. */
export interface Demand {
  /** The importing module's project. */
  readonly dependent: string;
  /** The place to show: that of the name, or else of the specifier. */
  readonly place: Place;
  /** The specifier's place. */
  readonly specifierPlace: Place;
  readonly specifier: string;
  readonly form: RequestForm;
  /** The provider's project. */
  readonly provider: string;
  readonly subpath: string;
  /**
   * The imported name. Absent if the module only has to load or, for `url` and similar, to resolve.
   */
  readonly name?: string;
  /**
   * The members that are read from the name: `['red']` for `Color.red`. Absent for the name itself.
   */
  readonly member?: readonly string[];
  /**
   * `both`: a plain import in TypeScript. It imports a value unless the declarations say that the
   * name is only a type.
   */
  readonly phase: 'runtime' | 'types' | 'both';
  /**
   * How the provider is loaded. `either` if the source does not decide, because TypeScript may be
   * compiled to both. Such an import is unmet only if both ways fail. The built output has its own,
   * exact import.
   */
  readonly mode: Mode | 'either';
  /** How TypeScript resolves it; if absent, in the same way as `mode`. */
  readonly types?: TypesResolution;
  readonly origin: 'source' | 'output';
  /** Only bundlers for browsers resolve it, so the answer is about the variant for browsers. */
  readonly forBrowsers?: true;
  /**
   * Node itself links this import: it is in a built ES module of a package that runs on Node.
   * Otherwise a bundler may link it.
   */
  readonly onNode?: true;
  /** In an import or export statement, without which an ES module does not load. */
  readonly linked?: true;
  /** See `RequestedName.interop`. Absent if the `default` of a required module is read directly. */
  readonly interop?: RequestedName['interop'];
  /** A style sheet's request that some tool finds, so that it is met. */
  readonly isFound?: true;
  /** A mock with a factory: the entry point only has to resolve. */
  readonly replaced?: true;
  /** Module federation loads it from another application, so that no manifest declares it. */
  readonly remote?: true;
  /** The code handles the failure (try/catch), so it is a warning at most. */
  readonly soft: boolean;
  /** `import 'x'` in declarations, which needs no name: TypeScript skips it if the module is missing. */
  readonly namesNothing?: true;
  /**
   * A member of a required module that is read and passed on. If only the name is missing, CommonJS
   * continues with undefined, which is a warning at most.
   */
  readonly plain?: true;
}

/** An import compared with the variant that it loads. */
export type Answer =
  | { readonly demand: Demand; readonly verdict: 'met' }
  | { readonly demand: Demand; readonly verdict: 'unknown'; readonly unknownFact: UnknownFact }
  | { readonly demand: Demand; readonly verdict: 'unmet'; readonly why: Unmet };

/** Why an import is not met. Each kind belongs to one rule. */
export type Unmet =
  | ({ readonly kind: 'missing-export' } & Served)
  | ({ readonly kind: 'missing-type-export' } & Served)
  /** The name is only a type, and the code uses it as a value at `used`. */
  | {
      readonly kind: 'type-used-as-value';
      readonly entry: EntryPlace;
      readonly used: Place;
      readonly declared: Place;
    }
  /**
   * Not among the names that Node detects (cjs-module-lexer). `assigned`: where it is assigned all the same; `created`: where the code
   * makes exports whose names cannot be known.
   */
  | ({
      readonly kind: 'undetectable-cjs-export';
      readonly assigned?: Place;
      readonly created?: Place;
    } & Served)
  /** TypeScript finds no declarations for the entry point, and the importer's configuration makes that an error. */
  | { readonly kind: 'untyped-import'; readonly entry: EntryFailure; readonly file?: FilePath }
  | MissingMember
  | ({ readonly kind: 'ambiguous-export'; readonly origins: readonly Place[] } & Served)
  | { readonly kind: 'unexported-subpath'; readonly entry: EntryFailure }
  | { readonly kind: 'unresolved-condition'; readonly entry: EntryFailure }
  | { readonly kind: 'entry-file-missing'; readonly entry: EntryFailure }
  /** The provider's own output does not link, so every import from it fails. */
  | { readonly kind: 'broken-provider'; readonly errors: readonly LinkError[] }
  /** The code that the provider loads imports something that another package does not have. */
  | { readonly kind: 'broken-dependency'; readonly answers: readonly Answer[] };

export interface CalledModule {
  readonly as: 'function' | 'iterable' | 'promise';
  /** All of the module is used: what `require` or a namespace import gives. Otherwise it is the default import. */
  readonly whole: boolean;
  /** The module has a default export, which may be what is meant. */
  readonly hasDefault: boolean;
  /**
   * `value`: the default export is an object. `inner`: the code uses the property `default` of the default export, which
   * has none. `undefined`: no helper gives the importer a default, and the module has none.
   */
  readonly of?: 'value' | 'inner' | 'undefined';
}

/** The name exists, and a member that is read from it does not. `offers` lists its members. */
export type MissingMember = {
  readonly kind: 'missing-member';
  /** The view that lacks it: the JavaScript, or the declarations. */
  readonly side: 'runtime' | 'types';
  /** The declaration of the name that lacks the member. */
  readonly owner: Place;
  /** The declarations have the member. */
  readonly promised: boolean;
  /**
   * `default` is all of `module.exports` here. `inDefault`: the module's own export `default` has
   * the member.
   */
  readonly whole?: { readonly inDefault: boolean };
  /** The default or the whole module is used as a function, an iterable or a promise, and is an object. */
  readonly called?: CalledModule;
  /**
   * The two conflicting `export *` that both provide the member, so a namespace has it from
   * neither.
   */
  readonly origins?: readonly Place[];
} & Served;

/**
 * A static import inside a package's built output that Node's linker rejects, or a `require` of a
 * missing file.
 */
export type LinkError =
  | {
      readonly kind: 'missing-export';
      readonly place: Place;
      readonly name: string;
      readonly specifier: string;
      readonly target: FilePath;
      readonly offers: readonly string[];
      /** The file itself exports the name and does not declare it. */
      readonly undeclared?: true;
    }
  | {
      readonly kind: 'ambiguous-export';
      readonly place: Place;
      readonly name: string;
      readonly specifier: string;
      readonly target: FilePath;
      readonly origins: readonly Place[];
    }
  | {
      readonly kind: 'missing-module';
      readonly place: Place;
      readonly specifier: string;
      /** The path where the file must be; for a `#name` without a target, the manifest. */
      readonly target: FilePath;
      /** CommonJS: it fails when the code reaches it, not before anything runs. */
      readonly required?: true;
      readonly near: readonly FilePath[];
      /** A `#name`: the manifest whose `imports` does not resolve it. */
      readonly unserved?: FilePath;
      /** A path alias that the compiler left in the output. */
      readonly alias?: LeftAlias;
      /** Only Node uses that manifest alone; a bundler may know the name. */
      readonly nodeOnly?: true;
      /** The manifest lists the name for bundlers, so the module is meant for them. This is no error. */
      readonly forBundlers?: true;
    };

/** An export of a CommonJS entry point whose getter throws, or that is undefined. */
export interface ThrowingExport {
  readonly name: string;
  readonly place: Place;
  /** Nothing throws, but whatever the value is read from does not exist. */
  readonly isUndefined?: true;
}

/** An `export *` in declarations whose path has no extension, or is a path alias that the compiler left there. */
export type LosingStar =
  | ({ readonly kind: 'extensionless' } & ExtensionlessPath)
  | {
      readonly kind: 'alias';
      readonly place: Place;
      readonly specifier: string;
      readonly alias: LeftAlias;
      /** The file that it means. */
      readonly file: FilePath;
    };

/** The variant that the import resolves to. */
export interface Served {
  readonly entry: EntryPlace;
  /** The names that the variant exports. */
  readonly offers: readonly string[];
  /** CommonJS: the place of the name, although its value is undefined. */
  readonly lost?: Place;
  /** The name is behind an `export *` that TypeScript cannot follow. */
  readonly behind?: LosingStar;
}

/** A variant that an import resolved to. */
export interface EntryPlace {
  readonly subpath: string;
  readonly conditions: readonly string[];
  /** As written in the manifest. */
  readonly target: string;
  readonly file: FilePath;
  /** The target's place in the manifest. Absent if a default applies (index.js). */
  readonly place?: Place;
}

/** The result of resolving an entry point. */
export type EntryResolution = ({ readonly outcome: 'file' } & EntryPlace) | EntryFailure;

/** Why an entry point does not resolve to a file. */
export type EntryFailure =
  /** The target does not exist, or is a directory. `near` lists built files that may be meant. */
  | ({
      readonly outcome: 'file-missing' | 'directory';
      readonly near: readonly FilePath[];
      /** The file that bundlers resolve, because they add extensions and index files. */
      readonly bundled?: FilePath;
    } & EntryPlace)
  /** `exports` does not list the subpath. `offered` lists its subpaths. */
  | {
      readonly outcome: 'not-listed';
      readonly subpath: string;
      readonly offered: readonly string[];
      readonly place: Place;
      /** It is not `exports`, but what another application exposes through module federation. */
      readonly exposed?: true;
    }
  /** `exports` maps the subpath to `null`. */
  | { readonly outcome: 'blocked'; readonly subpath: string; readonly pattern: string; readonly place: Place }
  /** No condition applies. `offered` lists the existing conditions, the outermost first. */
  | {
      readonly outcome: 'no-condition';
      readonly subpath: string;
      readonly asked: readonly string[];
      readonly offered: readonly (readonly string[])[];
      readonly place: Place;
    }
  /** An invalid target: it does not start with `./`, is outside of the package, or is a number. */
  | {
      readonly outcome: 'invalid-target';
      readonly subpath: string;
      readonly reason: string;
      /** Keys and indices from the top of the manifest. */
      readonly path: readonly (string | number)[];
      readonly place: Place;
    }
  /** There is no `exports`, no `main` and no index file or, for types, no declarations. */
  | { readonly outcome: 'no-entry'; readonly subpath: string; readonly place?: Place };
