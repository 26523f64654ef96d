import type { EntryResolution, Mode } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';

/** How a module imports another: the same as the view that linking has of it. */
export interface RequestMode {
  readonly mode: Mode;
  readonly phase: 'runtime' | 'types';
  /** TypeScript's `moduleResolution` is node10, which does not read `exports`. Only for types. */
  readonly node10?: true;
}

/** What a specifier resolves to. */
export type Resolution =
  /**
   * `extensionless`: bundlers find the file, but Node's `import` does not, because the specifier
   * lacks the extension.
   */
  | { readonly kind: 'file'; readonly file: FilePath; readonly extensionless?: true }
  /** A workspace package; `entry` is the result for its entry point. */
  | {
      readonly kind: 'package';
      readonly pkg: WorkspacePackage;
      readonly subpath: string;
      readonly entry: EntryResolution;
    }
  | { readonly kind: 'builtin' }
  /**
   * A package from outside the workspace; `file` is absent if the package or the imported file is
   * not installed.
   */
  | { readonly kind: 'external'; readonly file?: FilePath }
  /**
   * A missing relative file: the paths that were tried, and files that may be meant. Or a `#name`
   * that the manifest in `tried` lists, without a condition that applies.
   */
  | {
      readonly kind: 'missing';
      readonly tried: FilePath;
      readonly near: readonly FilePath[];
      readonly unserved?: true;
    }
  /**
   * A specifier that only a bundler, a loader or the running program can resolve; `unlisted`: the
   * manifest that Node uses does not list it; `forBundlers`: it does, but only under conditions that
   * bundlers set.
   */
  | {
      readonly kind: 'opaque';
      readonly reason: string;
      readonly unlisted?: FilePath;
      readonly forBundlers?: true;
    };
