import type { Severity } from './report.js';

/** How a project wants to be judged. Everything has a default; see `normalizeOptions`. */
export interface VerifyOptions {
  /** Severity or `off` per rule, by code or name. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  readonly ignore?: readonly IgnoreEntry[];
  /** Unknown answers and problems of dependencies fail the verdict. */
  readonly strict?: boolean;
  /** Conditions that consumers set beside the standard ones, as with `node --conditions`. */
  readonly conditions?: readonly string[];
  /** The images that the project ships in. Where absent, Dockerfiles in the project's and the workspace's root are looked for. */
  readonly dockerfile?: readonly DockerfileOption[];
  /**
   * What any other packaging takes: globs relative to the workspace root, `!` takes away, the last one that matches decides.
   */
  readonly shippedFiles?: readonly string[];
  /** Judge also the demands that declared dependents' sources place on this project. Default true. */
  readonly dependents?: boolean;
  /** Globs of modules, relative to the project's folder, that the built output has to contain whoever imports them. */
  readonly requiredModules?: readonly string[];
  /** What the bundler wrote about the build (esbuild's metafile, webpack's stats, …), relative to the project's folder. */
  readonly metafile?: string;
}

/** One image; paths are relative to the workspace root. */
export interface DockerfileOption {
  readonly file: string;
  /** The build context. Default: the workspace root. */
  readonly context?: string;
  /** The stage that is built. Default: the last one. */
  readonly target?: string;
}

/** Takes findings out: those that match every field given. `reason` is required. */
export interface IgnoreEntry {
  /** A rule's code or name. */
  readonly rule?: string;
  /** The provider's package name. */
  readonly package?: string;
  readonly name?: string;
  /** A glob over the finding's file. */
  readonly file?: string;
  readonly reason: string;
}
