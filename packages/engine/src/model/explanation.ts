import type { FilePath, Place } from './place.js';

/**
 * What explains why an entry point does not resolve. It is worked out only for a finding that is
 * printed.
 */
export interface EntryExplanation {
  /** The key is a wildcard: the subpaths that its files make importable. */
  readonly wildcard?: {
    readonly pattern: string;
    readonly place: Place;
    readonly subpaths: readonly string[];
  };
  /** A target that would work, and the one that wins over it. */
  readonly shadowed?: { readonly winner: Way; readonly right: Way } | undefined;
  /** The entry point that resolves to the file of a deep import. */
  readonly sameFile?: { readonly subpath: string; readonly file: FilePath };
  /** A key that ends in `/`, which Node no longer follows. */
  readonly folderKey?: { readonly key: string; readonly place: Place };
  /** Top-level fields of a manifest without any entry point: one may be misspelt. */
  readonly fields?: readonly { readonly name: string; readonly place: Place }[];
  /** The file is in the source folder, which the workspace links to, and is not published. */
  readonly onlyInSource?: FilePath;
  /** All subpaths of the package, with wildcards expanded. */
  readonly subpaths: readonly string[];
}

/** One target in a map, `null` included. */
export interface Way {
  readonly pattern: string;
  readonly conditions: readonly string[];
  readonly target: string | null;
  readonly place: Place;
}

/** The file that a build wrote instead of the one that a manifest names. */
export interface MovedOutput {
  readonly written: FilePath;
  /**
   * The folders before the path in the output, if that is the only difference: `src`,
   * `packages/x/src`.
   */
  readonly added?: string;
}
