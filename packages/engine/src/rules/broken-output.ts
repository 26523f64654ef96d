import { remembered } from '../collections/remembered.js';
import type { LinkError } from '../model/demand.js';
import type { Breakage, Hit, RuleFacts } from './define-rule.js';
import { comparePlaces, distinct, withDependencies } from './unmet-demands.js';

type ErrorOf<Kind extends LinkError['kind']> = Extract<LinkError, { readonly kind: Kind }>;

/**
 * A place in built output that keeps the output from loading, and the imports that fail because of
 * it.
 */
export interface BrokenOutput<E extends LinkError = LinkError> {
  readonly error: E;
  /** The project whose output it is. */
  readonly project: string;
  readonly dependents: readonly Hit[];
}

/** All errors of one output break the same imports. Each of the first ones lists these imports, the others only their own place. */
const MOST_WITH_DEPENDENTS = 100;

/** Imports that fail because of the same errors. */
interface FailedImports {
  readonly errors: readonly LinkError[];
  readonly provider: string;
  readonly hits: Hit[];
  readonly lists: Set<readonly Hit[]>;
}

function failedImports(facts: RuleFacts): Iterable<FailedImports> {
  const groups = new Map<string, Map<readonly LinkError[], FailedImports>>();
  for (const { answer, stranded } of withDependencies(facts.answers)) {
    if (answer.verdict !== 'unmet' || answer.why.kind !== 'broken-provider') continue;
    const { errors } = answer.why;
    const { dependent, place, provider } = answer.demand;
    const ofProvider = remembered(groups, provider, () => new Map<readonly LinkError[], FailedImports>());
    const group = remembered(ofProvider, errors, () => ({
      errors,
      provider,
      hits: [],
      lists: new Set<readonly Hit[]>(),
    }));
    group.hits.push({ project: dependent, place });
    group.lists.add(stranded);
  }
  return [...groups.values()].flatMap((ofProvider) => [...ofProvider.values()]);
}

/**
 * Link errors of one kind in the project's own output and in the providers that it imports from,
 * one per place.
 */
export function brokenProviders<Kind extends LinkError['kind']>(
  facts: RuleFacts,
  kind: Kind,
): readonly BrokenOutput<ErrorOf<Kind>>[] {
  type Found = {
    readonly error: ErrorOf<Kind>;
    readonly project: string;
    readonly dependents: Hit[];
    readonly lists: Set<readonly Hit[]>;
  };
  const found = new Map<string, Found>();
  const entryFor = (error: LinkError, project: string): Found | undefined => {
    if (error.kind !== kind) return undefined;
    const key = JSON.stringify([error.place.file, error.place.start]);
    return remembered(found, key, () => ({
      error: error as ErrorOf<Kind>,
      project,
      dependents: [],
      lists: new Set(),
    }));
  };
  for (const error of facts.linkErrors) entryFor(error, facts.own.project);
  for (const { errors, provider, hits, lists } of failedImports(facts)) {
    const entries = errors.flatMap((error) => entryFor(error, provider) ?? []);
    for (const entry of entries.slice(0, MOST_WITH_DEPENDENTS)) {
      entry.dependents.push(...hits);
      for (const stranded of lists) entry.lists.add(stranded);
    }
  }
  return [...found.values()].map(({ error, project, dependents, lists }) => ({
    error,
    project,
    dependents: distinct([...dependents, ...[...lists].flat()]),
  }));
}

/**
 * The parts of a breakage that every rule about broken output fills in the same way. The cause is the
 * file that is missing or lacks a name, not the files that import it.
 */
export function linkBreakage<Data>(
  facts: RuleFacts,
  broken: BrokenOutput,
  identity: readonly string[],
  data: Data,
): Breakage<Data> {
  const { error, project } = broken;
  const provider = facts.lookUp.packageOf(project);
  const dependents = broken.dependents.toSorted((a, b) => comparePlaces(a.place, b.place));
  return {
    identity: [project, ...identity],
    hits: [{ project, place: error.place }, ...dependents],
    provider: { package: provider?.name ?? project, entryPoint: '.', conditions: [], file: error.place.file },
    ...('name' in error ? { name: error.name } : {}),
    data,
  };
}
