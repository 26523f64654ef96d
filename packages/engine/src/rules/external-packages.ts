import { typesPackageOf } from '../resolve/installed-types.js';
import { declaredIn } from '../trace/declared-packages.js';
import type { ExternalReference } from '../model/bundle-trace.js';
import type { Severity } from '../model/report.js';
import type { Manifest } from '../model/workspace.js';
import type { Breakage, EvidenceAt, RuleFacts } from './define-rule.js';
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
  /** Importers of the package can use it without this one. */
  readonly isOptional: boolean;
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
    // The first place is the one that shows the worst of it: code before declarations.
    const rank = (reference: ExternalReference): number =>
      (mayWork(facts, reference, declare) ? 4 : 0) +
      (reference.typesOnly ? 2 : 0) +
      (mayNotRun(reference) ? 1 : 0);
    const sorted = references.toSorted((a, b) => rank(a) - rank(b) || comparePlaces(a.place, b.place));
    const consumer = own.name ?? own.project;
    return {
      why,
      declare,
      project: own.project,
      consumer,
      references: sorted,
      first: sorted[0]!,
      isOptional: sorted.every((reference) => isOptional(facts, reference, declare)),
      ...(manifest && { manifest }),
    };
  });
}

export function externalBreakage(facts: RuleFacts, problem: ExternalProblem): Breakage<ExternalProblem> {
  const { project, declare, references } = problem;
  const atMost = highestSeverity(facts, problem);
  return {
    identity: [project, declare],
    hits: references.map(({ place }) => ({ project, place })),
    provider: { package: declare, entryPoint: '.', conditions: [] },
    ...(atMost && { atMost }),
    data: problem,
  };
}

function highestSeverity(
  facts: RuleFacts,
  { declare, manifest, references, why }: ExternalProblem,
): Severity | undefined {
  if (references.every((reference) => isTypesOfPeer(manifest, reference, declare))) return 'info';
  return why === 'hoisted' || references.every((reference) => mayWork(facts, reference, declare))
    ? 'warning'
    : undefined;
}

/** Importers install the peer, and those who use TypeScript need its types for their own code. */
function isTypesOfPeer(
  manifest: Manifest | undefined,
  { typesOnly, packageName }: ExternalReference,
  declare: string,
): boolean {
  const peers = manifest?.json.peerDependencies;
  return (
    typesOnly &&
    declare === typesPackageOf(packageName) &&
    peers !== undefined &&
    Object.hasOwn(peers, packageName)
  );
}

/** A function or a branch loads it. Such an import is often an optional integration. */
function mayNotRun({ soft, deferred }: ExternalReference): boolean {
  return soft || deferred === true;
}

/** A build that lists no packages at all writes the manifest for something else. */
const DEPENDENCIES = 'dependencies';
/** Whether importers may not notice that the package is missing. */
function mayWork(facts: RuleFacts, reference: ExternalReference, declare: string): boolean {
  if (mayNotRun(reference)) return true;
  if (!reference.typesOnly) return false;
  if (!isPublished(facts) || declare.startsWith('@types/') || reference.names === 'none') return true;
  return areOnlyUsed(facts, reference);
}

/**
 * Whether declarations only mention types of a package, as plugins do with their host and tools with
 * the compiler. Most importers have installed such a package themselves. Without it the names keep
 * existing, and their types become `any`. A re-export in the main entry point is different: its names
 * are lost. Only this manifest can bring a package of the workspace, unless that package is a host.
 */
export function areOnlyUsed(facts: RuleFacts, reference: ExternalReference): boolean {
  const { project, names, root } = reference;
  if (project !== undefined && !isHost(facts, reference)) return false;
  const main = facts.entryPoints.find(({ subpath }) => subpath === '.');
  return names !== 'exported' || !main?.variants.some(({ file }) => file === root.file);
}

/**
 * Whether the project extends another package: its declarations add names to that package, or the
 * keywords of its manifest name it. Then importers use both.
 */
function isHost({ own, trace }: RuleFacts, { packageName }: ExternalReference): boolean {
  const keywords: unknown = (own.source ?? own.published)?.json.keywords;
  return (
    (Array.isArray(keywords) && keywords.includes(packageName)) ||
    trace.externals.some((other) => other.packageName === packageName && other.augments === true)
  );
}

function isOptional(facts: RuleFacts, reference: ExternalReference, declare: string): boolean {
  if (!reference.typesOnly) return reference.soft;
  return !declare.startsWith('@types/') && areOnlyUsed(facts, reference);
}

/** Why the finding is only a warning if no code needs the package. */
export function typesEvidence({ first, isOptional }: ExternalProblem): readonly EvidenceAt[] {
  return first.typesOnly && isOptional && first.names !== 'none'
    ? [
        {
          role: 'when',
          text: 'importers that have not installed it get TS2307, or the type any with skipLibCheck',
        },
      ]
    : [];
}

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
  const types = typesPackageOf(packageName);
  const declaredTypes = declaredIn(manifest, types);
  if (declaredTypes === 'installed') return undefined;
  // The package has no types of its own. They come from another package, which must be declared as
  // well.
  if (typesFrom === types || (declared === undefined && declaredTypes === 'development'))
    return { why: declaredTypes ?? 'undeclared', declare: types };
  return declared === 'installed' ? undefined : { why: declared ?? 'undeclared', declare: packageName };
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
  const names = typesOnly ? [packageName, typesPackageOf(packageName)] : [packageName];
  if (names.some((name) => declaredIn(own.published, name) ?? lookUp.packages.rootDeclares(name)))
    return undefined;
  const found = names.some((name) => lookUp.packages.isInstalledFor(place.file, name));
  const manifest = own.published;
  return { why: found ? 'hoisted' : 'absent', declare: packageName, ...(manifest && { manifest }) };
}
