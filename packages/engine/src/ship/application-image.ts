import type { FilePath, Place } from '../model/place.js';
import type { NeededFile, NeededPackage } from '../model/shipping.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { isWithin, pathWithin } from '../read/file-path.js';
import { sourceFilesOf } from '../read/package-files.js';
import type { WorkspaceView } from '../workspace-view.js';
import type { ImageVerdict } from './docker/image-contents.js';
import type { OpenImage } from './docker/open-image.js';
import type { NeededToRun } from './needed-files.js';
import { hasCopyIn } from './shipped-copy.js';

/** Whether a file gets into an image, and what excludes it. */
export type Presence = ImageVerdict | { readonly kind: 'outside-context' };
export type Absence = Exclude<Presence, { readonly kind: 'in' }>;
/** A needed file that is not in the image. */
export interface AbsentFile {
  readonly file: NeededFile;
  readonly absence: Absence;
}

/**
 * An application, what it needs at run time, and one image of it under one build context. It only
 * finds files.
 */
export class ApplicationImage {
  readonly view: WorkspaceView;
  readonly own: WorkspacePackage;
  readonly image: OpenImage;
  readonly needed: readonly NeededFile[];
  readonly neededPackages: readonly NeededPackage[];

  constructor(view: WorkspaceView, own: WorkspacePackage, image: OpenImage, needed: NeededToRun) {
    this.view = view;
    this.own = own;
    this.image = image;
    this.needed = needed.files;
    this.neededPackages = needed.packages;
  }

  /** Whether a file is in the finished image. */
  presenceOf(file: FilePath): Presence {
    const { context, contents } = this.image;
    if (!isWithin(context, file)) return { kind: 'outside-context' };
    return contents.verdictOn(pathWithin(context, file));
  }

  /** Whether a file is in any stage that the image is built from. */
  presenceInAnyStage(file: FilePath): Presence {
    const { context, contents } = this.image;
    if (!isWithin(context, file)) return { kind: 'outside-context' };
    return contents.verdictInAnyStage(pathWithin(context, file));
  }

  get absentFiles(): readonly AbsentFile[] {
    return this.needed.flatMap((file) => {
      const presence = this.presenceOf(file.file);
      return presence.kind === 'in' ? [] : [{ file, absence: presence }];
    });
  }

  /** A command that may build, in a stage that the image takes files from. */
  get builder(): { readonly command: string; readonly place: Place } | undefined {
    const found = this.image.contents.makers.find(({ what }) => what === 'build');
    return found && { command: found.command, place: found.place };
  }

  /**
   * Whether the image may build a package: there is a command for it, and some of the sources are
   * there.
   */
  mayBuild(pkg: WorkspacePackage): boolean {
    return this.builder !== undefined && this.hasSourcesOf(pkg);
  }

  hasSourcesOf(pkg: WorkspacePackage): boolean {
    return this.sourcesOf(pkg).some((file) => this.presenceInAnyStage(file).kind === 'in');
  }

  /** A package's code, or its manifest if it has no code. */
  sourcesOf(pkg: WorkspacePackage): readonly FilePath[] {
    const { disk, workspace } = this.view.run;
    const code = sourceFilesOf(disk, workspace, pkg);
    return code.length > 0 ? code : pkg.source ? [pkg.source.file] : [];
  }

  /** Whether the image gets another copy of a package, as pruning tools make it. */
  hasCopyOf(pkg: WorkspacePackage): boolean {
    return hasCopyIn(this.view.run.disk, pkg, this.own, this.image);
  }

  /**
   * Whether the image takes, or ignores, any of the project's files. A workspace also has
   * Dockerfiles for databases.
   */
  get isAboutProject(): boolean {
    if (this.image.contents.contextCopies.length === 0) return false;
    const files = this.needed.filter(({ owner }) => owner === this.own).map(({ file }) => file);
    if (files.some((file) => /^(in|ignored)$/.test(this.presenceOf(file).kind))) return true;
    return this.mayBuild(this.own);
  }
}
