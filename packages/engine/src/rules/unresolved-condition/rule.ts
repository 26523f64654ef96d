import type { Demand, EntryFailure } from '../../model/demand.js';
import { defineRule } from '../define-rule.js';
import type { EvidenceAt } from '../define-rule.js';
import { KNOWN_CONDITIONS } from '../standard-conditions.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { nearMisses, verbOf } from '../words.js';

export const unresolvedCondition = defineRule<{ readonly demand: Demand; readonly entry: EntryFailure }>({
  code: 'VE206',
  name: 'unresolved-condition',
  since: '0.1.0',
  severity: 'error',
  title: 'An entry point offers no target under the conditions that its importer sets.',

  find: (facts) =>
    unmetDemands(facts, 'unresolved-condition').map((group) =>
      demandBreakage(facts, group, { demand: group.demands[0], entry: group.why.entry }),
    ),

  describe({ demand, entry }, lookUp) {
    const provider = lookUp.packageOf(demand.provider)!;
    const asked = entry.outcome === 'no-condition' ? entry.asked : [];
    const offered =
      entry.outcome === 'no-condition' ? entry.offered.filter((way) => concerns(way, asked)) : [];
    const ways = offered.map((way) => `[${way.join(' › ')}]`).join(', ') || 'no condition at all';
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)} under [${asked.join(', ')}], but "${demand.subpath}" of "${provider.name ?? provider.project}" is offered only under ${ways}.`,
      evidence: [
        ...('place' in entry && entry.place ? [{ role: 'offered', text: ways, place: entry.place }] : []),
        ...misspelt(offered),
      ],
      fix: {
        title: `offer "${demand.subpath}" also under "${asked.find((condition) => condition === 'import' || condition === 'require') ?? 'default'}", or under "default"`,
        edits: [],
      },
    };
  },
});

/** A condition that nobody sets and that looks like one that everybody does. */
function misspelt(offered: readonly (readonly string[])[]): readonly EvidenceAt[] {
  const unknown = [...new Set(offered.flat())].filter((condition) => !KNOWN_CONDITIONS.includes(condition));
  return unknown.flatMap((condition) => {
    const [meant] = nearMisses(condition, KNOWN_CONDITIONS);
    return meant === undefined
      ? []
      : [{ role: 'similar', text: `did you mean "${meant}" by "${condition}"?` }];
  });
}

/** Declarations are no way through for whoever runs the code. */
function concerns(way: readonly string[], asked: readonly string[]): boolean {
  return asked.includes('types') || !way.includes('types');
}
