import { declaredIn } from '../trace/declared-packages.js';
import type { ExternalReference } from '../model/bundle-trace.js';
import type { Manifest } from '../model/workspace.js';
import type { Breakage, RuleFacts } from './define-rule.js';
import { isPublished } from './missing-files.js';
import { comparePlaces } from './unmet-demands.js';

/** A package that the own output asks for and that is not there, or not for sure, where the output runs. */
export interface ExternalProblem {
  /**
   * `browser`: a page loads the import; `undeclared` and `development`: who installs the package does not get it; `hoisted` and
   * `absent`: nobody in the workspace declares it, and it is found all the same, or not.
   */
  readonly why: 'browser' | 'undeclared' | 'development' | 'hoisted' | 'absent';
  readonly project: string;
  /** What would have to be declared: the package, or the one that has its types. */
  readonly declare: string;
  readonly consumer: string;
  readonly manifest?: Manifest;
  readonly references: readonly ExternalReference[];
  readonly first: ExternalReference;
}

/**
 * Holds the packages that the output asks for by name against what is declared where the output runs:
 *
 * - in a page nothing is declared: browsers know no packages;
 * - a package that others install, or an output with a manifest of its own, has what the published manifest declares;
 * - what stays in the workspace (a private package, an application) also has what the workspace's root installs.
 *
 * Imports whose failing is provided for accuse nobody. Workspace packages that nobody declares are VE207's.
 */
export function externalProblems(facts: RuleFacts): readonly ExternalProblem[] {
  const groups = new Map<string, Judged & { readonly references: ExternalReference[] }>();
  for (const reference of facts.trace.externals) {
    if (reference.guarded || reference.root.kind === 'script') continue;
    const judged = judge(facts, reference);
    if (!judged) continue;
    const key = JSON.stringify([judged.why, judged.declare, judged.manifest?.file]);
    const group = groups.get(key);
    if (group) group.references.push(reference);
    else groups.set(key, { ...judged, references: [reference] });
  }
  const { own } = facts;
  return [...groups.values()].map(({ why, declare, manifest, references }) => {
    const sorted = references.toSorted(
      (a, b) => Number(isVague(a)) - Number(isVague(b)) || comparePlaces(a.place, b.place),
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
    references.every(isVague) ||
    (types && (!isPublished(facts) || declare.startsWith('@types/')));
  return {
    identity: [project, declare],
    hits: references.map(({ place }) => ({ project, place })),
    provider: { package: declare, entryPoint: '.', conditions: [] },
    ...(warns ? { atMost: 'warning' as const } : {}),
    data: problem,
  };
}

/** Loaded when a function is called, or in a branch: an integration that is there or not, as often as not. */
function isVague({ soft, deferred }: ExternalReference): boolean {
  return soft || deferred === true;
}

type Judged = Pick<ExternalProblem, 'why' | 'declare' | 'manifest'>;

function judge(facts: RuleFacts, reference: ExternalReference): Judged | undefined {
  const { own, lookUp } = facts;
  const { packageName, root, required, typesOnly, place } = reference;
  if (root.kind === 'page')
    return required || typesOnly ? undefined : { why: 'browser', declare: packageName };
  if (isWorkspaceMatter(facts, reference)) return undefined;
  const generated = lookUp.packages.generatedManifest(own, place.file);
  const manifest = generated ?? own.published;
  if (!generated && !isPublished(facts)) return judgedInWorkspace(facts, reference);
  if (!manifest || lookUp.packages.isShipped(own, packageName)) return undefined;
  const judged = judgedByManifest(manifest, reference);
  // A branch that loads what nobody here has ever installed is there for users who bring it along.
  const brought =
    reference.soft && judged?.why === 'undeclared' && !lookUp.packages.rootDeclares(judged.declare);
  return judged && !brought ? { ...judged, manifest } : undefined;
}

function judgedByManifest(
  manifest: Manifest,
  { packageName, typesOnly, typesFrom }: ExternalReference,
): Judged | undefined {
  const declared = declaredIn(manifest, packageName);
  if (!typesOnly)
    return declared === 'installed' ? undefined : { why: declared ?? 'undeclared', declare: packageName };
  const types = typesPackage(packageName);
  const declaredTypes = declaredIn(manifest, types);
  if (declaredTypes === 'installed') return undefined;
  // The package has no types of its own: those come from another one, which has to be declared, too.
  if (typesFrom === types || (declared === undefined && declaredTypes === 'development'))
    return { why: declaredTypes ?? 'undeclared', declare: types };
  return declared === 'installed' ? undefined : { why: declared ?? 'undeclared', declare: packageName };
}

/** `@types/x`, `@types/scope__x` */
function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

/** What VE207 tells, or the workspace provides for by links: nobody is told twice. */
function isWorkspaceMatter(facts: RuleFacts, { project }: ExternalReference): boolean {
  const provider = project === undefined ? undefined : facts.lookUp.packageOf(project);
  if (!provider) return false;
  const { own, lookUp } = facts;
  if (!isPublished(facts) || provider === own) return true;
  return (
    own.source !== undefined && provider.source !== undefined && !lookUp.packages.declares(own, provider)
  );
}

function judgedInWorkspace(facts: RuleFacts, reference: ExternalReference): Judged | undefined {
  const { own, lookUp } = facts;
  const { packageName, typesOnly, place } = reference;
  const names = typesOnly ? [packageName, typesPackage(packageName)] : [packageName];
  if (names.some((name) => declaredIn(own.published, name) ?? lookUp.packages.rootDeclares(name)))
    return undefined;
  const found = names.some((name) => lookUp.packages.isInstalledFor(place.file, name));
  const manifest = own.published;
  return { why: found ? 'hoisted' : 'absent', declare: packageName, ...(manifest && { manifest }) };
}
