import type { BundleTrace } from '../model/bundle-trace.js';
import type { Answer, Demand, EntryFailure, LinkError } from '../model/demand.js';
import type { EarlyRead } from '../model/early-read.js';
import type { FormatMismatch } from '../model/format-mismatch.js';
import type { Drift, EntryExplanation } from '../model/explanation.js';
import type { InvalidTarget, ManifestFaults, UnsatisfiedRange } from '../model/manifest-faults.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import type { FilePath, Place } from '../model/place.js';
import type { ShippingFacts } from '../ship/shipping-facts.js';
import type { Edit, Finding, Severity } from '../model/report.js';
import type { Requirements } from '../model/required-module.js';
import type { Opening } from '../model/surface.js';
import type { EntryPoint, Manifest, PathAlias, Variant, WorkspacePackage } from '../model/workspace.js';
import { rangeOf } from './ranges.js';
import type { CodeRange, RuleCode } from './ranges.js';

/** Everything that a rule may use: plain facts about one project's task, and look-ups that read sources only when called. */
export interface RuleFacts {
  /** The project that is checked. */
  readonly own: WorkspacePackage;
  /** The project's own imports, and what its declared dependents import from it. */
  readonly answers: readonly Answer[];
  /** Own imports that the tasks of their providers check. */
  readonly judgedElsewhere: readonly Demand[];
  readonly entryPoints: readonly EntryPoint[];
  /** Why the project's own ES module output does not link, by the entry file that loads it. */
  readonly linkErrors: readonly LinkError[];
  /** What Node rejects in the project's own ES modules, if Node runs them. */
  readonly nodeRefusals: readonly NodeRefusal[];
  /** Imported names that the project's own ES modules read before they are initialised. */
  readonly earlyReads: readonly EarlyRead[];
  /** Only bundled applications of this workspace can load the output: it is private, and other projects depend on it. */
  readonly onlyForBundlers: boolean;
  /** Own and imported entry points whose declarations and JavaScript have different formats. */
  readonly formatMismatches: readonly FormatMismatch[];
  /** What the project's built output contains and still needs. */
  readonly trace: BundleTrace;
  /** Files that are needed and do not ship. */
  readonly shipping: ShippingFacts;
  /** Unknowns in the project's own entry points and in its trace. */
  readonly openings: readonly Opening[];
  /** The modules that the project needs for their side effects, compared with its built output. */
  readonly requirements: Requirements;
  /** Whether TypeScript finds other declarations for an entry point whose `types` target is missing. */
  typesFallBack(entryPoint: EntryPoint, variant: Variant): boolean;
  /** Faults of the project's own manifest that do not depend on an import. */
  readonly manifest: ManifestFaults;
  readonly lookUp: LookUp;
}

/** What rules look up in the workspace to find and describe a problem. */
export interface LookUp {
  packageOf(project: string): WorkspacePackage | undefined;
  /** Whether the dependent's manifest, or the root's, declares the provider. */
  declares(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /** Whether Node finds the provider from the dependent's folder, declared or not (hoisted). */
  reachable(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /** Whether the dependent's built output exists and does not load the provider, so that it contains the imported code. */
  hasTakenIn(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /** The place in the provider's sources that declares a name. */
  declarationOf(provider: WorkspacePackage, name: string): SourceDeclaration | undefined;
  /** The edits that make a built entry export a name that its sources declare. */
  reexportFix(provider: WorkspacePackage, builtFile: FilePath, name: string): FixIdea | undefined;
  subpathFix(provider: WorkspacePackage, subpath: string): FixIdea | undefined;
  /** The place where the source manifest lists a subpath, if another manifest is published. */
  listedInSource(provider: WorkspacePackage, subpath: string): Place | undefined;
  /** The invalid target at a path in the published manifest. */
  invalidTarget(provider: WorkspacePackage, path: InvalidTarget['path']): InvalidTarget | undefined;
  rangeFix(dependent: WorkspacePackage, unsatisfied: UnsatisfiedRange): FixIdea | undefined;
  /** Adds paths, relative to the manifest's folder, to `files`. No edits if a build writes the manifest. */
  filesFieldFix(manifest: Manifest, paths: readonly string[]): FixIdea;
  dependencyFix(dependent: WorkspacePackage, provider: WorkspacePackage): FixIdea | undefined;
  /** Why an entry point does not resolve, and what works instead. */
  explain(failure: EntryFailure, demand: Demand): EntryExplanation;
  /** An existing target under the given conditions, and the missing one that takes precedence over it. */
  shadowed(
    provider: WorkspacePackage,
    subpath: string,
    conditions: readonly string[],
  ): EntryExplanation['shadowed'];
  /** Changes the specifier of every given import. */
  specifierFix(demands: readonly Demand[], specifier: string): FixIdea;
  /** The path alias that matches a specifier in the workspace, and the file that it resolves to. */
  aliasOf(specifier: string): { readonly alias: PathAlias; readonly target: FilePath } | undefined;
  /** The file that the build wrote instead of the one that a manifest names. */
  driftOf(provider: WorkspacePackage, file: FilePath, conditions: readonly string[]): Drift | undefined;
  driftFix(
    provider: WorkspacePackage,
    missing: { readonly file: FilePath; readonly place: Place },
    drift: Drift,
  ): FixIdea;
  /** Whether the root manifest declares a package, in any field. */
  rootDeclares(packageName: string): boolean;
  /** Whether a package is installed so that a file can load it. */
  isInstalledFor(file: FilePath, packageName: string): boolean;
  /** The manifest that the build wrote for the output that contains a file. Undefined if only the source manifest exists. */
  generatedManifest(pkg: WorkspacePackage, file: FilePath): Manifest | undefined;
  /** Whether the output contains the package in its own node_modules folder. */
  isShipped(pkg: WorkspacePackage, packageName: string): boolean;
  /** The place where a manifest declares a package. */
  declarationIn(manifest: Manifest, packageName: string): Place;
  /** The edits that declare a package from outside, with the range that the workspace uses for it. */
  externalFix(project: string, packageName: string, field: 'dependencies'): FixIdea | undefined;
  /** Built files that a manifest may mean with a path that does not exist. No entry point names them. The closest first. */
  filesLike(provider: WorkspacePackage, file: FilePath): readonly FilePath[];
  /** Other workspace packages whose main entry points export the name. */
  otherProvidersOf(name: string, except: WorkspacePackage): readonly string[];
}

export interface SourceDeclaration {
  readonly place: Place;
  /** Marked `export` in its own file. */
  readonly exported: boolean;
  readonly kind: 'type' | 'value';
}

/** What to do, and the edits that do it; no edits where it takes more than text. */
export interface FixIdea {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** One breakage as a rule finds it: data without words. */
export interface Breakage<Data> {
  /** What distinguishes this breakage from all others. It is the same in every task that finds it. */
  readonly identity: readonly string[];
  /** All places that it affects. The first is the place of the finding. */
  readonly hits: readonly Hit[];
  readonly provider?: NonNullable<Finding['provider']>;
  readonly name?: string;
  /** The highest severity, for example of a guarded import, which may break nothing. */
  readonly atMost?: Severity;
  readonly data: Data;
}

export interface Hit {
  readonly project: string;
  readonly place: Place;
}

/** A rule's words for one breakage. */
export interface Description {
  readonly message: string;
  readonly evidence: readonly EvidenceAt[];
  readonly fix?: FixIdea;
}

/** What a line of evidence shows. */
export type EvidenceRole =
  | 'again'
  | 'alias'
  | 'assigned'
  | 'built'
  | 'cause'
  | 'command'
  | 'contents'
  | 'copied'
  | 'cycle'
  | 'dead'
  | 'declared'
  | 'detected'
  | 'entry'
  | 'exports'
  | 'file'
  | 'first'
  | 'folder'
  | 'linked'
  | 'listed'
  | 'loaded'
  | 'manifest'
  | 'members'
  | 'missing'
  | 'needed'
  | 'offered'
  | 'origin'
  | 'pattern'
  | 'private'
  | 'runtime'
  | 'same'
  | 'shadowed'
  | 'similar'
  | 'target'
  | 'types'
  | 'undefined'
  | 'used'
  | 'version'
  | 'when';

export interface EvidenceAt {
  readonly role: EvidenceRole;
  readonly text: string;
  readonly place?: Place;
}

/** What static analysis cannot determine: the kinds of places in `Opening`, and modules that no build record mentions. */
export type UnknownKind = Opening['kind'] | 'untraceable-module';

/** Everything that a rule says about itself. */
export interface RuleFields {
  /** Permanent, never reused. */
  readonly code: RuleCode;
  /** The problem's name; also the rule's folder. */
  readonly name: string;
  /** The section of a specification or documentation that makes the finding true. */
  readonly reference: `https://${string}`;
  /** The kinds of unknowns that this rule reports; only in the range VE9xx. */
  readonly unknowns?: readonly UnknownKind[];
  readonly since: string;
  readonly severity: Severity;
  /** One line for lists. */
  readonly title: string;
}

/** A rule as its folder declares it. */
export interface RuleDeclaration<Data> extends RuleFields {
  /** @param unknowns the kinds that the rule declares */
  find(facts: RuleFacts, unknowns: readonly UnknownKind[]): readonly Breakage<Data>[];
  describe(data: Data, lookUp: LookUp): Description;
}

/** A rule as the registry lists it. */
export interface Rule extends RuleFields {
  readonly unknowns: readonly UnknownKind[];
  readonly range: CodeRange;
  /** The rule's page, relative to the folder that contains all rules. */
  readonly docs: string;
  find(facts: RuleFacts): readonly DescribableBreakage[];
}

/** A breakage whose words are made when it is reported. */
export interface DescribableBreakage extends Omit<Breakage<unknown>, 'data'> {
  describe(): Description;
}

/** Derives what follows from a declaration, and keeps the type of its data between `find` and `describe`. */
export function defineRule<Data>(declaration: RuleDeclaration<Data>): Rule {
  const { find, describe, unknowns = [], ...fields } = declaration;
  return {
    ...fields,
    unknowns,
    range: rangeOf(fields.code),
    docs: `${fields.name}/README.md`,
    find: (facts) =>
      find(facts, unknowns).map(({ data, ...breakage }) => ({
        ...breakage,
        describe: () => describe(data, facts.lookUp),
      })),
  };
}
