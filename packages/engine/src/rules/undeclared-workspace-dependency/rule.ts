import type { Demand } from '../../model/demand.js';
import type { WorkspacePackage } from '../../model/workspace.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, RuleFacts } from '../define-rule.js';
import { isPublished } from '../missing-files.js';
import { cap, comparePlaces, specifierHitsOf } from '../unmet-demands.js';
import { verbOf } from '../words.js';

interface Data {
  readonly demand: Demand;
  /** What leads to the package all the same; absent where nothing does. */
  readonly found?: 'hoisted' | 'aliased';
  /** Whoever installs the dependent loads this, and gets no such package. */
  readonly shipped: boolean;
}

export const undeclaredWorkspaceDependency = defineRule<Data>({
  code: 'VE207',
  name: 'undeclared-workspace-dependency',
  since: '0.1.0',
  severity: 'error',
  title: 'A workspace package is imported by a package whose manifest does not declare it.',

  find(facts) {
    const groups = new Map<string, Demand[]>();
    const demands = [...facts.answers.map(({ demand }) => demand), ...facts.judgedElsewhere];
    for (const demand of demands) {
      if (demand.provider === demand.dependent || isDeclared(facts, demand)) continue;
      if (isServedByAlias(facts, demand)) continue;
      const key = JSON.stringify([demand.dependent, demand.provider]);
      groups.set(key, [...(groups.get(key) ?? []), demand]);
    }
    return [...groups.values()].map((group) =>
      breakage(
        facts,
        group.toSorted((a, b) => comparePlaces(a.place, b.place)),
      ),
    );
  },

  describe({ demand, found, shipped }, lookUp) {
    const dependent = lookUp.packageOf(demand.dependent)!;
    const provider = lookUp.packageOf(demand.provider)!;
    const manifest = dependent.source!;
    const fix = lookUp.fixes.dependency(dependent, provider);
    const installed = `, so whoever installs "${dependent.name ?? dependent.project}" does not get it`;
    const so = shipped ? installed : SO[found ?? 'not'];
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)}, but ${manifest.file} does not declare "${provider.name!}"${so}.`,
      evidence: [{ role: 'manifest', text: '', place: { file: manifest.file, start: 0, end: 0 } }],
      ...(fix ? { fix } : {}),
    };
  },
});

const SO = {
  hoisted: '; it is found only because the package manager happens to hoist it',
  aliased: "; it is found only by the workspace's tsconfig paths, which Node does not follow",
  not: ' and it cannot be found from there',
} as const;

/**
 * What tsconfig `paths` lead to needs no declaration where nobody but TypeScript or a bundler looks for it: what the built output has
 * taken in, and types in a package that never leaves the workspace.
 */
function isServedByAlias({ lookUp }: RuleFacts, demand: Demand): boolean {
  if (!lookUp.explain.aliasOf(demand.specifier)) return false;
  const dependent = lookUp.packageOf(demand.dependent)!;
  if (demand.phase === 'types' && isPrivate(dependent)) return true;
  return (
    demand.origin === 'source' && lookUp.packages.hasTakenIn(dependent, lookUp.packageOf(demand.provider)!)
  );
}

function isPrivate({ published, source }: WorkspacePackage): boolean {
  return (published ?? source)?.json.private === true;
}

/** Packages without a manifest of their own declare nothing; what reaches them is the workspace's tsconfig. */
function isDeclared(facts: RuleFacts, demand: Demand): boolean {
  const dependent = facts.lookUp.packageOf(demand.dependent);
  const provider = facts.lookUp.packageOf(demand.provider);
  if (!dependent?.source || !provider?.source || provider.name === undefined) return true;
  return facts.lookUp.packages.declares(dependent, provider);
}

function breakage(facts: RuleFacts, demands: readonly Demand[]): Breakage<Data> {
  const [demand] = demands as [Demand, ...Demand[]];
  const dependent = facts.lookUp.packageOf(demand.dependent)!;
  const provider = facts.lookUp.packageOf(demand.provider)!;
  const aliased = isPrivate(dependent) && facts.lookUp.explain.aliasOf(demand.specifier) !== undefined;
  const found = facts.lookUp.packages.reachable(dependent, provider)
    ? 'hoisted'
    : aliased
      ? 'aliased'
      : undefined;
  const shipped = isShipped(facts, demand);
  return {
    identity: [demand.dependent, demand.provider],
    hits: specifierHitsOf(demands),
    provider: { package: provider.name!, entryPoint: demand.subpath, conditions: [] },
    ...(shipped ? {} : found ? { atMost: 'warning' as const } : cap(demands)),
    data: { demand, shipped, ...(found && { found }) },
  };
}

/** Is the provider loaded for certain by output that others install? Hoisting helps nobody there. Told in the dependent's own task. */
function isShipped(facts: RuleFacts, { dependent, provider }: Demand): boolean {
  if (dependent !== facts.own.project || !isPublished(facts)) return false;
  const { name } = facts.lookUp.packageOf(provider)!;
  if (name !== undefined && facts.lookUp.packages.isShipped(facts.own, name)) return false;
  return facts.trace.externals.some(({ project, root, guarded, soft, deferred, typesOnly }) => {
    const certain = !guarded && !soft && !deferred && !typesOnly;
    return project === provider && certain && root.kind !== 'script' && root.kind !== 'page';
  });
}
