import type { Demand, EntryFailure } from '../../model/demand.js';
import type { Place } from '../../model/place.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, RuleFacts } from '../define-rule.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { listed, verbOf } from '../words.js';

interface Data {
  readonly demand: Demand;
  readonly entry: EntryFailure;
  /** The place where the source manifest lists the entry point. */
  readonly listedAt: Place;
}

export const entryNotPublished = defineRule<Data>({
  code: 'VE104',
  name: 'entry-not-published',
  reference: 'https://nodejs.org/api/esm.html#resolution-algorithm-specification',
  since: '0.1.0',
  severity: 'error',
  title: 'An imported entry point is in the source manifest but not in the published one.',

  find: (facts) =>
    (['unexported-subpath', 'entry-file-missing'] as const).flatMap((kind) => unpublished(facts, kind)),

  describe({ demand, entry, listedAt }, lookUp) {
    const provider = lookUp.packageOf(demand.provider)!;
    const published = provider.published!;
    const isSame = published.file === provider.source?.file;
    const what = isSame
      ? 'its "publishConfig", which consumers get,'
      : `${published.file}, which consumers get,`;
    const fix = lookUp.fixes.subpath(provider, demand.subpath);
    const offers = entry.outcome === 'not-listed' ? listed(entry.offered) : 'no "exports"';
    const place = 'place' in entry && entry.place ? entry.place : { file: published.file, start: 0, end: 0 };
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)} and ${listedAt.file} lists it, but ${what} does not.`,
      evidence: [
        { role: 'listed', text: `"${demand.subpath}"`, place: listedAt },
        { role: 'exports', text: entry.outcome === 'blocked' ? `"${entry.pattern}" → null` : offers, place },
      ],
      ...(fix ? { fix } : {}),
    };
  },
});

function unpublished(
  facts: RuleFacts,
  kind: 'unexported-subpath' | 'entry-file-missing',
): readonly Breakage<Data>[] {
  return unmetDemands(facts, kind).flatMap((group) => {
    const [demand] = group.demands;
    const { entry } = group.why;
    const listedAt = notPublished(facts, demand, entry);
    return listedAt ? [demandBreakage(facts, group, { demand, entry, listedAt })] : [];
  });
}

/**
 * The place where the source manifest lists an entry point that the published manifest lacks.
 * Undefined for all other failures, which other rules report.
 */
export function notPublished({ lookUp }: RuleFacts, demand: Demand, entry: EntryFailure): Place | undefined {
  // Without `exports` in the published manifest every file is an entry point. The imported file
  // does not exist.
  const isUnlisted =
    ['not-listed', 'blocked'].includes(entry.outcome) || (entry.outcome === 'file-missing' && !entry.place);
  return isUnlisted && !('bundled' in entry)
    ? lookUp.explain.listedInSource(lookUp.packageOf(demand.provider)!, demand.subpath)
    : undefined;
}
