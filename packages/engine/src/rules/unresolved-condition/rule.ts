import type { Demand, EntryFailure } from '../../model/demand.js';
import { defineRule } from '../define-rule.js';
import type { EvidenceAt } from '../define-rule.js';
import { KNOWN_CONDITIONS } from '../../model/standard-conditions.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { nearMisses, verbOf } from '../words.js';

export const unresolvedCondition = defineRule<{ readonly demand: Demand; readonly entry: EntryFailure }>({
  code: 'VE206',
  name: 'unresolved-condition',
  reference: 'https://nodejs.org/api/packages.html#conditional-exports',
  since: '0.1.0',
  severity: 'error',
  title: 'An imported entry point has no target for the conditions of its importer.',

  find: (facts) =>
    unmetDemands(facts, 'unresolved-condition').map((group) =>
      demandBreakage(facts, group, { demand: group.demands[0], entry: group.why.entry }),
    ),

  describe({ demand, entry }, lookUp) {
    const provider = lookUp.packageOf(demand.provider)!;
    const set = entry.outcome === 'no-condition' ? entry.asked : [];
    const offered = entry.outcome === 'no-condition' ? entry.offered.filter((way) => concerns(way, set)) : [];
    const ways = offered.map((way) => `[${way.join(' › ')}]`).join(', ') || 'no condition';
    const missing = set.find((condition) => condition === 'import' || condition === 'require');
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)} with the conditions [${set.join(', ')}], but "${demand.subpath}" of "${provider.name ?? provider.project}" has a target only for ${ways}.`,
      evidence: [
        ...('place' in entry && entry.place
          ? [{ role: 'offered' as const, text: ways, place: entry.place }]
          : []),
        ...misspelt(offered),
      ],
      fix: {
        title: `add a target for ${missing === undefined ? '' : `"${missing}" or `}"default" to "${demand.subpath}"`,
        edits: [],
      },
    };
  },
});

/** Conditions that no tool sets and whose names are similar to a standard one. */
function misspelt(offered: readonly (readonly string[])[]): readonly EvidenceAt[] {
  const unknown = [...new Set(offered.flat())].filter((condition) => !KNOWN_CONDITIONS.includes(condition));
  return unknown.flatMap((condition) => {
    const [meant] = nearMisses(condition, KNOWN_CONDITIONS);
    return meant === undefined
      ? []
      : [{ role: 'similar' as const, text: `did you mean "${meant}" instead of "${condition}"?` }];
  });
}

/** A target under `types` does not help code that runs. */
function concerns(way: readonly string[], set: readonly string[]): boolean {
  return set.includes('types') || !way.includes('types');
}
