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
 * Workspace packages that an image built inside leaves behind: its last stage takes node_modules from the stage that builds, and with
 * it the links that a package manager makes to workspace packages, but not the folders that they lead to.
 *
 * Told only where the last stage does nothing but copy, and where every command of the other stages installs or builds in place: other
 * commands may put copies where the links were (`pnpm deploy`, `turbo prune`, `cp -rL`).
 *
 * @param lacking what is needed and that no COPY brings into the image, wherever it would come about
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
    const asker = by.place.file;
    if (!isWithin(image.context, asker)) continue;
    const path = pathWithin(image.context, asker);
    const runs = contents.verdictOn(path).kind === 'in' || contents.broughtFromStage(path) !== undefined;
    if (!runs && ![...found.keys()].some((pkg) => isWithin(pkg.root, asker))) continue;
    const loose = looseLink(disk, owner, image, asker);
    if (loose) found.set(owner, loose);
  }
  return found;
}

/** The link through which an asking file finds the package, if the image takes it along. */
function looseLink(
  disk: Disk,
  owner: WorkspacePackage,
  { context, contents }: OpenImage,
  asker: FilePath,
): LooseLink | undefined {
  const link = nearestInstalled(disk, folderOf(asker) ?? '.', owner.name!);
  if (link === undefined || !isWithin(context, link)) return undefined;
  const target = disk.realPath(link);
  // A package that is published from another folder has its files elsewhere than its link points to.
  if (target !== owner.root || target !== owner.publishedRoot || !isWithin(context, target)) return undefined;
  const brought = contents.broughtFromStage(pathWithin(context, link));
  if (!brought) return undefined;
  const from = pathWithin(context, folderOf(link)!);
  const relative = nodePath.posix.relative(from, pathWithin(context, target));
  const leadsTo = (place: string): string => nodePath.posix.join(nodePath.posix.dirname(place), relative);
  return { link, brought, folder: { there: leadsTo(brought.there), here: leadsTo(brought.here) } };
}
