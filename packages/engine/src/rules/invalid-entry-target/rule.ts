import type { Demand, EntryFailure } from '../../model/demand.js';
import type { InvalidTarget } from '../../model/manifest-faults.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, Description, FixIdea, RuleFacts } from '../define-rule.js';
import { wayText } from '../entry-words.js';
import { isAskedFor } from '../standard-conditions.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { verbOf } from '../words.js';

type Data =
  | { readonly kind: 'own'; readonly invalid: InvalidTarget }
  | { readonly kind: 'demand'; readonly demand: Demand; readonly entry: InvalidFailure };
type InvalidFailure = Extract<EntryFailure, { readonly outcome: 'invalid-target' }>;

export const invalidEntryTarget = defineRule<Data>({
  code: 'VE105',
  name: 'invalid-entry-target',
  since: '0.1.0',
  severity: 'error',
  title: 'A target in `exports` or `imports` that no resolver accepts.',

  find(facts) {
    const own = ownInvalid(facts);
    const asked = unmetDemands(facts, 'entry-file-missing').flatMap((group): readonly Breakage<Data>[] => {
      const { entry } = group.why;
      if (entry.outcome !== 'invalid-target') return [];
      const [demand] = group.demands;
      const breakage = demandBreakage(facts, group, { kind: 'demand', demand, entry } as const);
      return [{ ...breakage, identity: [demand.provider, ...entry.path.map(String)] }];
    });
    const known = new Set(own.map(keyOf));
    const merged = own.map((breakage) => {
      const same = asked.filter((other) => keyOf(other) === keyOf(breakage));
      return { ...breakage, hits: [...breakage.hits, ...same.flatMap(({ hits }) => hits)] };
    });
    return [...merged, ...asked.filter((breakage) => !known.has(keyOf(breakage)))];
  },

  describe: (data, lookUp) => {
    if (data.kind === 'own') return ofOwn(data.invalid);
    const { demand, entry } = data;
    const { name, project } = lookUp.packageOf(demand.provider)!;
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)}, but its target in the exports of "${name ?? project}" is invalid: ${entry.reason}.`,
      evidence: [{ role: 'entry', text: `"${entry.subpath}"`, place: entry.place }],
    };
  },
});

function keyOf({ identity }: Breakage<Data>): string {
  return JSON.stringify(identity);
}

function ownInvalid({ own, manifest }: RuleFacts): readonly Breakage<Data>[] {
  return manifest.invalidTargets.flatMap((invalid): readonly Breakage<Data>[] => {
    const { field, pattern, conditions, path, place } = invalid;
    const isForTypes = conditions.includes('types');
    if (!isAskedFor(conditions.filter((condition) => condition !== 'types'))) return [];
    // Some bundlers let `imports` lead to `node:fs` and kin, and TypeScript goes on to other declarations.
    const isTolerated =
      isForTypes || (field === 'imports' && URL.canParse(JSON.parse(invalid.target) as string));
    return [
      {
        identity: [own.project, ...path.map(String)],
        hits: [{ project: own.project, place }],
        ...(field === 'exports'
          ? { provider: { package: own.name ?? own.project, entryPoint: pattern, conditions } }
          : {}),
        ...(isTolerated ? { atMost: 'warning' as const } : {}),
        data: { kind: 'own', invalid },
      },
    ];
  });
}

function ofOwn({ field, pattern, conditions, target, reason, place, meant }: InvalidTarget): Description {
  const fix: FixIdea | undefined =
    meant === undefined
      ? undefined
      : {
          title: `write "${meant}"`,
          edits: [{ file: place.file, start: place.start, end: place.end, text: JSON.stringify(meant) }],
        };
  return {
    message: `${target} is listed as the target of "${pattern}" in "${field}", but no resolver takes it: ${reason}.`,
    evidence: [
      { role: 'entry', text: wayText({ pattern, conditions, target: unquoted(target), place }), place },
    ],
    ...(fix ? { fix } : {}),
  };
}

function unquoted(target: string): string {
  return target.replace(/^"(.*)"$/s, '$1');
}
