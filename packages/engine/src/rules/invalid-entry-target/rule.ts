import type { Demand, EntryFailure } from '../../model/demand.js';
import type { InvalidTarget } from '../../model/manifest-faults.js';
import type { FixIdea } from '../../model/fix-idea.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, Description, EvidenceAt, RuleFacts } from '../define-rule.js';
import { areStandard } from '../../model/standard-conditions.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { verbOf } from '../words.js';

type Data =
  | { readonly kind: 'own'; readonly invalid: InvalidTarget }
  | { readonly kind: 'demand'; readonly demand: Demand; readonly entry: InvalidFailure };
type InvalidFailure = Extract<EntryFailure, { readonly outcome: 'invalid-target' }>;

export const invalidEntryTarget = defineRule<Data>({
  code: 'VE105',
  name: 'invalid-entry-target',
  reference: 'https://nodejs.org/api/esm.html#resolution-algorithm-specification',
  since: '0.1.0',
  severity: 'error',
  title: 'A target in `exports` or `imports` is invalid.',

  find(facts) {
    const own = ownInvalid(facts);
    const fromImports = unmetDemands(facts, 'entry-file-missing').flatMap(
      (group): readonly Breakage<Data>[] => {
        const { entry } = group.why;
        if (entry.outcome !== 'invalid-target') return [];
        const [demand] = group.demands;
        const breakage = demandBreakage(facts, group, { kind: 'demand', demand, entry } as const);
        return [{ ...breakage, identity: [demand.provider, ...entry.path.map(String)] }];
      },
    );
    const known = new Set(own.map(keyOf));
    const merged = own.map((breakage) => {
      const same = fromImports.filter((other) => keyOf(other) === keyOf(breakage));
      return { ...breakage, hits: [...breakage.hits, ...same.flatMap(({ hits }) => hits)] };
    });
    return [...merged, ...fromImports.filter((breakage) => !known.has(keyOf(breakage)))];
  },

  describe: (data, lookUp) => {
    if (data.kind === 'own') return ofOwn(data.invalid);
    const { demand, entry } = data;
    const provider = lookUp.packageOf(demand.provider)!;
    const invalid = lookUp.explain.invalidTarget(provider, entry.path);
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)}, but its target in the exports of "${provider.name ?? provider.project}" is invalid: ${entry.reason}.`,
      evidence: [
        invalid ? wayOf(invalid) : { role: 'entry', text: `"${entry.subpath}"`, place: entry.place },
      ],
      ...(invalid ? fixOf(invalid) : {}),
    };
  },
});

function keyOf({ identity }: Breakage<Data>): string {
  return JSON.stringify(identity);
}

function ownInvalid(facts: RuleFacts): readonly Breakage<Data>[] {
  const { own, manifest } = facts;
  return manifest.invalidTargets.flatMap((invalid): readonly Breakage<Data>[] => {
    const { field, pattern, conditions, path, place } = invalid;
    if (!areStandard(conditions.filter((condition) => condition !== 'types'))) return [];
    const isTolerated = isForBundlers(invalid) || (conditions.includes('types') && isTyped(facts, pattern));
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

/** Bundlers accept `node:fs` and similar targets in `imports`. */
function isForBundlers({ field, target }: InvalidTarget): boolean {
  return field === 'imports' && URL.canParse(unquoted(target));
}

/** TypeScript skips an invalid target and continues with other declarations. */
function isTyped({ entryPoints }: RuleFacts, subpath: string): boolean {
  const variants = entryPoints.find((entryPoint) => entryPoint.subpath === subpath)?.variants ?? [];
  return variants.some(({ phase, exists }) => phase === 'types' && exists);
}

function ofOwn(invalid: InvalidTarget): Description {
  const { field, pattern, target, reason } = invalid;
  const refusal = isForBundlers(invalid) ? 'Node does not accept it' : 'no resolver accepts it';
  return {
    message: `${target} is listed as the target of "${pattern}" in "${field}", but ${refusal}: ${reason}.`,
    evidence: [wayOf(invalid)],
    ...fixOf(invalid),
  };
}

/** The target exactly as written, because its beginning may be what is wrong. */
function wayOf({ pattern, conditions, target, place }: InvalidTarget): EvidenceAt {
  const way = conditions.length > 0 ? ` [${conditions.join(' › ')}]` : '';
  return { role: 'entry', text: `"${pattern}"${way} → ${unquoted(target)}`, place };
}

function fixOf({ meant, place }: InvalidTarget): { readonly fix?: FixIdea } {
  if (meant === undefined) return {};
  const edit = { file: place.file, start: place.start, end: place.end, text: JSON.stringify(meant) };
  return { fix: { title: `change it to "${meant}"`, edits: [edit] } };
}

function unquoted(target: string): string {
  return target.replace(/^"(.*)"$/s, '$1');
}
