import type { FilePath, Place } from './place.js';

/** What makes it understandable that an entry point leads nowhere: worked out only when it is told. */
export interface EntryExplanation {
  /** The key is a wildcard: what its files make importable. */
  readonly wildcard?: {
    readonly pattern: string;
    readonly place: Place;
    readonly subpaths: readonly string[];
  };
  /** A target that would serve, and the one that wins over it. */
  readonly shadowed?: { readonly winner: Way; readonly right: Way } | undefined;
  /** The entry point that leads to the very file that was asked for by its path. */
  readonly sameFile?: { readonly subpath: string; readonly file: FilePath };
  /** A key that ends in `/`, which Node no longer follows. */
  readonly folderKey?: { readonly key: string; readonly place: Place };
  /** Top-level fields of the manifest, told where it has no entry point at all: one may be misspelt. */
  readonly fields?: readonly { readonly name: string; readonly place: Place }[];
  /** The file stands in the source folder, which the workspace links to, and not in what is published. */
  readonly onlyInSource?: FilePath;
  /** All subpaths that the package offers, wildcards expanded. */
  readonly subpaths: readonly string[];
}

/** One target in a map, `null` included. */
export interface Way {
  readonly pattern: string;
  readonly conditions: readonly string[];
  readonly target: string | null;
  readonly place: Place;
}

/** The file that a build wrote in place of the one that a manifest names. */
export interface MovedOutput {
  readonly written: FilePath;
  /** What stands before the path in the output, where that is all that differs: `src`, `packages/x/src`. */
  readonly added?: string;
}
