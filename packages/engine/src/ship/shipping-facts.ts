import type { VerifyOptions } from '../model/options.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { NeededFile, ShippedList, ShippingFacts, UnshippedFiles } from '../model/shipping.js';
import { isWithin, pathWithin } from '../read/file-path.js';
import { shippedListsOf } from '../read/shipped-lists.js';
import type { WorkspaceView } from '../workspace-view.js';
import { imageGaps } from './image-gaps.js';
import { neededByFiles, neededToRun } from './needed-files.js';
import type { NeededToRun } from './needed-files.js';
import { packingGaps } from './packing-gaps.js';
import { unshippedFiles } from './unshipped-files.js';

/**
 * Checks every way in which a project ships. The needed files are determined only if there is one.
 */
export function shippingFacts(
  view: WorkspaceView,
  own: WorkspacePackage,
  { dockerfile, shippedFiles }: Pick<VerifyOptions, 'dockerfile' | 'shippedFiles'>,
): ShippingFacts {
  let known: NeededToRun | undefined;
  const needed = (): NeededToRun => (known ??= neededToRun(view, own));
  const images = imageGaps(view, own, dockerfile, needed);
  const { unshipped, problems } = shippedFiles
    ? unshippedFiles(view.run.disk, shippedFiles, needed().files)
    : { unshipped: [], problems: [] };
  const listed = shippedListsOf(view.run.disk, own).flatMap((list) => {
    const files = list.entries ? neededByFiles(view, own, list.entries) : needed().files;
    return leftOutOfList(view, own, list, files);
  });
  return {
    packing: packingGaps(view, own),
    images: images.gaps,
    imagePackages: images.packages,
    unshipped: [...unshipped, ...listed],
    unknownFacts: images.unknownFacts,
    problems: [...images.problems, ...problems],
  };
}

/**
 * Packagers follow dependencies on their own, so that only the project's own files are compared
 * with their lists.
 */
function leftOutOfList(
  { run }: WorkspaceView,
  own: WorkspacePackage,
  { name, place, root, globs, ignores, isExact }: ShippedList,
  needed: readonly NeededFile[],
): readonly UnshippedFiles[] {
  const files = needed.filter(
    ({ file, owner }) => owner === own && isWithin(root, file) && file !== own.source?.file,
  );
  const { unshipped } = unshippedFiles(run.disk, globs, files, isExact);
  return unshipped.map(({ glob, ...gap }) => ({
    ...gap,
    list: { name, place, ...(ignores && { ignores }) },
    ...(glob !== undefined && {
      glob: glob.replace(/^(!?)(.*)$/, (_, not, path) => not + pathWithin(root, path)),
    }),
  }));
}
