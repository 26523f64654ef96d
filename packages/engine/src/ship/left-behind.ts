import nodePath from 'node:path';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { LooseLink, NeededFile } from '../model/shipping.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, pathWithin } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import type { OpenImage } from './docker/open-image.js';
import { buildsInPlace } from './docker/run-command.js';

/**
 * Workspace packages that an image leaves behind in the stage that builds: the last stage copies
 * node_modules from there, and with it the links that a package manager creates for workspace
 * packages, but not the folders that these links point to.
 *
 * This is only certain if the last stage does nothing but copy, and every command of the other
 * stages installs or builds in place. Other commands may replace the links with copies (`pnpm
 * deploy`, `turbo prune`, `cp -rL`).
 *
 * @param lacking needed files that no COPY brings into the image
 */
export function leftBehind(
  disk: Disk,
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
    const importer = by.place.file;
    if (!isWithin(image.context, importer)) continue;
    const path = pathWithin(image.context, importer);
    const runs = contents.verdictOn(path).kind === 'in' || contents.broughtFromStage(path) !== undefined;
    if (!runs && ![...found.keys()].some((pkg) => isWithin(pkg.root, importer))) continue;
    const loose = looseLink(disk, owner, image, importer);
    if (loose) found.set(owner, loose);
  }
  return found;
}

/** The link through which a file finds the package, if the image contains that link. */
function looseLink(
  disk: Disk,
  owner: WorkspacePackage,
  { context, contents }: OpenImage,
  importer: FilePath,
): LooseLink | undefined {
  const link = nearestInstalled(disk, folderOf(importer) ?? '.', owner.name!);
  if (link === undefined || !isWithin(context, link)) return undefined;
  const target = disk.realPath(link);
  // A package that is published from another folder has its files elsewhere than its link points
  // to.
  if (target !== owner.root || target !== owner.publishedRoot || !isWithin(context, target)) return undefined;
  const brought = contents.broughtFromStage(pathWithin(context, link));
  if (!brought) return undefined;
  const from = pathWithin(context, folderOf(link)!);
  const relative = nodePath.posix.relative(from, pathWithin(context, target));
  const targetFrom = (place: string): string => nodePath.posix.join(nodePath.posix.dirname(place), relative);
  return { link, brought, folder: { there: targetFrom(brought.there), here: targetFrom(brought.here) } };
}
