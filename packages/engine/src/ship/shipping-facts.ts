import type { VerifyOptions } from '../model/options.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { NeededFile, ShippingFacts } from '../model/shipping.js';
import type { WorkspaceView } from '../workspace-view.js';
import { imageGaps } from './image-gaps.js';
import { neededToRun } from './needed-files.js';
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
  let known: readonly NeededFile[] | undefined;
  const needed = (): readonly NeededFile[] => (known ??= neededToRun(view, own));
  const images = imageGaps(view, own, dockerfile, needed);
  const { unshipped, problems } = shippedFiles
    ? unshippedFiles(view.run.disk, shippedFiles, needed())
    : { unshipped: [], problems: [] };
  return {
    packing: packingGaps(view, own),
    images: images.gaps,
    unshipped,
    unknownFacts: images.unknownFacts,
    problems: [...images.problems, ...problems],
  };
}
