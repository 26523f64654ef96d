import { groupBy } from '../collections/group-by.js';
import type { ImageGap } from '../model/shipping.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Absence, AbsentFile, ApplicationImage } from './application-image.js';

/** One gap for the absent files of one package that one line keeps out of the image. */
export function absenceGaps(
  application: ApplicationImage,
  absent: readonly AbsentFile[],
): readonly ImageGap[] {
  const gaps = absent.map((one) => ({ one, gap: absenceGap(application, one.file.owner, one.absence) }));
  const groups = groupBy(gaps, ({ gap: { owner, kind, place } }) =>
    JSON.stringify([owner.project, kind, place.file, place.start]),
  );
  return [...groups.values()].map(([first, ...rest]) => {
    const { gap } = first;
    const needed = application.needed.filter(({ owner }) => owner === gap.owner);
    const whole = needed.length === 1 + rest.length;
    return { ...gap, files: [first.one.file, ...rest.map(({ one }) => one.file)], whole };
  });
}

/** Why a file of a package is not in the image, and which line excludes it. */
export function absenceGap(
  { image: { candidate, context } }: ApplicationImage,
  owner: WorkspacePackage,
  absence: Absence,
): Omit<ImageGap, 'files' | 'whole'> {
  const common = { dockerfile: candidate.file, context, owner, kind: absence.kind };
  if (absence.kind === 'ignored') {
    return { ...common, text: absence.by.text, place: absence.by.place, copy: absence.copy.place };
  }
  const fallback = { file: candidate.file, start: 0, end: 0 };
  const place = absence.kind === 'not-copied' ? (absence.last ?? absence.stage).place : fallback;
  return { ...common, text: '', place };
}
