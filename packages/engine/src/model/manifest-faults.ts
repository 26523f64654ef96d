import type { FilePath, Place } from './place.js';

/** The errors in a package's own manifest, which do not depend on any import. */
export interface ManifestFaults {
  readonly missingCommands: readonly MissingCommand[];
  readonly missingFiles: readonly NamedFile[];
  readonly missingAliases: readonly MissingAlias[];
  readonly missingSources: readonly MissingSource[];
  readonly invalidTargets: readonly InvalidTarget[];
  readonly unreachable: readonly UnreachableEntry[];
  readonly privateDependencies: readonly PrivateDependency[];
  readonly unsatisfiedRanges: readonly UnsatisfiedRange[];
}

/** A missing file that `bin` names. */
export interface MissingCommand {
  readonly name: string;
  readonly target: string;
  readonly file: FilePath;
  readonly place: Place;
}

/**
 * A file that a manifest, or a list of a plugin's parts, names outside the fields for entry points
 * and commands.
 */
export interface NamedFile {
  /** Keys from the top of the JSON file: `['style']`, `['generators', 'init', 'factory']`. */
  readonly path: readonly string[];
  readonly target: string;
  readonly file: FilePath;
  readonly exists: boolean;
  /** Node loads code of plugins, bundlers load the rest; assets are only read. */
  readonly loads: 'plugin' | 'bundled' | 'types' | 'asset';
  /** Tools that read the field continue without the file. */
  readonly optional: boolean;
  /** A tool of the workspace or an editor reads it, and no build writes it. */
  readonly isForTool?: true;
  /** It is, or belongs to, a package that the build copies for deployment. */
  readonly isCopy?: true;
  readonly place: Place;
}

/** A path alias of the workspace for a source that does not exist. */
export interface MissingAlias {
  readonly pattern: string;
  readonly file: FilePath;
  readonly place: Place;
}

/** A target in `exports` that exists neither in what is published nor in the source tree, although its folder does. */
export interface MissingSource {
  readonly subpath: string;
  readonly conditions: readonly string[];
  readonly target: string;
  readonly file: FilePath;
  /** The file of that name with another extension. */
  readonly similar?: FilePath;
  readonly place: Place;
}

/** A target in `exports` or `imports` that every resolver rejects. */
export interface InvalidTarget {
  readonly field: 'exports' | 'imports';
  /** The key: `.`, `./x`, `#x`. */
  readonly pattern: string;
  readonly conditions: readonly string[];
  /** As written, in JSON. */
  readonly target: string;
  /** The rest of a sentence. */
  readonly reason: string;
  /** Keys and indices from the top of the manifest. */
  readonly path: readonly (string | number)[];
  readonly place: Place;
  /** The target that was meant, if that is clear. */
  readonly meant?: string;
}

/** A key or target of `exports` or `imports` that is never used. */
export interface UnreachableEntry {
  readonly field: 'exports' | 'imports';
  readonly pattern: string;
  readonly conditions: readonly string[];
  readonly target: string | null;
  /** The target's place, or the key's if the key never matches. */
  readonly place: Place;
  readonly because:
    /** Earlier targets: every resolver uses one of them first. */
    | { readonly kind: 'earlier'; readonly winners: readonly WinningTarget[] }
    /** The same for TypeScript, which finds these files for the earlier targets. */
    | {
        readonly kind: 'declarations';
        readonly files: readonly FilePath[];
        readonly winners: readonly WinningTarget[];
      }
    /** `import` and `require` at once. */
    | { readonly kind: 'contradiction' }
    /** The key matches nothing. */
    | { readonly kind: 'key'; readonly reason: string };
}

/** A target that is used before another. */
export interface WinningTarget {
  readonly conditions: readonly string[];
  readonly target: string | null;
  readonly place: Place;
}

/** A dependency on a workspace package whose version does not satisfy the range. */
export interface UnsatisfiedRange {
  readonly field: 'dependencies' | 'devDependencies' | 'peerDependencies' | 'optionalDependencies';
  readonly name: string;
  /** The provider's project. */
  readonly provider: string;
  /** As written, protocol included. */
  readonly range: string;
  /** The workspace's version; absent if its manifest has none. */
  readonly version?: string;
  readonly place: Place;
  /** The same package in other fields, with a range that the version does not satisfy either. */
  readonly others: readonly Pick<UnsatisfiedRange, 'field' | 'range' | 'place'>[];
  readonly versionPlace: Place;
  /** `workspace:` never uses a package from outside, so the installation fails. */
  readonly protocol: boolean;
  /**
   * Package managers differ here (peers, prereleases), or the one in use links no workspace
   * packages.
   */
  readonly depends: boolean;
}

/** A private workspace package that a public package needs. */
export interface PrivateDependency {
  readonly name: string;
  /** The private package's project. */
  readonly provider: string;
  readonly place: Place;
  readonly privatePlace: Place;
  /** The manifest says so: `files`, `publishConfig` or `repository`. */
  readonly isMeantForOthers: boolean;
}
