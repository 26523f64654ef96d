import type { FilePath, Place } from './place.js';

/** What a name is, as far as its declaration shows it. */
export type NameKind = 'function' | 'class' | 'object' | 'const' | 'enum' | 'namespace' | 'type' | 'value';

/** `import`, `require` and `types`, and each condition that not all consumers set, such as `browser`. */
export type Consumer = string;

export interface SurfaceName {
  readonly name: string;
  readonly kind: NameKind;
  /** The consumers of the entry point that do not get it. A type exists only for `types`. */
  readonly missingFor?: readonly Consumer[];
}

export interface SurfaceEntry {
  readonly subpath: string;
  /** Sorted. */
  readonly consumers: readonly Consumer[];
  /** Sorted by name. */
  readonly names: readonly SurfaceName[];
  /** There may be more names. */
  readonly open?: true;
}

/** What a package promises to those who install it. */
export interface PackageSurface {
  readonly package: string;
  readonly version?: string;
  /** `engines` of the manifest. */
  readonly engines: Readonly<Record<string, string>>;
  readonly peers: Readonly<Record<string, { readonly range: string; readonly optional?: true }>>;
  /** Sorted by subpath. */
  readonly entries: readonly SurfaceEntry[];
}

/** How a package differs from what it promised before. */
export type SurfaceChange =
  | {
      readonly kind: 'removed-export';
      readonly subpath: string;
      readonly name: string;
      readonly was: NameKind;
      /** Only these consumers lost it; absent for all. */
      readonly lostFor?: readonly Consumer[];
    }
  | { readonly kind: 'removed-entry-point'; readonly subpath: string }
  | { readonly kind: 'removed-condition'; readonly subpath: string; readonly lostFor: readonly Consumer[] }
  | {
      readonly kind: 'changed-kind';
      readonly subpath: string;
      readonly name: string;
      readonly was: NameKind;
      /** Absent if the default export went away. */
      readonly is?: NameKind;
    }
  | {
      readonly kind: 'narrowed';
      readonly field: 'engines' | 'peerDependencies';
      readonly name: string;
      /** Absent for a new peer. */
      readonly was?: string;
      readonly is: string;
    };

/** A change, with the place of the promise in the file that records it. */
export type PlacedChange = SurfaceChange & { readonly place: Place };

/** The version that a release would have, and what says so. */
export interface PlannedVersion {
  readonly version: string;
  readonly reason: string;
  readonly file?: FilePath;
}

/** A project's surface compared with the one that its surface file records. */
export interface SurfaceComparison {
  readonly file: FilePath;
  readonly recorded: string | undefined;
  readonly planned: PlannedVersion | undefined;
  /** Whether the planned version allows changes that break consumers. */
  readonly covered: boolean;
  /** The version that the changes need. */
  readonly needed: string | undefined;
  readonly changes: readonly PlacedChange[];
  /** How many promises the file does not record yet. */
  readonly added: number;
}
