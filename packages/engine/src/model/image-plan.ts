import type { FilePath, Place } from './place.js';

/**
 * A Dockerfile as plain data: what goes from where to where. Paths of stages are absolute, paths of
 * the context relative to it.
 */
export interface ImagePlan {
  readonly file: FilePath;
  readonly stages: readonly Stage[];
}

export interface Stage {
  /** As in `FROM … AS name`. */
  readonly name?: string;
  /** The stage that it starts from; absent if it starts from an image of a registry. */
  readonly base?: number;
  /** The image that it starts from, as written. */
  readonly image: string;
  readonly place: Place;
  readonly steps: readonly Step[];
}

export type Step = CopyStep | RunStep | OpaqueStep;

/** COPY or ADD of files. */
export interface CopyStep {
  readonly kind: 'copy';
  /** The stage that is copied from; absent for the build context. */
  readonly from?: number;
  readonly sources: readonly string[];
  /** Absolute. */
  readonly target: string;
  /** The target is a folder whatever is copied: it ends in `/`, or there are several sources. */
  readonly intoFolder: boolean;
  /** `--parents`: the folders of the source are kept. */
  readonly parents: boolean;
  /** `--exclude`, relative to each source. */
  readonly excludes: readonly string[];
  readonly place: Place;
}

/** A RUN that may put files anywhere. */
export interface RunStep {
  readonly kind: 'run';
  /**
   * `install`: a package manager that installs; `prune`: it only removes installed packages;
   * `build`: any other command that may write files.
   */
  readonly what: 'install' | 'prune' | 'build';
  readonly command: string;
  /** The stages that are mounted. */
  readonly mounts: readonly number[];
  /** Files of the context may be mounted. */
  readonly binds: boolean;
  readonly workdir: string;
  /** `NODE_ENV` is `production`. */
  readonly production: boolean;
  readonly place: Place;
}

/** A step that adds files which the Dockerfile does not name. */
export interface OpaqueStep {
  readonly kind: 'opaque';
  /** Printed in brackets: "cannot determine what the image contains (…)". */
  readonly reason: string;
  readonly place: Place;
}

/** A path that one stage copies from another. */
export interface BroughtPath {
  readonly copy: CopyStep;
  /** As `--from=` names it. */
  readonly stage: string;
  /** Absolute, in that stage. */
  readonly there: string;
  /** Absolute, in the image. */
  readonly here: string;
}
