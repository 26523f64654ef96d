import type { UnknownFact } from './surface.js';
import type { FilePath, Place } from './place.js';

/** What a project's built output contains and what it still needs when it runs: made from the output alone, by `bundle/`. */
export interface BundleTrace {
  /** Where the output is entered, each file once. */
  readonly roots: readonly TraceRoot[];
  /**
   * Every file of the project that the roots lead to, in the order reached, with the firmest reference that leads there; roots
   * have none.
   */
  readonly files: ReadonlyMap<FilePath, Reference | undefined>;
  /** What is referred to and is not there. */
  readonly missing: readonly MissingReference[];
  /** Packages that the output asks for by name. */
  readonly externals: readonly ExternalReference[];
  /** Where the trace cannot know what is needed. */
  readonly unknownFacts: readonly UnknownFact[];
}

export interface TraceRoot {
  readonly file: FilePath;
  /** `script`: a built script of an application that nothing leads to; whether anybody runs it is not known. */
  readonly kind: 'entry-point' | 'types' | 'command' | 'application' | 'page' | 'script';
}

/** How a file is referred to. `module`: by an import, a require or a re-export; the rest say themselves. */
export type ReferenceKind =
  | 'module'
  | 'types' // an import or a /// <reference> of a declaration file
  | 'worker'
  | 'url' // new URL('./x', import.meta.url), import.meta.resolve, require.resolve
  | 'file' // readFile(join(__dirname, 'x')) and kin
  | 'glob' // import(`./locales/${x}.js`)
  | 'chunk' // a bundler's own table of chunks
  | 'markup' // HTML: script, link, img …
  | 'style' // CSS: @import, url()
  | 'source-map';

/** One reference, where it stands. */
export interface Reference {
  readonly place: Place;
  readonly specifier: string;
  readonly kind: ReferenceKind;
  /** Failing is not certain: it is provided for (`guarded`), or the code stands behind a branch, or nobody is known to run it. */
  readonly soft: boolean;
  /** Failing is provided for: try/catch, a test for the file. */
  readonly guarded?: true;
  /** Stands in a function: fails when that is called, not while the module loads. */
  readonly deferred?: true;
  /** By `require`, not by an import. */
  readonly required?: true;
  /** Only declarations ask for it: it is needed by those who compile against the package. */
  readonly typesOnly: boolean;
  /** In declarations, what happens to the imported names: there are `none`, or they are `exported`. Otherwise they are only used. */
  readonly names?: 'none' | 'exported';
}

export interface MissingReference extends Reference {
  /** Where the file would have to be; for a glob the folder that is searched. */
  readonly target: FilePath;
  readonly near: readonly FilePath[];
  /** A `#name`: the manifest whose `imports` has no target for it. */
  readonly unserved?: FilePath;
  /** The module is there and its declarations are not. */
  readonly untyped?: true;
}

export interface ExternalReference extends Reference {
  /** The package's name: `@scope/name` or `name`. */
  readonly packageName: string;
  /** The root by which the reference was first reached. */
  readonly root: TraceRoot;
  /** The project, where the package is one of the workspace. */
  readonly project?: string;
  /** The `@types` package that its types come from here, for declarations. */
  readonly typesFrom?: string;
}
