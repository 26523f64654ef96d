import type { EntryResolution, Mode } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';

/** How a module asks for another: the same as the view that linking has of it. */
export interface RequestMode {
  readonly mode: Mode;
  readonly phase: 'runtime' | 'types';
  /** TypeScript's `moduleResolution` is node10, which does not read `exports`. Only for types. */
  readonly node10?: true;
}

/** Where a specifier leads. */
export type Resolution =
  /** `extensionless`: bundlers find the file, Node's `import` does not, as the specifier lacks the extension. */
  | { readonly kind: 'file'; readonly file: FilePath; readonly extensionless?: true }
  /** A package of the workspace; `entry` tells what its entry point comes to. */
  | {
      readonly kind: 'package';
      readonly pkg: WorkspacePackage;
      readonly subpath: string;
      readonly entry: EntryResolution;
    }
  | { readonly kind: 'builtin' }
  /** A package from outside the workspace; `file` is absent when it, or what is asked of it, is not installed. */
  | { readonly kind: 'external'; readonly file?: FilePath }
  /**
   * A relative file that is not there: what was tried, and what it may have meant; or a `#name` that the manifest which was
   * `tried` serves under no condition that could apply.
   */
  | {
      readonly kind: 'missing';
      readonly tried: FilePath;
      readonly near: readonly FilePath[];
      readonly unserved?: true;
    }
  /** Something that only a bundler, a loader or the running program can tell; `unlisted`: the manifest that Node goes by lacks it. */
  | { readonly kind: 'opaque'; readonly reason: string; readonly unlisted?: FilePath };
