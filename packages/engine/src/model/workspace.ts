import type { Publication, RuntimeSign } from './audience.js';
import type { FilePath, Place } from './place.js';
import type { Problem } from './problem.js';

/**
 * What a caller says about the workspace. Without `projects`, the package manager's globs define
 * them.
 */
export interface WorkspaceInput {
  /** Absolute path of the workspace root, in the platform's own form. */
  readonly root: string;
  readonly projects?: readonly ProjectInput[];
  /**
   * By project, the providers whose build is not in the caller's cache key for it. The providers'
   * own tasks check the project's imports from them, and no check of the project reads what they
   * load.
   */
  readonly checkedElsewhere?: Readonly<Record<string, readonly string[]>>;
  /** Texts that replace those on disk: edits that are not written yet. Only for existing files. */
  readonly overlay?: ReadonlyMap<FilePath, string>;
  /**
   * Absolute path of a folder in which the engine keeps what it has read from modules, for later
   * processes. It need not exist. Results are the same without it.
   */
  readonly cacheFolder?: string;
  /**
   * Whether whole reports are kept there, too. A later process that checks the same projects uses
   * them if nothing has changed that the earlier process has seen. This is for callers that check many
   * projects in one process, because they are all compared at once.
   */
  readonly keepReports?: boolean;
}

export interface ProjectInput {
  /** The project's name, unique in the workspace. */
  readonly name: string;
  /** The project's folder; `.` for the workspace root. */
  readonly root: FilePath;
  /** Folders (or files) that the build writes; absent if the project has no known build. */
  readonly outputs?: readonly FilePath[];
  /** The command that builds the project, as a person would type it (`nx run monitoring:build`). */
  readonly buildCommand?: string;
  /** The targets of the project that write files, as far as the caller knows what they write. */
  readonly writers?: readonly OutputWriter[];
  /** How to leave the project out of the check: sentences that a remedy can end with. */
  readonly leaveOut?: string;
  /**
   * Whether a release publishes the project, if the caller's configuration says more than the
   * manifest (`nx release`).
   */
  readonly release?: Publication;
  /**
   * What runs the build output according to the caller's configuration, such as the executor of a
   * target.
   */
  readonly runtimes?: readonly RuntimeSign[];
  /** The projects that this one depends on, if the caller knows more than the manifests say. */
  readonly dependsOn?: readonly string[];
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
  /**
   * `compilerOptions.paths` of the workspace's tsconfig, targets made relative to the workspace
   * root.
   */
  readonly pathAliases: readonly PathAlias[];
  /**
   * What could not be read and belongs to no single package (a broken root manifest, a broken
   * tsconfig).
   */
  readonly problems: readonly Problem[];
  /** Names that several packages have: a problem for those packages and for their dependents. */
  readonly duplicates: readonly { readonly name: string; readonly problem: Problem }[];
}

/** A project that others can import. */
export interface WorkspacePackage {
  /** The project's name. */
  readonly project: string;
  readonly root: FilePath;
  /**
   * The name that importers write. Absent if neither manifest has one, so that only path aliases
   * reach it.
   */
  readonly name?: string;
  /** The package.json in the source tree. */
  readonly source?: Manifest;
  /**
   * The manifest that consumers get: the package.json in the output folder, or the source manifest
   * with `publishConfig` applied. It is the source manifest itself if nothing changes it.
   */
  readonly published?: Manifest;
  /** The folder that the published manifest's targets are relative to. */
  readonly publishedRoot: FilePath;
  /** Output folders or files; empty if none are known. */
  readonly outputs: readonly FilePath[];
  readonly buildCommand?: string;
  readonly writers?: readonly OutputWriter[];
  readonly leaveOut?: string;
  /** Whether people outside the workspace can install it. */
  readonly publication: Publication;
  readonly runtimes?: readonly RuntimeSign[];
  /** The projects that this one depends on in the caller's graph. */
  readonly dependsOn?: readonly string[];
  /** Set if the project's manifest could not be read, so that the project cannot be checked. */
  readonly problem?: Problem;
}

/** A package.json: its parsed value and the text that positions refer to. */
export interface Manifest {
  readonly file: FilePath;
  readonly text: string;
  readonly json: PackageJson;
}

/**
 * The fields that the engine uses. Their values are as found, so values without a check are
 * `unknown`.
 */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly keywords?: unknown;
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
  /**
   * The origin of the entry point: the published manifest's `exports`, its `main` and similar
   * fields, or tsconfig `paths`.
   */
  readonly from: 'exports' | 'main' | 'paths';
  readonly variants: readonly Variant[];
}

/** One target of an entry point under one set of conditions. */
export interface Variant {
  /**
   * The conditions of the target, outermost first (`['import', 'types']`); `[]` if there are none.
   */
  readonly conditions: readonly string[];
  /** The target as written in the manifest. */
  readonly target: string;
  readonly file: FilePath;
  readonly exists: boolean;
  /** The purpose of the file: running, type checking, or neither (JSON, CSS, …). */
  readonly phase: 'runtime' | 'types' | 'asset';
  /** True for declarations beside a JavaScript target, which no manifest names. */
  readonly implied?: true;
  /** True for sources under a condition that only this workspace sets: consumers never get them. */
  readonly workspaceOnly?: true;
  /** The target's text in the manifest (or tsconfig). */
  readonly place: Place;
}
