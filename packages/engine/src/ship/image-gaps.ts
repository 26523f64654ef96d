import type { DockerfileOption } from '../model/options.js';
import type { Problem } from '../model/problem.js';
import type { UnknownFact } from '../model/surface.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { ImageFacts, ImageGap, ImagePackageGap } from '../model/shipping.js';
import type { WorkspaceView } from '../workspace-view.js';
import { imagesOf } from './docker/find-images.js';
import { openImage } from './docker/open-image.js';
import type { OpenImage } from './docker/open-image.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import type { NeededToRun } from './needed-files.js';
import { ApplicationImage } from './application-image.js';
import { imageShortfall, NOTHING_MISSING } from './image-shortfall.js';
import type { ImageShortfall } from './image-shortfall.js';

/** The needed files of an application's output that its images do not contain. */
export function imageGaps(
  view: WorkspaceView,
  own: WorkspacePackage,
  configured: readonly DockerfileOption[] | undefined,
  needed: () => NeededToRun,
): ImageFacts {
  const gaps: ImageGap[] = [];
  const packages: ImagePackageGap[] = [];
  const unknownFacts: UnknownFact[] = [];
  const problems: Problem[] = [];
  for (const candidate of imagesOf(view.run.disk, view.run.workspace, own, configured)) {
    const images = openImage(view.run.disk, candidate);
    if ('problem' in images) problems.push(images.problem);
    else if ('unknown' in images) unknownFacts.push({ kind: 'opaque-image', ...images.unknown });
    else {
      const shortfall = leastShortfall(view, own, images, needed());
      gaps.push(...shortfall.gaps);
      packages.push(...shortfall.packages);
      unknownFacts.push(...shortfall.unknownFacts);
    }
  }
  return { gaps, packages, unknownFacts, problems };
}

/**
 * An image may have several possible contexts. The contexts with the most files that the Dockerfile
 * copies by name count. Of these, the one with the fewest missing files is used. A Dockerfile that
 * no option names must be about the project.
 */
function leastShortfall(
  view: WorkspaceView,
  own: WorkspacePackage,
  images: readonly OpenImage[],
  needed: NeededToRun,
): ImageShortfall {
  const known = images.map((image) => ({ image, sources: sourcesThere(view.run.disk, image) }));
  const most = Math.max(...known.map(({ sources }) => sources));
  const shortfalls = known
    .filter(({ image, sources }) => image.candidate.configured || sources === most)
    .map(({ image }) => new ApplicationImage(view, own, image, needed))
    .filter((one) => one.image.candidate.configured || one.isAboutProject)
    .map(imageShortfall);
  return shortfalls.toSorted(fewerLacking)[0] ?? NOTHING_MISSING;
}

/** By packages, then by how many of them the context leaves out altogether, then by files. */
function fewerLacking(a: ImageShortfall, b: ImageShortfall): number {
  const weights = ({ gaps, packages }: ImageShortfall): readonly number[] => [
    new Set(gaps.map(({ owner }) => owner)).size,
    gaps.filter(({ kind }) => kind === 'outside-context').length,
    gaps.reduce((sum, { files }) => sum + files.length, 0),
    packages.length,
  ];
  const others = weights(b);
  return (
    weights(a)
      .map((weight, index) => weight - others[index]!)
      .find((difference) => difference !== 0) ?? 0
  );
}

/**
 * How many of the paths that the Dockerfile copies exist in the context. A glob counts up to its
 * first wildcard.
 */
function sourcesThere(disk: Disk, { context, contents }: OpenImage): number {
  const sources = contents.contextCopies.flatMap((copy) => copy.sources);
  const isThere = (source: string): boolean => {
    const fixed = source.replaceAll('/./', '/').split(/\/[^/]*[*?[\\]/)[0]!;
    return disk.kindOf(joinPath(context, fixed.slice(1) || '.')) !== undefined;
  };
  return sources.filter(isThere).length;
}
