import type { ImageGap, NeededFile } from '../model/shipping.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { isTestFile } from '../read/is-test-file.js';
import { absenceGap } from './absence-gaps.js';
import type { ApplicationImage } from './application-image.js';

/**
 * For an image that builds the application: workspace packages that the application's sources
 * import, directly or through each other, and whose sources the build does not get.
 */
export function missingSources(application: ApplicationImage): readonly ImageGap[] {
  const gaps: ImageGap[] = [];
  for (const [owner, by] of importedPackages(application)) {
    const files = application.sourcesOf(owner);
    if (files.length === 0 || application.hasSourcesOf(owner) || application.hasCopyOf(owner)) continue;
    const [first, ...rest] = files.map((file): NeededFile => ({ file, owner, soft: false, by }));
    const presence = application.presenceInAnyStage(first!.file);
    if (presence.kind === 'in') continue;
    const gap = absenceGap(application, owner, presence);
    const copy = application.image.contents.contextCopies.at(-1);
    const place = presence.kind === 'not-copied' && copy ? copy.place : gap.place;
    gaps.push({ ...gap, place, files: [first!, ...rest], whole: true, builder: application.builder! });
  }
  return gaps;
}

/** Each with the import that was found first. */
function importedPackages({
  view,
  own,
}: ApplicationImage): ReadonlyMap<WorkspacePackage, NonNullable<NeededFile['by']>> {
  const found = new Map<WorkspacePackage, NonNullable<NeededFile['by']>>();
  const pending = [own];
  for (let pkg = pending.pop(); pkg; pkg = pending.pop()) {
    for (const { provider, phase, specifierPlace: place, specifier, soft } of view.demands.ofSources(pkg)
      .demands) {
      const imported = view.run.packageOf(provider)!;
      if (phase === 'types' || soft || imported === own || found.has(imported) || isTestFile(place.file))
        continue;
      found.set(imported, { place, specifier, kind: 'module' });
      pending.push(imported);
    }
  }
  return found;
}
