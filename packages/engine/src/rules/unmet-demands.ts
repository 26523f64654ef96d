import { remembered } from '../collections/remembered.js';
import type { Answer, Demand, Unmet } from '../model/demand.js';
import type { Severity } from '../model/report.js';
import { isTestFile } from '../read/is-test-file.js';
import type { Breakage, Hit, RuleFacts } from './define-rule.js';

type UnmetOf<Kind extends Unmet['kind']> = Extract<Unmet, { readonly kind: Kind }>;

/** Unmet demands of one kind that form one breakage: same provider, entry point and name. */
export interface UnmetGroup<Kind extends Unmet['kind']> {
  readonly demands: readonly [Demand, ...Demand[]];
  readonly why: UnmetOf<Kind>;
  /** Imports of other packages that cannot load because of this breakage. */
  readonly stranded: readonly Hit[];
}

/**
 * Groups the unmet demands of one kind by breakage. Within a group sources come before built
 * output, because people fix sources. If the sources of a project are listed, its output places are
 * left out: they are the same imports.
 */
export function unmetDemands<Kind extends Unmet['kind']>(
  facts: RuleFacts,
  kind: Kind,
): readonly UnmetGroup<Kind>[] {
  const groups = new Map<string, { demands: Demand[]; why: UnmetOf<Kind>; stranded: Set<readonly Hit[]> }>();
  for (const { answer, stranded } of withDependencies(facts.answers)) {
    if (answer.verdict !== 'unmet' || answer.why.kind !== kind) continue;
    const { demand } = answer;
    const key = JSON.stringify([
      demand.provider,
      demand.subpath,
      byName(kind) ? (importedName(demand) ?? null) : null,
      ...causeOf(answer.why),
    ]);
    const group = groups.get(key);
    if (!group)
      groups.set(key, {
        demands: [demand],
        why: answer.why as UnmetOf<Kind>,
        stranded: new Set([stranded]),
      });
    else {
      group.demands.push(demand);
      group.stranded.add(stranded);
    }
  }
  return [...groups.values()].map(({ demands, stranded, why }) => ({
    why,
    demands: visible(demands),
    stranded: [...stranded].flat(),
  }));
}

/** An answer, and the imports of other packages that fail because of it. */
export interface StrandingAnswer {
  readonly answer: Answer;
  /** Answers with the same cause share one list. */
  readonly stranded: readonly Hit[];
}

const NONE: readonly Hit[] = [];
const known = new WeakMap<readonly Answer[], readonly StrandingAnswer[]>();

/**
 * All answers, and those about other packages that keep a provider from loading, with the imports
 * that fail through them. Many rules need the same list.
 */
export function withDependencies(answers: readonly Answer[]): readonly StrandingAnswer[] {
  return remembered(known, answers, () => [
    ...answers.map((answer) => ({ answer, stranded: NONE })),
    ...strandingAnswers(answers),
  ]);
}

/**
 * If a hub is broken, hundreds of imports fail because of the same dozens of answers, so each list
 * of answers is read once.
 */
function strandingAnswers(answers: readonly Answer[]): readonly StrandingAnswer[] {
  const stranded = new Map<readonly Answer[], Hit[]>();
  const order = new Map<Hit, number>();
  for (const answer of answers) {
    if (answer.verdict !== 'unmet' || answer.why.kind !== 'broken-dependency') continue;
    const [hit] = hitsOf([answer.demand]);
    order.set(hit!, order.size);
    const hits = stranded.get(answer.why.answers);
    if (hits) hits.push(hit!);
    else stranded.set(answer.why.answers, [hit!]);
  }
  const found = new Map<string, { readonly answer: Answer; readonly lists: Hit[][] }>();
  for (const [causes, hits] of stranded) {
    for (const answer of causes) {
      const { place, name = null } = answer.demand;
      const key = JSON.stringify([place.file, place.start, name]);
      const entry = found.get(key);
      if (!entry) found.set(key, { answer, lists: [hits] });
      // One list may contain a cause twice.
      else if (!entry.lists.includes(hits)) entry.lists.push(hits);
    }
  }
  const merged = new Map<string, readonly Hit[]>();
  const all = [...stranded.values()];
  return [...found.values()].map(({ answer, lists }) => ({
    answer,
    stranded: remembered(merged, lists.map((list) => all.indexOf(list)).join(' '), () =>
      lists.flat().toSorted((a, b) => order.get(a)! - order.get(b)!),
    ),
  }));
}

/**
 * Kinds with one breakage per name. An entry point that does not resolve is one breakage for all
 * names.
 */
const KINDS_WITH_NAME: ReadonlySet<Unmet['kind']> = new Set([
  'missing-export',
  'missing-type-export',
  'ambiguous-export',
  'undetectable-cjs-export',
  'missing-member',
  'type-used-as-value',
]);

/** The name as a person writes it: `Color.red` if a member is read. */
export function importedName({ name, member = [] }: Demand): string | undefined {
  return name === undefined ? undefined : [name, ...member].join('.');
}

/** A name can be missing for several reasons, which have different fixes. */
function causeOf(why: Unmet): readonly string[] {
  return why.kind === 'missing-member' && why.called?.of ? [why.called.of] : [];
}

function byName(kind: Unmet['kind']): boolean {
  return KINDS_WITH_NAME.has(kind);
}

function visible(demands: readonly Demand[]): readonly [Demand, ...Demand[]] {
  const withSources = new Set(
    demands.filter(({ origin }) => origin === 'source').map(({ dependent }) => dependent),
  );
  const kept = demands.filter(({ origin, dependent }) => origin === 'source' || !withSources.has(dependent));
  return kept.toSorted(compareDemands) as unknown as readonly [Demand, ...Demand[]];
}

function compareDemands(a: Demand, b: Demand): number {
  if (a.soft !== b.soft) return a.soft ? 1 : -1;
  if (a.namesNothing !== b.namesNothing) return a.namesNothing ? 1 : -1;
  if (a.plain !== b.plain) return a.plain ? 1 : -1;
  const [testA, testB] = [isTestFile(a.place.file), isTestFile(b.place.file)];
  if (testA !== testB) return testA ? 1 : -1;
  if (a.origin !== b.origin) return a.origin === 'source' ? -1 : 1;
  return comparePlaces(a.place, b.place);
}

/** By file, then position; plain code-unit order, the same on every machine. */
export function comparePlaces(a: Demand['place'], b: Demand['place']): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.start - b.start;
}

export function distinct(hits: readonly Hit[]): readonly Hit[] {
  return [...new Map(hits.map((hit) => [`${hit.place.file}:${hit.place.start}`, hit])).values()];
}

/** The place of each demand's name. */
export function hitsOf(demands: readonly Demand[]): readonly Hit[] {
  return demands.map(({ dependent, place }) => ({ project: dependent, place }));
}

/**
 * The place of each demand's specifier, for problems of the module as a whole. Each statement
 * appears once.
 */
export function specifierHitsOf(demands: readonly Demand[]): readonly Hit[] {
  return demands.map(({ dependent, specifierPlace }) => ({ project: dependent, place: specifierPlace }));
}

/**
 * A breakage that affects only soft demands is a warning at most.
 *
 * @param names whether only names are missing, so that the module itself loads
 */
export function severityCap(demands: readonly Demand[], names = false): { readonly atMost?: Severity } {
  const mayWork = ({ soft, plain, namesNothing }: Demand): boolean =>
    soft || namesNothing === true || (names && plain === true);
  return demands.every(mayWork) ? { atMost: 'warning' } : {};
}

/** The parts of a breakage that are the same for every rule about demands. */
export function demandBreakage<Kind extends Unmet['kind'], Data>(
  facts: RuleFacts,
  group: UnmetGroup<Kind>,
  data: Data,
): Breakage<Data> {
  const { demands } = group;
  const [first] = demands;
  const provider = facts.lookUp.packageOf(first.provider);
  const why: Unmet = group.why;
  const name = importedName(first);
  const entry = 'entry' in why ? why.entry : undefined;
  return {
    identity: [
      first.provider,
      first.subpath,
      ...(byName(why.kind) && name !== undefined ? [name] : []),
      ...causeOf(why),
    ],
    hits: distinct([...(byName(why.kind) ? hitsOf(demands) : specifierHitsOf(demands)), ...group.stranded]),
    provider: {
      package: provider?.name ?? first.provider,
      entryPoint: first.subpath,
      conditions: entry && 'conditions' in entry ? entry.conditions : [],
      ...(entry && 'file' in entry ? { file: entry.file } : {}),
    },
    ...(byName(why.kind) && name !== undefined ? { name } : {}),
    ...severityCap(demands, byName(why.kind)),
    data,
  };
}
