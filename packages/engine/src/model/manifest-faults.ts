import type { FilePath, Place } from './place.js';

/** What is wrong with a package's own manifest, whoever asks for it. */
export interface ManifestFaults {
  readonly missingCommands: readonly MissingCommand[];
  readonly missingAliases: readonly MissingAlias[];
  readonly missingSources: readonly MissingSource[];
  readonly invalidTargets: readonly InvalidTarget[];
  readonly unreachable: readonly UnreachableEntry[];
  readonly privateDependencies: readonly PrivateDependency[];
  readonly unsatisfiedRanges: readonly UnsatisfiedRange[];
}

/** A file that `bin` names and that is not there. */
export interface MissingCommand {
  readonly name: string;
  readonly target: string;
  readonly file: FilePath;
  readonly place: Place;
}

/** A path alias of the workspace for a source that does not exist. */
export interface MissingAlias {
  readonly pattern: string;
  readonly file: FilePath;
  readonly place: Place;
}

/** A target in `exports` that is not there, although its folder is: neither in what is published nor in the source tree. */
export interface MissingSource {
  readonly subpath: string;
  readonly conditions: readonly string[];
  readonly target: string;
  readonly file: FilePath;
  /** The file of that name with another extension. */
  readonly similar?: FilePath;
  readonly place: Place;
}

/** A target in `exports` or `imports` that no resolver accepts. */
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
  /** The target as it was meant, where that is certain. */
  readonly meant?: string;
}

/** A key or target of `exports` or `imports` that nobody comes to. */
export interface UnreachableEntry {
  readonly field: 'exports' | 'imports';
  readonly pattern: string;
  readonly conditions: readonly string[];
  readonly target: string | null;
  /** Of the target; of the key where the key itself can never match. */
  readonly place: Place;
  readonly because:
    /** Earlier targets, one of which everybody who comes this far has taken. */
    | { readonly kind: 'earlier'; readonly winners: readonly WinningTarget[] }
    /** The same for TypeScript, which finds these files for what stands in front. */
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

/** A target that is taken before another. */
export interface WinningTarget {
  readonly conditions: readonly string[];
  readonly target: string | null;
  readonly place: Place;
}

/** A dependency on a package of the workspace whose version its range does not allow. */
export interface UnsatisfiedRange {
  readonly field: 'dependencies' | 'devDependencies' | 'peerDependencies' | 'optionalDependencies';
  readonly name: string;
  /** The provider's project. */
  readonly provider: string;
  /** As written, protocol included. */
  readonly range: string;
  /** The workspace's version; absent where its manifest has none. */
  readonly version?: string;
  readonly place: Place;
  readonly versionPlace: Place;
  /** `workspace:` does not leave the workspace: the installation fails. */
  readonly protocol: boolean;
  /** Package managers differ here (peers, prereleases), or none links the workspace's packages. */
  readonly depends: boolean;
}

/** A private package of the workspace that a package which is not private needs. */
export interface PrivateDependency {
  readonly name: string;
  /** The private package's project. */
  readonly provider: string;
  readonly place: Place;
  readonly privatePlace: Place;
  /** The manifest says so: `files`, `publishConfig` or `repository`. */
  readonly isMeantForOthers: boolean;
}
