import type { DockerfileOption } from '../model/options.js';
import type { FilePath, Place } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import type { Opening } from '../model/surface.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Lens } from '../lens.js';
import { imagesOf } from './docker/find-images.js';
import { openImage } from './docker/open-image.js';
import type { OpenImage } from './docker/open-image.js';
import { joinPath } from '../read/file-path.js';
import { ImageJudge } from './image-judge.js';
import type { LooseLink } from './left-behind.js';
import type { NeededFile } from './needed-files.js';

/**
 * One reason why files that an application needs are not in its image, and those files; all of one
 * package.
 */
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
  /** The link that the image copies from a stage without its target. */
  readonly loose?: LooseLink;
  /**
   * The command in the image that needs the package's sources, where the image is built from these.
   */
  readonly builder?: { readonly command: string; readonly place: Place };
}

export interface ImageFacts {
  readonly gaps: readonly ImageGap[];
  readonly openings: readonly Opening[];
  readonly problems: readonly Problem[];
}

/** What the images of an application lack of what its output needs. */
export function imageGaps(
  lens: Lens,
  own: WorkspacePackage,
  configured: readonly DockerfileOption[] | undefined,
  needed: () => readonly NeededFile[],
): ImageFacts {
  const gaps: ImageGap[] = [];
  const openings: Opening[] = [];
  const problems: Problem[] = [];
  for (const candidate of imagesOf(lens.run.disk, lens.run.workspace, own, configured)) {
    const images = openImage(lens.run.disk, candidate);
    if ('problem' in images) problems.push(images.problem);
    else if ('blind' in images) openings.push({ kind: 'opaque-image', ...images.blind });
    else {
      const judged = judge(lens, own, images, needed());
      gaps.push(...judged.gaps);
      openings.push(...judged.openings);
    }
  }
  return { gaps, openings, problems };
}

type Judged = Pick<ImageFacts, 'gaps' | 'openings'>;

/**
 * Chooses among the possible build contexts: first those with the most paths that the Dockerfile
 * copies, then the one whose image lacks the least. A Dockerfile that was only found must be about
 * the project.
 */
function judge(
  lens: Lens,
  own: WorkspacePackage,
  images: readonly OpenImage[],
  needed: readonly NeededFile[],
): Judged {
  const known = images.map((image) => ({ image, sources: sourcesThere(lens, image) }));
  const most = Math.max(...known.map(({ sources }) => sources));
  const judged = known
    .filter(({ image, sources }) => image.candidate.configured || sources === most)
    .map(({ image }) => new ImageJudge(lens, own, image, needed))
    .filter((one) => one.image.candidate.configured || one.isAboutProject())
    .map((one) => one.judge());
  return judged.toSorted(fewerLacking)[0] ?? { gaps: [], openings: [] };
}

/** By packages, then by how many of them the context leaves out altogether, then by files. */
function fewerLacking(a: Judged, b: Judged): number {
  const weights = ({ gaps }: Judged): readonly number[] => [
    new Set(gaps.map(({ owner }) => owner)).size,
    gaps.filter(({ kind }) => kind === 'outside-context').length,
    gaps.reduce((sum, { files }) => sum + files.length, 0),
  ];
  const others = weights(b);
  return (
    weights(a)
      .map((weight, index) => weight - others[index]!)
      .find((difference) => difference !== 0) ?? 0
  );
}

/**
 * How many of the paths that the Dockerfile copies are there, seen from the context; of globs the
 * part before the first wildcard.
 */
function sourcesThere(lens: Lens, { context, contents }: OpenImage): number {
  const sources = contents.contextCopies.flatMap((copy) => copy.sources);
  const isThere = (source: string): boolean => {
    const fixed = source.replaceAll('/./', '/').split(/\/[^/]*[*?[\\]/)[0]!;
    return lens.run.disk.kindOf(joinPath(context, fixed.slice(1) || '.')) !== undefined;
  };
  return sources.filter(isThere).length;
}
