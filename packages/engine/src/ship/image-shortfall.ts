import type { Place } from '../model/place.js';
import type { ImageFacts, ImageGap } from '../model/shipping.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { pathWithin } from '../read/file-path.js';
import { absenceGaps } from './absence-gaps.js';
import type { AbsentFile, ApplicationImage } from './application-image.js';
import { ignoreException } from './docker/ignore-exception.js';
import { imagePackageGaps } from './image-package-gaps.js';
import { leftBehind } from './left-behind.js';
import { missingSources } from './missing-sources.js';

export type ImageShortfall = Pick<ImageFacts, 'gaps' | 'packages' | 'unknownFacts'>;

export const NOTHING_MISSING: ImageShortfall = { gaps: [], packages: [], unknownFacts: [] };

/**
 * What one image lacks, unless a command in it may create that. If this cannot be determined, it
 * says why.
 */
export function imageShortfall(application: ApplicationImage): ImageShortfall {
  const { gaps, unknownFacts } = missingFiles(application);
  const found = imagePackageGaps(application);
  return { gaps, packages: found.packages, unknownFacts: [...unknownFacts, ...found.unknownFacts] };
}

function missingFiles(application: ApplicationImage): Omit<ImageShortfall, 'packages'> {
  const absent = application.absentFiles;
  const isBuiltInside = absent.length > 0 && application.mayBuild(application.own);
  const ownIsAbsent = absent.some(({ file }) => file.owner === application.own);
  const sources = ownIsAbsent && isBuiltInside ? missingSources(application) : [];
  const left = absent.filter(({ file }) => !mayBeMade(application, file.owner, isBuiltInside));
  const excused = absent.filter((one) => !left.includes(one));
  const gaps = [...sources, ...absenceGaps(application, left), ...leftBehindGaps(application, excused)];
  if (gaps.length === 0) return { gaps: [], unknownFacts: [] };
  const [opaque] = application.image.contents.opaque;
  if (opaque) return { gaps: [], unknownFacts: [unknownFact(gaps[0]!, opaque.reason, opaque.place)] };
  return withoutInstalled(application, gaps);
}

/**
 * Whether a command in the image may create the missing files of a package. For packages that it
 * builds, only the sources are checked.
 */
function mayBeMade(application: ApplicationImage, owner: WorkspacePackage, isBuiltInside: boolean): boolean {
  if (owner !== application.own && application.hasCopyOf(owner)) return true;
  return isBuiltInside || application.mayBuild(owner);
}

/** Packages that another stage builds, and only their links are copied into the image. */
function leftBehindGaps(application: ApplicationImage, excused: readonly AbsentFile[]): readonly ImageGap[] {
  const notCopied = excused.filter(
    ({ file, absence }) => absence.kind === 'not-copied' && !application.hasCopyOf(file.owner),
  );
  if (notCopied.length === 0) return [];
  const { view, own, image, needed } = application;
  const files = notCopied.map(({ file }) => file);
  const loose = leftBehind(view.run.disk, own, image, needed, files);
  const left = notCopied.filter(({ file }) => loose.has(file.owner));
  return absenceGaps(application, left).map((gap) => {
    const link = loose.get(gap.owner)!;
    return { ...gap, kind: 'left-behind', place: link.brought.copy.place, loose: link };
  });
}

/** If the image installs packages, those that a registry may have are unknown. */
function withoutInstalled(
  application: ApplicationImage,
  gaps: readonly ImageGap[],
): Omit<ImageShortfall, 'packages'> {
  const install = application.image.contents.makers.find(({ what }) => what === 'install');
  const fromRegistry = install ? gaps.filter(({ owner }) => mayBeInRegistry(application, owner)) : [];
  return {
    gaps: gaps.filter((gap) => !fromRegistry.includes(gap)).map((gap) => withException(application, gap)),
    unknownFacts: fromRegistry.map((gap) =>
      unknownFact(
        gap,
        `\`${install!.command}\` may install ${gap.owner.name} from a registry`,
        install!.place,
      ),
    ),
  };
}

/**
 * The image is no copy of the workspace, the package is public, and no range says that it is the
 * workspace's own.
 */
function mayBeInRegistry(application: ApplicationImage, owner: WorkspacePackage): boolean {
  const { own } = application;
  const { private: isPrivate, version } = owner.published?.json ?? {};
  if (owner === own || owner.name === undefined || isPrivate === true || version === undefined) return false;
  const range = own.source?.json.dependencies?.[owner.name];
  if (range === undefined || /^(workspace|file|link|portal):|^\*$/.test(range)) return false;
  return application.presenceInAnyStage('package.json').kind !== 'in';
}

function withException({ image: { context, patterns } }: ApplicationImage, gap: ImageGap): ImageGap {
  const by = patterns.find(({ place }) => place === gap.place);
  const files = gap.files.map(({ file }) => pathWithin(context, file));
  const exception = by && ignoreException(patterns, by, files);
  return exception === undefined ? gap : { ...gap, exception };
}

function unknownFact(gap: ImageGap, reason: string, place: Place): ImageFacts['unknownFacts'][number] {
  return { kind: 'opaque-image', reason: `${reason}, and ${gap.files[0].file} is needed`, place };
}
