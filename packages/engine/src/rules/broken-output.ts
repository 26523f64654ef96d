import type { LinkError } from '../model/demand.js';
import type { Breakage, Hit, RuleFacts } from './define-rule.js';
import { comparePlaces, withDependencies } from './unmet-demands.js';

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

/**
 * Link errors of one kind in the project's own output and in the providers that it imports from,
 * one per place.
 */
export function brokenProviders<Kind extends LinkError['kind']>(
  facts: RuleFacts,
  kind: Kind,
): readonly BrokenOutput<ErrorOf<Kind>>[] {
  const found = new Map<string, { error: ErrorOf<Kind>; project: string; dependents: Hit[] }>();
  const add = (error: LinkError, project: string, dependent?: Hit): void => {
    if (error.kind !== kind) return;
    const key = JSON.stringify([error.place.file, error.place.start]);
    const entry = found.get(key) ?? { error: error as ErrorOf<Kind>, project, dependents: [] };
    if (dependent) entry.dependents.push(dependent);
    found.set(key, entry);
  };
  for (const error of facts.linkErrors) add(error, facts.own.project);
  for (const { answer, stranded } of withDependencies(facts.answers)) {
    if (answer.verdict !== 'unmet' || answer.why.kind !== 'broken-provider') continue;
    const { dependent, place, provider } = answer.demand;
    for (const error of answer.why.errors)
      for (const hit of [{ project: dependent, place }, ...stranded]) add(error, provider, hit);
  }
  return [...found.values()];
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
