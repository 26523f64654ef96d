import type { Demand, Served, Unmet } from '../model/demand.js';
import type { LostName } from '../model/lost-name.js';
import type { Breakage, EvidenceAt, LookUp, RuleFacts } from './define-rule.js';
import { demandBreakage } from './unmet-demands.js';
import type { UnmetGroup } from './unmet-demands.js';

/** An import of a name that no package on the way exports, and the package that lost it. */
export interface UnmetName {
  readonly demand: Demand;
  readonly served: Served;
  /** Set if the provider only passes the name on from another package. */
  readonly lost?: LostName;
}

/** One breakage for each lost name, at the package that lost it, whichever package passes it on. */
export function nameBreakage<Kind extends 'missing-export' | 'missing-type-export', Data>(
  facts: RuleFacts,
  group: UnmetGroup<Kind>,
  dataOf: (unmet: UnmetName) => Data,
): Breakage<Data> {
  const demand = group.demands[0];
  const served: Served = group.why;
  const why: Unmet = group.why;
  const phase = why.kind === 'missing-export' ? 'runtime' : 'types';
  const lost = facts.lookUp.explain.lostName(demand, served.entry.file, phase);
  const breakage = demandBreakage(facts, group, dataOf({ demand, served, ...(lost && { lost }) }));
  if (!lost) return breakage;
  const pkg = facts.lookUp.packageOf(lost.project)!;
  const { conditions, file } = lost.served.entry;
  return {
    ...breakage,
    identity: [lost.project, lost.subpath, demand.name!],
    provider: { package: pkg.name ?? lost.project, entryPoint: lost.subpath, conditions, file },
  };
}

/** The provider that lost the name, what it offers, and how it reaches the import. */
export function loserOf({ demand, served, lost }: UnmetName, lookUp: LookUp) {
  const imported = lookUp.packageOf(demand.provider)!;
  if (!lost) return { provider: imported, served, evidence: [] as readonly EvidenceAt[], from: undefined };
  const provider = lookUp.packageOf(lost.project)!;
  const text = `"${imported.name ?? imported.project}" re-exports all names of "${provider.name ?? provider.project}"`;
  return {
    provider,
    served: lost.served,
    from: specifierOf(provider.name ?? provider.project, lost.subpath),
    evidence: [{ role: 'through' as const, text, place: lost.star }],
  };
}

function specifierOf(name: string, subpath: string): string {
  return subpath === '.' ? name : `${name}/${subpath.slice(2)}`;
}
