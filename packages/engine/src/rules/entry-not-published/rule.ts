import type { Demand, EntryFailure } from '../../model/demand.js';
import type { Place } from '../../model/place.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, RuleFacts } from '../define-rule.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { listed, verbOf } from '../words.js';

interface Data {
  readonly demand: Demand;
  readonly entry: EntryFailure;
  /** Where the source manifest lists the entry point. */
  readonly listedAt: Place;
}

export const entryNotPublished = defineRule<Data>({
  code: 'VE104',
  name: 'entry-not-published',
  since: '0.1.0',
  severity: 'error',
  title: 'An entry point is asked that the source manifest lists and the published manifest does not.',

  find: (facts) =>
    (['unexported-subpath', 'entry-file-missing'] as const).flatMap((kind) => unpublished(facts, kind)),

  describe({ demand, entry, listedAt }, lookUp) {
    const provider = lookUp.packageOf(demand.provider)!;
    const published = provider.published!;
    const isSame = published.file === provider.source?.file;
    const what = isSame
      ? 'the "publishConfig" there, which is what consumers get,'
      : `${published.file}, which is what consumers get,`;
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
 * Where the source manifest lists an entry point that the published manifest lacks; undefined for any other failure, which is
 * another rule's.
 */
export function notPublished({ lookUp }: RuleFacts, demand: Demand, entry: EntryFailure): Place | undefined {
  // Without `exports` in the published manifest any file could serve; the one that was asked is not there.
  const isUnlisted =
    ['not-listed', 'blocked'].includes(entry.outcome) || (entry.outcome === 'file-missing' && !entry.place);
  return isUnlisted && !('bundled' in entry)
    ? lookUp.explain.listedInSource(lookUp.packageOf(demand.provider)!, demand.subpath)
    : undefined;
}
