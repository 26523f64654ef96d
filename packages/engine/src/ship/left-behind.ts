import nodePath from 'node:path';
import type { Lens } from '../lens.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { folderOf, isWithin, joinPath, pathWithin } from '../read/file-path.js';
import type { BroughtPath } from './docker/image-contents.js';
import type { OpenImage } from './docker/open-image.js';
import { buildsInPlace } from './docker/run-command.js';
import type { NeededFile } from './needed-files.js';

/** A link that an image copies from a stage without its target. */
export interface LooseLink {
  /** The link in node_modules. */
  readonly link: FilePath;
  /** What brings the link. */
  readonly brought: BroughtPath;
  /** The folder that it points to, in the stage and in the image. */
  readonly folder: { readonly there: string; readonly here: string };
}

/**
 * Workspace packages that an image leaves in the stage that builds: its last stage copies
 * node_modules, and with it the links to workspace packages, but not the folders that they point
 * to.
 *
 * Reported only if the last stage does nothing but copy, and every command of the other stages
 * installs or builds in place. Other commands may replace the links with copies (`pnpm deploy`,
 * `turbo prune`, `cp -rL`).
 *
 * @param lacking needed files that no COPY adds to the image
 */
export function leftBehind(
  lens: Lens,
  own: WorkspacePackage,
  image: OpenImage,
  needed: readonly NeededFile[],
  lacking: readonly NeededFile[],
): ReadonlyMap<WorkspacePackage, LooseLink> {
  const found = new Map<WorkspacePackage, LooseLink>();
  const { contents } = image;
  if (!contents.onlyCopies || !contents.makers.every(({ command }) => buildsInPlace(command))) return found;
  for (const { owner, by } of needed) {
    if (owner === own || by?.kind !== 'manifest' || found.has(owner)) continue;
    if (!lacking.some((file) => file.owner === owner)) continue;
    const asker = by.place.file;
    if (!isWithin(image.context, asker)) continue;
    const path = pathWithin(image.context, asker);
    const runs = contents.verdictOn(path).kind === 'in' || contents.broughtFromStage(path) !== undefined;
    if (!runs && ![...found.keys()].some((pkg) => isWithin(pkg.root, asker))) continue;
    const loose = looseLink(lens, owner, image, asker);
    if (loose) found.set(owner, loose);
  }
  return found;
}

/** The link through which an asking file finds the package, if the image takes it along. */
function looseLink(
  lens: Lens,
  owner: WorkspacePackage,
  { context, contents }: OpenImage,
  asker: FilePath,
): LooseLink | undefined {
  const { disk } = lens.run;
  for (let folder = folderOf(asker); folder !== undefined; folder = folderOf(folder)) {
    if (!isWithin(context, folder)) return undefined;
    const link = joinPath(folder, 'node_modules', owner.name!);
    if (disk.kindOf(link) === undefined) continue;
    const target = disk.realPath(link);
    // If the package is published from another folder, the link does not point to the needed files.
    if (target !== owner.root || target !== owner.publishedRoot || !isWithin(context, target))
      return undefined;
    const brought = contents.broughtFromStage(pathWithin(context, link));
    if (!brought) return undefined;
    const from = pathWithin(context, folderOf(link)!);
    const relative = nodePath.posix.relative(from, pathWithin(context, target));
    const leadsTo = (place: string): string => nodePath.posix.join(nodePath.posix.dirname(place), relative);
    return { link, brought, folder: { there: leadsTo(brought.there), here: leadsTo(brought.here) } };
  }
  return undefined;
}
