import type { Reference } from './bundle-trace.js';
import type { BroughtPath } from './image-plan.js';
import type { FilePath, Place } from './place.js';
import type { Problem } from './problem.js';
import type { UnknownFact } from './surface.js';
import type { Manifest, WorkspacePackage } from './workspace.js';

/** What is needed and does not ship, for each way of shipping. */
export interface ShippingFacts {
  /** In the npm tarball. */
  readonly packing: readonly PackingGap[];
  /** In container images. */
  readonly images: readonly ImageGap[];
  /** Packages from outside the workspace that container images lack. */
  readonly imagePackages: readonly ImagePackageGap[];
  /** In what the option `shippedFiles` describes. */
  readonly unshipped: readonly UnshippedFiles[];
  /** Shipping whose result is unknown. */
  readonly unknownFacts: readonly UnknownFact[];
  readonly problems: readonly Problem[];
}

/** A needed file. */
export interface NeededFile {
  readonly file: FilePath;
  readonly owner: WorkspacePackage;
  /** The reference to it, or the place in the manifest if only that names it. */
  readonly by?: {
    readonly place: Place;
    readonly specifier: string;
    readonly kind: Reference['kind'] | 'entry' | 'manifest';
  };
  /** It may not be needed: the code handles its absence or may not run. */
  readonly soft: boolean;
}

/** A package from outside the workspace that output imports. */
export interface NeededPackage {
  readonly name: string;
  /** The package whose output imports it. */
  readonly owner: WorkspacePackage;
  /** The import. */
  readonly place: Place;
  readonly specifier: string;
  readonly soft: boolean;
}

/** One reason why files that consumers need are not in the tarball, and those files. */
export interface PackingGap {
  readonly kind:
    | 'not-listed'
    | 'taken-out'
    | 'ignored'
    | 'never-packed'
    | 'link'
    | 'outside'
    /** An entry point is a source, because the override that names the built file does not apply. */
    | 'source-entry';
  /** The rule as written; empty if there is none. */
  readonly text: string;
  readonly place: Place;
  /** In the order reached. */
  readonly files: readonly [NeededFile, ...NeededFile[]];
  readonly manifest: Manifest;
  /** The folder that is packed. */
  readonly root: FilePath;
  /** The files and folders directly in it that contain everything that is needed. */
  readonly tops: readonly string[];
  /** The manifest says that the package is published. Otherwise it is only not private. */
  readonly meant: boolean;
  /**
   * Only if npm packs the package as a member of its workspace; `npm publish <folder>` includes the
   * files.
   */
  readonly asMember: boolean;
  /** What the build made of the first file, if that is a TypeScript source. */
  readonly built?: FilePath;
  /**
   * An override in `publishConfig` that the package manager does not apply, although the files are
   * entry points of the field.
   */
  readonly override?: { readonly field: string; readonly manager: string; readonly place: Place };
}

/**
 * One reason why files that an application needs are not in its image, and those files, for one
 * package.
 */
export interface ImageGap {
  readonly kind: 'ignored' | 'not-copied' | 'outside-context' | 'left-behind';
  readonly dockerfile: FilePath;
  readonly context: FilePath;
  /** The ignore pattern as written; empty if there is none. */
  readonly text: string;
  /** The line that excludes the files or does not copy them. */
  readonly place: Place;
  /** The line that would copy the first file. */
  readonly copy?: Place;
  readonly owner: WorkspacePackage;
  /** A line after the pattern that includes the files again. */
  readonly exception?: string;
  readonly files: readonly [NeededFile, ...NeededFile[]];
  /** The image contains no needed file of the package. */
  readonly whole: boolean;
  /** The link that the image copies from a stage without the package that it points to. */
  readonly loose?: LooseLink;
  /**
   * The command in the image that needs the package's sources, if the image is built from these.
   */
  readonly builder?: { readonly command: string; readonly place: Place };
}

/** A link that an image copies from a stage, without the folder that it points to. */
export interface LooseLink {
  /** The link in node_modules. */
  readonly link: FilePath;
  /** The instruction that copies the link. */
  readonly brought: BroughtPath;
  /**
   * The folder that it points to in the stage, and the path where the link points to in the image.
   */
  readonly folder: { readonly there: string; readonly here: string };
}

/** A package from outside the workspace that an image lacks, for the files of one package. */
export interface ImagePackageGap {
  /**
   * - `not-copied`: no line copies the folder in which it is installed, and no command installs it.
   * - `ignored`: the ignore file excludes that folder.
   * - `dangling`: the image contains the link to the package, and not the folder that it points to.
   * - `development`: a command installs only the dependencies that are not for development.
   * - `deploy`: the image runs a copy that `pnpm deploy` makes, which has only what one manifest lists.
   */
  readonly kind: 'not-copied' | 'ignored' | 'dangling' | 'development' | 'deploy';
  readonly dockerfile: FilePath;
  readonly name: string;
  readonly owner: WorkspacePackage;
  /** Where it is installed in the workspace. */
  readonly installed: FilePath;
  readonly importers: readonly [NeededPackage, ...NeededPackage[]];
  /** The line of the Dockerfile or ignore file that leaves it out. */
  readonly place: Place;
  /** The ignore pattern, or the command, as written. */
  readonly text: string;
  /**
   * `development`: the manifest that lists it in `devDependencies`, if there is one. `deploy`: the
   * manifest whose dependencies are installed.
   */
  readonly manifest?: Manifest;
  /** `deploy`: the manifest lists the package for development. */
  readonly listed?: boolean;
}

export interface ImageFacts {
  readonly gaps: readonly ImageGap[];
  readonly packages: readonly ImagePackageGap[];
  readonly unknownFacts: readonly UnknownFact[];
  readonly problems: readonly Problem[];
}

/**
 * One reason why needed files are not among those that the option `shippedFiles` names, for one
 * package.
 */
export interface UnshippedFiles {
  /** The packager's own list that leaves the files out; absent for the option `shippedFiles`. */
  readonly list?: Pick<ShippedList, 'name' | 'place' | 'ignores'>;
  /** The glob that takes them out; absent where no glob names them. */
  readonly glob?: string;
  readonly owner: WorkspacePackage;
  readonly files: readonly [NeededFile, ...NeededFile[]];
  readonly whole: boolean;
}

/** A packager's list of the files that it ships. */
export interface ShippedList {
  /** `"build.files" of apps/desktop/package.json` */
  readonly name: string;
  /** The folder that the packager takes the files from. */
  readonly root: FilePath;
  /** Relative to the workspace root; the last one that matches decides. */
  readonly globs: readonly string[];
  /** The list in the file says what is left out, without `!`. */
  readonly ignores?: true;
  /** The name of a folder does not match the files in it. */
  readonly isExact?: true;
  /** Only what these files load is compared with the list. */
  readonly entries?: readonly FilePath[];
  readonly place: Place;
}
