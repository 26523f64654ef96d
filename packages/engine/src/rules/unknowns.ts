import type { Demand } from '../model/demand.js';
import type { UnknownFact } from '../model/surface.js';
import type { Breakage, RuleFacts, UnknownKind } from './define-rule.js';
import { hitsOf } from './unmet-demands.js';

/**
 * One unknown: a place where static analysis cannot determine the facts, and the imports that could
 * not be checked.
 */
export interface Unknown {
  readonly unknownFact: UnknownFact;
  readonly demands: readonly Demand[];
}

/** The unknowns behind unchecked imports and in the project's own exports, one per place. */
export function unknowns(facts: RuleFacts, kinds: readonly UnknownKind[]): readonly Unknown[] {
  const wanted = (unknownFact: UnknownFact): boolean => kinds.includes(unknownFact.kind);
  const found = new Map<string, { unknownFact: UnknownFact; demands: Demand[] }>();
  const at = (unknownFact: UnknownFact) => {
    const key = JSON.stringify([unknownFact.kind, unknownFact.place.file, unknownFact.place.start]);
    const unknown = found.get(key) ?? { unknownFact, demands: [] };
    found.set(key, unknown);
    return unknown;
  };
  for (const unknownFact of facts.unknownFacts) if (wanted(unknownFact)) at(unknownFact);
  for (const answer of facts.answers) {
    if (answer.verdict === 'unknown' && wanted(answer.unknownFact))
      at(answer.unknownFact).demands.push(answer.demand);
  }
  return [...found.values()];
}

export function unknownBreakage(facts: RuleFacts, unknown: Unknown): Breakage<Unknown> {
  const { place } = unknown.unknownFact;
  const project = unknown.demands[0]?.provider ?? facts.own.project;
  return {
    // Without the offset, which differs after an edit above it.
    identity: [
      unknown.unknownFact.kind,
      place.file,
      ...(unknown.unknownFact.installed ? [unknown.unknownFact.installed.packageName] : []),
    ],
    hits: [{ project, place }, ...hitsOf(unknown.demands)],
    provider: {
      package: facts.lookUp.packageOf(project)?.name ?? project,
      entryPoint: unknown.demands[0]?.subpath ?? '.',
      conditions: [],
      file: place.file,
    },
    data: unknown,
  };
}

/** The end of a sentence: `one import could not be checked`. */
export function unchecked(demands: readonly Demand[]): string {
  if (demands.length === 0) return 'imports from it cannot be checked';
  return demands.length === 1
    ? 'one import could not be checked'
    : `${demands.length} imports could not be checked`;
}
