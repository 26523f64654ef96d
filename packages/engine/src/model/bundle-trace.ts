import type { LeftAlias } from './left-alias.js';
import type { UnknownFact } from './surface.js';
import type { FilePath, Place } from './place.js';

/**
 * The output graph of a project: what its built output contains and what it still needs when it
 * runs. `trace/` creates it from the output alone.
 */
export interface BundleTrace {
  /** The roots of the output, each file once. */
  readonly roots: readonly TraceRoot[];
  /**
   * Every file of the project that the roots reach, in that order, with the firmest reference to
   * it. Roots have no reference.
   */
  readonly files: ReadonlyMap<FilePath, Reference | undefined>;
  /** Files that are referred to and do not exist. */
  readonly missing: readonly MissingReference[];
  /** Path aliases that the compiler left in the output. */
  readonly leftAliases: readonly LeftAliasReference[];
  /** Packages that the output imports by name. */
  readonly externals: readonly ExternalReference[];
  /** References whose target is unknown. */
  readonly unknownFacts: readonly UnknownFact[];
}

export interface TraceRoot {
  readonly file: FilePath;
  /**
   * `script`: a built script of an application that no other file loads, so it is unknown whether
   * it runs.
   */
  readonly kind: 'entry-point' | 'types' | 'command' | 'application' | 'page' | 'script';
}

/** How a file is referred to. `module`: by an import, a require or a re-export. */
export type ReferenceKind =
  | 'module'
  | 'types' // an import or a /// <reference> of a declaration file
  | 'worker'
  | 'url' // new URL('./x', import.meta.url), import.meta.resolve, require.resolve
  | 'file' // readFile(join(__dirname, 'x')) and similar
  | 'program' // spawn(process.execPath, [join(__dirname, 'x.js')])
  | 'path' // { preload: join(__dirname, 'x.js') }
  | 'glob' // import(`./locales/${x}.js`)
  | 'chunk' // a bundler's own table of chunks
  | 'markup' // HTML: script, link, img …
  | 'style' // CSS: @import, url()
  | 'source-map';

/** One reference, and its place. */
export interface Reference {
  readonly place: Place;
  readonly specifier: string;
  readonly kind: ReferenceKind;
  /**
   * The failure is not certain: it is handled (`guarded`), the code is in a branch, or it may never
   * run.
   */
  readonly soft: boolean;
  /** The code handles a failure: try/catch, or a test for the file. */
  readonly guarded?: true;
  /** In a function, so it fails when that is called, not while the module loads. */
  readonly deferred?: true;
  /** By `require`, not by an import. */
  readonly required?: true;
  /** Only declarations refer to it: those who compile against the package need it. */
  readonly typesOnly: boolean;
  /** In declarations, what happens to the imported names: there are `none`, or they are `exported`. Otherwise they are only used. */
  readonly names?: 'none' | 'exported';
  /** The importing file also adds names to the imported module: `declare module 'x'`. */
  readonly augments?: true;
}

export interface MissingReference extends Reference {
  /** The path where the file must be; for a glob, the folder that is searched. */
  readonly target: FilePath;
  readonly near: readonly FilePath[];
  /** The outermost folder of the target that does not exist. */
  readonly absentFolder?: FilePath;
  /** A `#name`: the manifest whose `imports` has no target for it. */
  readonly unserved?: FilePath;
  /** The module exists and its declarations do not. */
  readonly untyped?: true;
  /** The output has the file, but the path starts at the root of the website that uses the package. */
  readonly fromSite?: true;
}

export interface LeftAliasReference extends Reference {
  readonly alias: LeftAlias;
}

export interface ExternalReference extends Reference {
  /** The package's name: `@scope/name` or `name`. */
  readonly packageName: string;
  /** The first root that reached the reference. */
  readonly root: TraceRoot;
  /** The project, if the package is in the workspace. */
  readonly project?: string;
  /** For declarations: the `@types` package that has the types. */
  readonly typesFrom?: string;
}
