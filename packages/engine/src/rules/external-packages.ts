import { declaredIn } from '../trace/declared-packages.js';
import type { ExternalReference } from '../model/bundle-trace.js';
import type { Manifest } from '../model/workspace.js';
import type { Breakage, RuleFacts } from './define-rule.js';
import { isPublished } from './missing-files.js';
import { comparePlaces } from './unmet-demands.js';

/**
 * A package that the project's output imports and that may not be installed where the output runs.
 */
export interface ExternalProblem {
  /**
   * - `browser`: a page loads the import.
   * - `undeclared`, `development`: installing the project's package does not install the imported
   *   one.
   * - `hoisted`: no package of the workspace declares it, but it is installed anyway.
   * - `absent`: no package of the workspace declares it, and it is not installed.
   */
  readonly why: 'browser' | 'undeclared' | 'development' | 'hoisted' | 'absent';
  readonly project: string;
  /** The package to declare: the imported one, or the one that has its types. */
  readonly declare: string;
  readonly consumer: string;
  readonly manifest?: Manifest;
  readonly references: readonly ExternalReference[];
  readonly first: ExternalReference;
}

/**
 * Compares the packages that the output imports by name with the packages that are declared where
 * the output runs:
 *
 * - A page has no packages, because browsers do not resolve package names.
 * - A published package, or an output with its own manifest, has the packages that its published
 *   manifest declares.
 * - A private package or an application also has the packages that the workspace root installs.
 *
 * Imports whose failure the code handles are ignored. VE207 reports workspace packages that no
 * manifest declares.
 */
export function externalProblems(facts: RuleFacts): readonly ExternalProblem[] {
  const groups = new Map<string, Cause & { readonly references: ExternalReference[] }>();
  for (const reference of facts.trace.externals) {
    if (reference.guarded || reference.root.kind === 'script') continue;
    const cause = causeOf(facts, reference);
    if (!cause) continue;
    const key = JSON.stringify([cause.why, cause.declare, cause.manifest?.file]);
    const group = groups.get(key);
    if (group) group.references.push(reference);
    else groups.set(key, { ...cause, references: [reference] });
  }
  const { own } = facts;
  return [...groups.values()].map(({ why, declare, manifest, references }) => {
    const sorted = references.toSorted(
      (a, b) => Number(mayNotRun(a)) - Number(mayNotRun(b)) || comparePlaces(a.place, b.place),
    );
    const consumer = own.name ?? own.project;
    return {
      why,
      declare,
      project: own.project,
      consumer,
      references: sorted,
      first: sorted[0]!,
      ...(manifest && { manifest }),
    };
  });
}

export function externalBreakage(facts: RuleFacts, problem: ExternalProblem): Breakage<ExternalProblem> {
  const { project, declare, references, why } = problem;
  const types = references.every(({ typesOnly }) => typesOnly);
  const warns =
    why === 'hoisted' ||
    references.every(mayNotRun) ||
    (types && (!isPublished(facts) || declare.startsWith('@types/')));
  return {
    identity: [project, declare],
    hits: references.map(({ place }) => ({ project, place })),
    provider: { package: declare, entryPoint: '.', conditions: [] },
    ...(warns ? { atMost: 'warning' as const } : {}),
    data: problem,
  };
}

/** A function or a branch loads it. Such an import is often an optional integration. */
function mayNotRun({ soft, deferred }: ExternalReference): boolean {
  return soft || deferred === true;
}

/** A build that lists no packages at all writes the manifest for something else. */
const DEPENDENCIES = 'dependencies';

type Cause = Pick<ExternalProblem, 'why' | 'declare' | 'manifest'>;

function causeOf(facts: RuleFacts, reference: ExternalReference): Cause | undefined {
  const { own, lookUp } = facts;
  const { packageName, root, required, typesOnly, place } = reference;
  if (root.kind === 'page')
    return required || typesOnly ? undefined : { why: 'browser', declare: packageName };
  const generated = lookUp.packages.generatedManifest(own, place.file);
  if (isWorkspacePackage(facts, reference, generated)) return undefined;
  const manifest = generated ?? own.published;
  if (!generated && !isPublished(facts)) return causeInWorkspace(facts, reference);
  if (!manifest || lookUp.packages.isShipped(own, packageName, generated)) return undefined;
  const cause = causeByManifest(manifest, reference);
  // A branch that loads a package which the workspace never installs is an integration that users
  // install themselves.
  const isUsersOwn =
    reference.soft && cause?.why === 'undeclared' && !lookUp.packages.rootDeclares(cause.declare);
  return cause && !isUsersOwn ? { ...cause, manifest } : undefined;
}

function causeByManifest(
  manifest: Manifest,
  { packageName, typesOnly, typesFrom }: ExternalReference,
): Cause | undefined {
  const declared = declaredIn(manifest, packageName);
  if (!typesOnly)
    return declared === 'installed' ? undefined : { why: declared ?? 'undeclared', declare: packageName };
  const types = typesPackage(packageName);
  const declaredTypes = declaredIn(manifest, types);
  if (declaredTypes === 'installed') return undefined;
  // The package has no types of its own. They come from another package, which must be declared as
  // well.
  if (typesFrom === types || (declared === undefined && declaredTypes === 'development'))
    return { why: declaredTypes ?? 'undeclared', declare: types };
  return declared === 'installed' ? undefined : { why: declared ?? 'undeclared', declare: packageName };
}

/** `@types/x`, `@types/scope__x` */
function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

/**
 * VE207 reports such an import, or a link in the workspace resolves it, so this rule must not
 * report it again. An application that is installed by a manifest of its build has no such links.
 */
function isWorkspacePackage(
  facts: RuleFacts,
  { project }: ExternalReference,
  generated: Manifest | undefined,
): boolean {
  const provider = project === undefined ? undefined : facts.lookUp.packageOf(project);
  if (!provider) return false;
  const { own, lookUp } = facts;
  const isDeployed = generated !== undefined && !facts.onlyForBundlers && DEPENDENCIES in generated.json;
  if (provider === own || (!isPublished(facts) && !isDeployed)) return true;
  return (
    own.source !== undefined && provider.source !== undefined && !lookUp.packages.declares(own, provider)
  );
}

function causeInWorkspace(facts: RuleFacts, reference: ExternalReference): Cause | undefined {
  const { own, lookUp } = facts;
  const { packageName, typesOnly, place } = reference;
  const names = typesOnly ? [packageName, typesPackage(packageName)] : [packageName];
  if (names.some((name) => declaredIn(own.published, name) ?? lookUp.packages.rootDeclares(name)))
    return undefined;
  const found = names.some((name) => lookUp.packages.isInstalledFor(place.file, name));
  const manifest = own.published;
  return { why: found ? 'hoisted' : 'absent', declare: packageName, ...(manifest && { manifest }) };
}
