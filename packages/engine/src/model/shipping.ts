import type { Reference } from './bundle-trace.js';
import type { BroughtPath } from './image-plan.js';
import type { FilePath, Place } from './place.js';
import type { Problem } from './problem.js';
import type { UnknownFact } from './surface.js';
import type { Manifest, WorkspacePackage } from './workspace.js';

/** What is needed and does not ship, by the way it would ship. */
export interface ShippingFacts {
  /** In the npm tarball. */
  readonly packing: readonly PackingGap[];
  /** In container images. */
  readonly images: readonly ImageGap[];
  /** In what the option `shippedFiles` describes. */
  readonly unshipped: readonly UnshippedFiles[];
  /** Where it cannot be told what ships. */
  readonly unknownFacts: readonly UnknownFact[];
  readonly problems: readonly Problem[];
}

/** A file without which what ships is not whole. */
export interface NeededFile {
  readonly file: FilePath;
  readonly owner: WorkspacePackage;
  /** What asks for it; for what only a manifest names, the place there. */
  readonly by?: {
    readonly place: Place;
    readonly specifier: string;
    readonly kind: Reference['kind'] | 'entry' | 'manifest';
  };
  /** Failing without it is not certain. */
  readonly soft: boolean;
}

/** One reason why files that consumers need are not in the tarball, and those files. */
export interface PackingGap {
  readonly kind: 'not-listed' | 'taken-out' | 'ignored' | 'never-packed' | 'link' | 'outside';
  /** The rule as written; empty where none is. */
  readonly text: string;
  readonly place: Place;
  /** In the order reached. */
  readonly files: readonly [NeededFile, ...NeededFile[]];
  readonly manifest: Manifest;
  /** The folder that is packed. */
  readonly root: FilePath;
  /** The files and folders directly in it that hold all that is needed. */
  readonly tops: readonly string[];
  /** The manifest says that the package is published; else only that it is not private. */
  readonly meant: boolean;
  /** Only so where npm packs the package as a member of its workspace; `npm publish <folder>` takes the files. */
  readonly asMember: boolean;
  /** What the build made of the first file, if that is a TypeScript source. */
  readonly built?: FilePath;
  /** An override in `publishConfig` that the package manager does not apply, although the files are entry points of the field. */
  readonly override?: { readonly field: string; readonly manager: string; readonly place: Place };
}

/** One reason why files that an application needs are not in its image, and those files; all of one package. */
export interface ImageGap {
  readonly kind: 'ignored' | 'not-copied' | 'outside-context' | 'left-behind';
  readonly dockerfile: FilePath;
  readonly context: FilePath;
  /** The ignore pattern as written; empty where there is none. */
  readonly text: string;
  /** The line that is to blame. */
  readonly place: Place;
  /** The line that would have copied the first file. */
  readonly copy?: Place;
  readonly owner: WorkspacePackage;
  /** A line below the pattern that lets the files in again. */
  readonly exception?: string;
  readonly files: readonly [NeededFile, ...NeededFile[]];
  /** Nothing of what is needed of the package is in the image. */
  readonly whole: boolean;
  /** The link that the image takes from a stage without the package that it leads to. */
  readonly loose?: LooseLink;
  /** The command in the image that needs the package's sources, where the image is built from these. */
  readonly builder?: { readonly command: string; readonly place: Place };
}

/** A link that an image takes from a stage, without what it leads to. */
export interface LooseLink {
  /** The link in node_modules. */
  readonly link: FilePath;
  /** What brings the link. */
  readonly brought: BroughtPath;
  /** The folder that it leads to, in the stage, and where the link looks for it in the image. */
  readonly folder: { readonly there: string; readonly here: string };
}

export interface ImageFacts {
  readonly gaps: readonly ImageGap[];
  readonly unknownFacts: readonly UnknownFact[];
  readonly problems: readonly Problem[];
}

/** One reason why needed files are not among those that the option `shippedFiles` names; all of one package. */
export interface UnshippedFiles {
  /** The packager's own list that leaves the files out; absent for the option `shippedFiles`. */
  readonly list?: Pick<ShippedList, 'name' | 'place'>;
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
  readonly place: Place;
}
