import { groupBy } from '../../collections/group-by.js';
import type { Demand } from '../../model/demand.js';
import type { WorkspacePackage } from '../../model/workspace.js';
import { isTestFile } from '../../read/is-test-file.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, RuleFacts } from '../define-rule.js';
import { areOnlyUsed } from '../external-packages.js';
import { isPublished } from '../missing-files.js';
import { comparePlaces, severityCap, specifierHitsOf } from '../unmet-demands.js';
import { verbOf } from '../words.js';

interface Data {
  readonly demand: Demand;
  /** All imports without a declaration, this one included. */
  readonly demands: readonly Demand[];
  /** How the package still resolves from the dependent. Absent if it does not resolve. */
  readonly found?: 'hoisted' | 'aliased';
  /** Whether published output loads the package, so that it is missing after an installation. */
  readonly shipped: boolean;
  /** Published declarations mention types of the package that the dependent extends; nothing else needs it. */
  readonly isHost: boolean;
}

export const undeclaredWorkspaceDependency = defineRule<Data>({
  code: 'VE207',
  name: 'undeclared-workspace-dependency',
  reference: 'https://nodejs.org/api/esm.html#resolution-algorithm-specification',
  since: '0.1.0',
  severity: 'error',
  title: 'A package imports a workspace package that its manifest does not declare.',

  find(facts) {
    const demands = [...facts.answers.map(({ demand }) => demand), ...facts.checkedElsewhere];
    const undeclared = demands.filter(
      (demand) =>
        demand.provider !== demand.dependent &&
        !isProbe(demand) &&
        !demand.remote &&
        !isDeclared(facts, demand) &&
        !isResolvedByAlias(facts, demand),
    );
    const groups = groupBy(undeclared, ({ dependent, provider, place }) => {
      const nested = facts.lookUp.packages.nestedManifest(facts.lookUp.packageOf(dependent)!, place.file);
      return JSON.stringify([dependent, provider, nested?.file]);
    });
    return [...groups.values()].map((group) =>
      breakage(
        facts,
        group.toSorted((a, b) => rankOf(a) - rankOf(b) || comparePlaces(a.place, b.place)),
      ),
    );
  },

  describe({ demand, demands, found, shipped, isHost }, lookUp) {
    const dependent = lookUp.packageOf(demand.dependent)!;
    const provider = lookUp.packageOf(demand.provider)!;
    const nested = lookUp.packages.nestedManifest(dependent, demand.place.file);
    const manifest = nested ?? dependent.source!;
    const fix = nested
      ? { title: `add "${provider.name!}" to the dependencies in ${nested.file}`, edits: [] }
      : lookUp.fixes.dependency(demands, { optional: isHost });
    const installed = `, so it is missing after "${dependent.name ?? dependent.project}" is installed from a registry`;
    const consequence = shipped ? installed : CONSEQUENCE[found ?? 'not'];
    return {
      message: `"${demand.specifier}" is ${verbOf(demand)}, but ${manifest.file} does not declare "${provider.name!}"${consequence}.`,
      evidence: [{ role: 'manifest', text: '', place: { file: manifest.file, start: 0, end: 0 } }],
      ...(fix ? { fix } : {}),
    };
  },
});

/** Code that continues without the package: it works with an optional one. A statement cannot be guarded. */
function isProbe({ soft, form }: Demand): boolean {
  return soft && !['import', 'export-from', 'export-star', 'import-equals'].includes(form);
}

const CONSEQUENCE = {
  hoisted: '; it resolves only because the package manager happens to hoist it',
  aliased: "; it resolves only through the workspace's tsconfig paths, which Node does not use",
  not: ', so it does not resolve from there',
} as const;

/**
 * A package that resolves through tsconfig `paths` needs no declaration if only TypeScript or a
 * bundler resolves it. That is so if the built output contains its code, and for types in a package
 * that is never published.
 */
function isResolvedByAlias({ lookUp }: RuleFacts, demand: Demand): boolean {
  if (!lookUp.explain.aliasOf(demand.specifier)) return false;
  const dependent = lookUp.packageOf(demand.dependent)!;
  if (demand.phase === 'types' && isPrivate(dependent)) return true;
  return (
    demand.origin === 'source' && lookUp.packages.hasTakenIn(dependent, lookUp.packageOf(demand.provider)!)
  );
}

function isPrivate({ publication }: WorkspacePackage): boolean {
  return !publication.published;
}

const FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/**
 * Packages without a manifest cannot declare anything. They resolve through the workspace's
 * tsconfig paths.
 */
function isDeclared(facts: RuleFacts, demand: Demand): boolean {
  const dependent = facts.lookUp.packageOf(demand.dependent);
  const provider = facts.lookUp.packageOf(demand.provider);
  if (!dependent?.source || !provider?.source || provider.name === undefined) return true;
  if (facts.lookUp.packages.declares(dependent, provider)) return true;
  const nested = facts.lookUp.packages.nestedManifest(dependent, demand.place.file);
  return FIELDS.some((field) => nested?.json[field]?.[provider.name!] !== undefined);
}

/** What ships comes first, and what never ships last. */
function rankOf({ origin, phase, place }: Demand): number {
  if (isTestFile(place.file)) return 3;
  return origin === 'source' ? 2 : phase === 'types' ? 1 : 0;
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
  const nested = facts.lookUp.packages.nestedManifest(dependent, demand.place.file);
  const shipped = !nested && isShipped(facts, demand);
  return {
    identity: [demand.dependent, demand.provider, ...(nested ? [nested.file] : [])],
    hits: specifierHitsOf(demands),
    provider: { package: provider.name!, entryPoint: demand.subpath, conditions: [] },
    ...(shipped ? {} : found || nested ? { atMost: 'warning' as const } : severityCap(demands)),
    data: { demand, demands, shipped, isHost: isHost(facts, demand), ...(found && { found }) },
  };
}

function isHost(facts: RuleFacts, { dependent, provider }: Demand): boolean {
  if (dependent !== facts.own.project || !isPublished(facts)) return false;
  const references = facts.trace.externals.filter(({ project }) => project === provider);
  return (
    references.length > 0 &&
    references.every((reference) => reference.typesOnly && areOnlyUsed(facts, reference))
  );
}

/**
 * Whether published output of the dependent always loads the provider. Hoisting does not help
 * outside the workspace. Only the dependent's own task knows this.
 */
function isShipped(facts: RuleFacts, { dependent, provider }: Demand): boolean {
  if (dependent !== facts.own.project || !isPublished(facts)) return false;
  const { name } = facts.lookUp.packageOf(provider)!;
  if (name !== undefined && facts.lookUp.packages.isShipped(facts.own, name)) return false;
  return facts.trace.externals.some((reference) => {
    const { project, root, guarded, soft, deferred, typesOnly, names } = reference;
    const mayWork = typesOnly && (names === 'none' || areOnlyUsed(facts, reference));
    const always = !guarded && !soft && !deferred && !mayWork;
    return project === provider && always && root.kind !== 'script' && root.kind !== 'page';
  });
}
