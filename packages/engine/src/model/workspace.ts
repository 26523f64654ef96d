import type { Publication, RuntimeSign } from './audience.js';
import type { FilePath, Place } from './place.js';
import type { Problem } from './problem.js';

/** What a caller tells about the workspace. Without `projects` they are discovered from the package manager's globs. */
export interface WorkspaceInput {
  /** Absolute path of the workspace root, in the platform's own form. */
  readonly root: string;
  readonly projects?: readonly ProjectInput[];
  /**
   * By project, the providers whose build the caller's cache key for it does not cover: what it asks of them is left to their own
   * verdicts, which hold it against them as a dependent's demand, and nobody looks through it at them.
   */
  readonly checkedElsewhere?: Readonly<Record<string, readonly string[]>>;
  /** Texts that stand in for those on disk: edits that are not written yet. Only for files that are there. */
  readonly overlay?: ReadonlyMap<FilePath, string>;
}

export interface ProjectInput {
  /** The project's name, unique in the workspace. */
  readonly name: string;
  /** The project's folder; `.` for the workspace root. */
  readonly root: FilePath;
  /** Folders (or files) that the build writes; absent where the project has no build that is known. */
  readonly outputs?: readonly FilePath[];
  /** The command that builds the project, as a person would type it (`nx run monitoring:build`). */
  readonly buildCommand?: string;
  /** The targets of the project that write files, as far as the caller knows what they write. */
  readonly writers?: readonly OutputWriter[];
  /** How to leave the project out of the check: sentences that a remedy can end with. */
  readonly leaveOut?: string;
  /** Whether a release publishes the project, where the caller's configuration says more than the manifest (`nx release`). */
  readonly release?: Publication;
  /** What runs the build output according to the caller's configuration, such as the executor of a target. */
  readonly runtimes?: readonly RuntimeSign[];
}

/** A target that writes files. */
export interface OutputWriter {
  readonly target: string;
  /** The command that runs it, as a person would type it. */
  readonly command: string;
  /** Folders or files. */
  readonly outputs: readonly FilePath[];
  /** What to do so that the check runs it first, as a sentence; absent if the check already does. */
  readonly include?: string;
}

/** The monorepo as read from disk. Packages are sorted by root. */
export interface Workspace {
  /** Absolute path in the platform's own form. */
  readonly root: string;
  readonly rootManifest?: Manifest;
  readonly packages: readonly WorkspacePackage[];
  /** `compilerOptions.paths` of the workspace's tsconfig, targets made relative to the workspace root. */
  readonly pathAliases: readonly PathAlias[];
  /** What could not be read but concerns no single package (a broken root manifest, a broken tsconfig). */
  readonly problems: readonly Problem[];
  /** Names that several packages have: a problem to those packages, and to whoever asks for them. */
  readonly duplicates: readonly { readonly name: string; readonly problem: Problem }[];
}

/** A project that others can import. */
export interface WorkspacePackage {
  /** The project's name. */
  readonly project: string;
  readonly root: FilePath;
  /** The name that importers write; absent where neither manifest has one (then only path aliases reach it). */
  readonly name?: string;
  /** The package.json in the source tree. */
  readonly source?: Manifest;
  /**
   * What consumers get: the package.json in the output folder, or the source one with `publishConfig` applied; the very
   * source manifest where nothing overrides it.
   */
  readonly published?: Manifest;
  /** The folder that the published manifest's targets are relative to. */
  readonly publishedRoot: FilePath;
  /** Output folders or files; empty where none are known. */
  readonly outputs: readonly FilePath[];
  readonly buildCommand?: string;
  readonly writers?: readonly OutputWriter[];
  readonly leaveOut?: string;
  /** Whether people outside the workspace can install it. */
  readonly publication: Publication;
  readonly runtimes?: readonly RuntimeSign[];
  /** Set when the project's manifest could not be read: nothing about it can be judged. */
  readonly problem?: Problem;
}

/** A package.json: its parsed value and the text that positions refer to. */
export interface Manifest {
  readonly file: FilePath;
  readonly text: string;
  readonly json: PackageJson;
}

/** The fields that matter here; values are as found, so everything that was not checked is `unknown`. */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly type?: 'module' | 'commonjs';
  readonly main?: unknown;
  readonly module?: unknown;
  readonly browser?: unknown;
  readonly types?: unknown;
  readonly typings?: unknown;
  readonly typesVersions?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly bin?: unknown;
  readonly sideEffects?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly workspaces?: unknown;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly bundleDependencies?: unknown;
  /** npm's other spelling. */
  readonly bundledDependencies?: unknown;
}

/** One entry of tsconfig `paths`. */
export interface PathAlias {
  /** As written: `@acme/lib`, `@acme/lib/*`. */
  readonly pattern: string;
  /** The targets in order, relative to the workspace root, `*` kept. */
  readonly targets: readonly FilePath[];
  readonly place: Place;
}

/** One importable subpath of a package. */
export interface EntryPoint {
  /** `.`, `./testing`; a wildcard is expanded to one entry point per matching file. */
  readonly subpath: string;
  /** Where the entry point comes from: the published manifest's `exports`, its `main` and kin, or tsconfig `paths`. */
  readonly from: 'exports' | 'main' | 'paths';
  readonly variants: readonly Variant[];
}

/** One target of an entry point under one way through its conditions. */
export interface Variant {
  /** The conditions on the way to the target, outermost first (`['import', 'types']`); `[]` where there are none. */
  readonly conditions: readonly string[];
  /** The target as written in the manifest. */
  readonly target: string;
  readonly file: FilePath;
  readonly exists: boolean;
  /** What the file is for: running, type checking, or neither (JSON, CSS, …). */
  readonly phase: 'runtime' | 'types' | 'asset';
  /** True for declarations found beside a JavaScript target, which no manifest names. */
  readonly implied?: true;
  /** The target's text in the manifest (or tsconfig). */
  readonly place: Place;
}
