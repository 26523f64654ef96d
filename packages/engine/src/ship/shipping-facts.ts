import type { VerifyOptions } from '../model/options.js';
import type { Problem } from '../model/problem.js';
import type { Opening } from '../model/surface.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Lens } from '../lens.js';
import { imageGaps } from './image-gaps.js';
import type { ImageGap } from './image-gaps.js';
import { neededToRun } from './needed-files.js';
import type { NeededFile } from './needed-files.js';
import { packingGaps } from './packing-gaps.js';
import type { PackingGap } from './packing-gaps.js';
import { unshippedFiles } from './unshipped-files.js';
import type { UnshippedFiles } from './unshipped-files.js';

/** What is needed and does not ship, by the way it would ship. */
export interface ShippingFacts {
  /** In the npm tarball. */
  readonly packing: readonly PackingGap[];
  /** In container images. */
  readonly images: readonly ImageGap[];
  /** In what the option `shippedFiles` describes. */
  readonly unshipped: readonly UnshippedFiles[];
  /** Places that make the shipped files unknown. */
  readonly openings: readonly Opening[];
  readonly problems: readonly Problem[];
}

/**
 * Looks at every way in which a project ships; what is needed is found out only if there is one.
 */
export function shippingFacts(
  lens: Lens,
  own: WorkspacePackage,
  { dockerfile, shippedFiles }: Pick<VerifyOptions, 'dockerfile' | 'shippedFiles'>,
): ShippingFacts {
  let known: readonly NeededFile[] | undefined;
  const needed = (): readonly NeededFile[] => (known ??= neededToRun(lens, own));
  const images = imageGaps(lens, own, dockerfile, needed);
  const { unshipped, problems } = shippedFiles
    ? unshippedFiles(lens, shippedFiles, needed())
    : { unshipped: [], problems: [] };
  return {
    packing: packingGaps(lens, own),
    images: images.gaps,
    unshipped,
    openings: images.openings,
    problems: [...images.problems, ...problems],
  };
}
