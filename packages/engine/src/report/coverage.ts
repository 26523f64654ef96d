import type { BundleTrace } from '../model/bundle-trace.js';
import type { Answer } from '../model/demand.js';
import type { UnknownFact } from '../model/surface.js';
import type { Requirements } from '../model/required-module.js';
import type { Coverage } from '../model/report.js';
import type { UnknownKind } from '../rules/define-rule.js';
import { RULES } from '../rules/registry.js';

/** The cause of an unknown answer: the code of the rule that reports its kind. */
const CAUSE: ReadonlyMap<UnknownKind, string> = new Map(
  RULES.flatMap(({ code, unknowns }) => unknowns.map((kind) => [kind, code] as const)),
);

/** No rule reports a missing build. It is a problem of the input. */
const MISSING_BUILD = 'missing-build';

/** What a project's task has checked. */
export interface CheckedFacts {
  readonly answers: readonly Answer[];
  /** How many of the project's own modules were read. */
  readonly modules: number;
  readonly requirements?: Requirements;
  /** Absent if nothing could be checked. */
  readonly trace?: BundleTrace;
  /** About names from installed packages. */
  readonly unknownFacts?: readonly UnknownFact[];
}

/**
 * Counts the answers, the required modules if there are any, and what the built output needs.
 */
export function coverageOf({
  answers,
  modules,
  requirements,
  trace,
  unknownFacts = [],
}: CheckedFacts): Coverage {
  const demands = { met: 0, unmet: 0, unknown: 0 };
  const unknownBy = new Map<string, number>();
  for (const answer of answers) {
    demands[answer.verdict] += 1;
    if (answer.verdict !== 'unknown') continue;
    const cause = CAUSE.get(answer.unknownFact.kind) ?? MISSING_BUILD;
    unknownBy.set(cause, (unknownBy.get(cause) ?? 0) + 1);
  }
  const required = requirements && countsOf(requirements);
  if (required?.unknown) unknownBy.set(CAUSE.get('untraceable-module')!, required.unknown);
  return {
    modules,
    demands,
    unknownBy: Object.fromEntries([...unknownBy].toSorted()),
    ...(required && { requiredModules: required }),
    ...(trace && { output: outputCounts(trace, unknownFacts) }),
  };
}

function countsOf({ contained, dropped, unknown }: Requirements): Coverage['requiredModules'] {
  if (contained + dropped.length + unknown.length === 0) return undefined;
  return { contained, dropped: dropped.length, unknown: unknown.length };
}

/**
 * Counts each file and package once, even if the output refers to it often. Only debuggers read
 * source maps.
 */
function outputCounts(
  { files, missing, externals, unknownFacts }: BundleTrace,
  installed: readonly UnknownFact[],
): NonNullable<Coverage['output']> {
  const unknownNames = installed.reduce((sum, fact) => sum + (fact.installed?.names.length ?? 0), 0);
  const needed = missing.filter(({ kind, guarded }) => kind !== 'source-map' && !guarded);
  return {
    files: files.size,
    missing: new Set(needed.map(({ target }) => target)).size,
    packages: new Set(externals.map(({ packageName }) => packageName)).size,
    unknown: unknownFacts.length,
    ...(unknownNames > 0 && { unknownNames }),
  };
}
