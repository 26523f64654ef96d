import { posix } from 'node:path';
import { groupBy } from '../collections/group-by.js';
import type { LinkError } from '../model/demand.js';
import type { FixIdea } from '../model/fix-idea.js';
import type { LeftAlias } from '../model/left-alias.js';
import type { Place } from '../model/place.js';
import type { BrokenOutput } from './broken-output.js';
import type { Breakage, Description, Hit, RuleFacts } from './define-rule.js';
import { isPublished } from './missing-files.js';
import { comparePlaces } from './unmet-demands.js';

/** A path alias that the compiler left in built output, with everything that uses it. */
export interface AliasData {
  readonly kind: 'alias';
  readonly alias: LeftAlias;
  readonly specifier: string;
  readonly place: Place;
  readonly typesOnly: boolean;
  readonly required: boolean;
  /** Fails when the code runs, not when the module loads. */
  readonly late: boolean;
}

interface Use extends Omit<AliasData, 'kind'> {
  readonly project: string;
  readonly soft: boolean;
  readonly dependents: readonly Hit[];
}

/** One breakage for each alias: the JavaScript that uses it, and the declarations that use it. */
export function leftAliases(
  facts: RuleFacts,
  broken: readonly BrokenOutput<Extract<LinkError, { readonly kind: 'missing-module' }>>[],
): readonly Breakage<AliasData>[] {
  const groups = groupBy([...linked(broken), ...traced(facts)], ({ project, alias, typesOnly }) =>
    JSON.stringify([project, alias.by, alias.pattern, ...(typesOnly ? ['types'] : [])]),
  );
  return [...groups].map(([key, uses]) => breakage(facts, key, uses));
}

function breakage(facts: RuleFacts, key: string, uses: readonly Use[]): Breakage<AliasData> {
  const sorted = uses.toSorted(
    (a, b) =>
      Number(a.soft) - Number(b.soft) || Number(a.late) - Number(b.late) || comparePlaces(a.place, b.place),
  );
  const first = sorted[0]!;
  const { project, alias, specifier, place, typesOnly, required, late } = first;
  const hits = sorted.flatMap((use) => [{ project: use.project, place: use.place }, ...use.dependents]);
  const provider = facts.lookUp.packageOf(project);
  const warns = first.soft || (typesOnly && !provider?.publication.published);
  return {
    identity: ['alias', ...(JSON.parse(key) as string[])],
    hits: [...new Map(hits.map((hit) => [`${hit.place.file}:${hit.place.start}`, hit])).values()],
    provider: { package: provider?.name ?? project, entryPoint: '.', conditions: [], file: place.file },
    ...(warns && { atMost: 'warning' as const }),
    data: { kind: 'alias', alias, specifier, place, typesOnly, required, late },
  };
}

function linked(
  broken: readonly BrokenOutput<Extract<LinkError, { readonly kind: 'missing-module' }>>[],
): readonly Use[] {
  return broken.flatMap(({ error, project, dependents }) => {
    const { alias, specifier, place, required = false } = error;
    const common = { typesOnly: false, late: false, soft: false };
    return alias ? [{ project, alias, specifier, place, required, dependents, ...common }] : [];
  });
}

/** Calls in functions, CommonJS and declarations. */
function traced(facts: RuleFacts): readonly Use[] {
  const { own, trace, aliasesFail, onlyForBundlers } = facts;
  return trace.leftAliases.flatMap((reference) => {
    const { alias, typesOnly, guarded, soft, deferred, specifier, place, required = false } = reference;
    // TypeScript resolves an alias of the workspace for all projects that use the same configuration.
    const isRead = isPublished(facts) || (onlyForBundlers && !alias.shared);
    if (guarded || !(typesOnly ? isRead : aliasesFail)) return [];
    const late = deferred === true;
    return [
      { project: own.project, alias, specifier, place, typesOnly, required, late, soft, dependents: [] },
    ];
  });
}

export function leftAliasWords(data: AliasData): Description {
  const { alias, specifier, place } = data;
  const { source, built, by, pattern } = alias;
  const from = by === 'baseUrl' ? `"baseUrl" ${pattern}` : `"${pattern}"`;
  return {
    message: `"${specifier}" is ${verbOf(data)}, but it is ${whatIs(alias)}, which the compiler did not replace, so ${consequenceOf(data)}.`,
    evidence: [
      ...(alias.place
        ? [{ role: 'alias' as const, text: `${from} → ${source}`, place: alias.place }]
        : [{ role: 'alias' as const, text: '', place: { file: source, start: 0, end: 0 } }]),
      ...(built === undefined
        ? []
        : [{ role: 'built' as const, text: '', place: { file: built, start: 0, end: 0 } }]),
    ],
    fix: aliasFix(place.file, alias),
  };
}

/** @param from the built file that contains the alias */
export function aliasFix(from: string, { built }: LeftAlias): FixIdea {
  return { title: `${remedyOf(from, built)}; tsc itself never replaces path aliases`, edits: [] };
}

function whatIs({ by, place, source }: LeftAlias): string {
  if (by === 'paths') return `a path alias of ${place!.file}`;
  if (by === 'baseUrl') return `a path that only "baseUrl" of ${place!.file} resolves`;
  return `the path of ${source} and not a package`;
}

function verbOf({ typesOnly, required }: AliasData): string {
  if (typesOnly) return 'imported in built declarations';
  return `${required ? 'required' : 'imported'} in built output`;
}

function consequenceOf({ typesOnly, required, late }: AliasData): string {
  if (typesOnly) return 'projects that compile against the declarations do not get what comes from it';
  return required || late
    ? 'the code fails when it reaches this line'
    : 'this module and all modules that import it fail to load';
}

function remedyOf(from: string, built: string | undefined): string {
  const rewriting = 'replace aliases with tsc-alias after tsc, or build with a bundler';
  if (built === undefined) return rewriting;
  const path = posix.relative(posix.dirname(from), built).replace(/\.d\.([cm]?)ts$/, '.$1js');
  return `import '${path.startsWith('.') ? path : `./${path}`}' in the sources, ${rewriting}`;
}
