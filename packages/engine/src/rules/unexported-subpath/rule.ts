import type { Demand, EntryFailure } from '../../model/demand.js';
import { defineRule } from '../define-rule.js';
import type { EvidenceAt } from '../define-rule.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { listed, nearMisses, verbOf } from '../words.js';

export const unexportedSubpath = defineRule<{ readonly demand: Demand; readonly entry: EntryFailure }>({
  code: 'VE205',
  name: 'unexported-subpath',
  since: '0.1.0',
  severity: 'error',
  title: 'A subpath is asked of a package whose published `exports` does not offer it.',

  find: (facts) =>
    unmetDemands(facts, 'unexported-subpath').map((group) =>
      demandBreakage(facts, group, { demand: group.demands[0], entry: group.why.entry }),
    ),

  describe({ demand, entry }, lookUp) {
    const provider = lookUp.packageOf(demand.provider)!;
    const offered = entry.outcome === 'not-listed' ? entry.offered : [];
    const similar = nearMisses(demand.subpath, offered);
    const name = provider.name ?? provider.project;
    const because =
      entry.outcome === 'blocked'
        ? `the exports of "${name}" map "${entry.pattern}" to null`
        : `the exports of "${name}" do not list "${demand.subpath}"`;
    const evidence: EvidenceAt[] = [];
    const text = entry.outcome === 'blocked' ? `"${entry.pattern}" → null` : listed(offered);
    if ('place' in entry && entry.place) evidence.push({ role: 'exports', text, place: entry.place });
    if (similar.length > 0) evidence.push({ role: 'similar', text: `did you mean ${similar.join(' or ')}?` });
    const fix = entry.outcome === 'not-listed' ? lookUp.subpathFix(provider, demand.subpath) : undefined;
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)}, but ${because}.`,
      evidence,
      ...(fix ? { fix } : {}),
    };
  },
});
