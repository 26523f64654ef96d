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

/** Everything a rule may look at. Plain facts about one project's task, and look-ups that read a source only when asked. */
export interface RuleFacts {
  /** The project being judged. */
  readonly own: WorkspacePackage;
  /** Own demands, and the demands of declared dependents on this project. */
  readonly answers: readonly Answer[];
  /** Own demands that the verdicts of their providers cover. */
  readonly judgedElsewhere: readonly Demand[];
  readonly entryPoints: readonly EntryPoint[];
  /** Why the project's own ES module output would not link, by the entry file that loads it. */
  readonly linkErrors: readonly LinkError[];
  /** What Node refuses in the project's own ES modules, where Node runs them. */
  readonly nodeRefusals: readonly NodeRefusal[];
  /** Imported names that the project's own ES modules read before they are there. */
  readonly earlyReads: readonly EarlyRead[];
  /** Nobody but bundled applications of this workspace can load the output: private, and others depend on it. */
  readonly onlyForBundlers: boolean;
  /** Entry points, own and asked for, whose declarations and JavaScript are of different formats. */
  readonly formatMismatches: readonly FormatMismatch[];
  /** What the project's built output contains and still needs. */
  readonly trace: BundleTrace;
  /** What is needed and does not ship. */
  readonly shipping: ShippingFacts;
  /** Blind spots of the project's own entry points and of its trace. */
  readonly openings: readonly Opening[];
  /** The modules that the project needs for their side effects, held against its built output. */
  readonly requirements: Requirements;
  /** Entry points that TypeScript finds declarations for, although the `types` target is missing. */
  typesFallBack(entryPoint: EntryPoint, variant: Variant): boolean;
  /** What is wrong with the project's own manifest, whoever asks for it. */
  readonly manifest: ManifestFaults;
  readonly lookUp: LookUp;
}

/** Questions about the workspace that rules put when they have something to tell. */
export interface LookUp {
  packageOf(project: string): WorkspacePackage | undefined;
  /** Does the dependent's manifest (or the root's, which every package can see) declare the provider? */
  declares(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /** Does Node find the provider from the dependent's folder all the same (hoisted)? */
  reachable(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /** Whether a package's built output is there and loads nothing of another, so that it has in it what the sources import from there. */
  hasTakenIn(dependent: WorkspacePackage, provider: WorkspacePackage): boolean;
  /** Where the provider's sources declare a name. */
  declarationOf(provider: WorkspacePackage, name: string): SourceDeclaration | undefined;
  /** The edits that make a built entry export a name that its sources declare. */
  reexportFix(provider: WorkspacePackage, builtFile: FilePath, name: string): FixIdea | undefined;
  subpathFix(provider: WorkspacePackage, subpath: string): FixIdea | undefined;
  /** Where the source manifest lists a subpath, where another manifest is published. */
  listedInSource(provider: WorkspacePackage, subpath: string): Place | undefined;
  /** The invalid target at a path in the published manifest. */
  invalidTarget(provider: WorkspacePackage, path: InvalidTarget['path']): InvalidTarget | undefined;
  rangeFix(dependent: WorkspacePackage, unsatisfied: UnsatisfiedRange): FixIdea | undefined;
  /** Lists paths, relative to the manifest's folder, under `files`. No edits where a build writes the manifest. */
  filesFieldFix(manifest: Manifest, paths: readonly string[]): FixIdea;
  dependencyFix(dependent: WorkspacePackage, provider: WorkspacePackage): FixIdea | undefined;
  /** Why an entry point leads nowhere, and what would work instead. */
  explain(failure: EntryFailure, demand: Demand): EntryExplanation;
  /** A target under the given conditions that would serve, and the one that wins over it and leads nowhere. */
  shadowed(
    provider: WorkspacePackage,
    subpath: string,
    conditions: readonly string[],
  ): EntryExplanation['shadowed'];
  /** Lets every module that asks by one specifier ask by another. */
  specifierFix(demands: readonly Demand[], specifier: string): FixIdea;
  /** The path alias that serves a specifier in the workspace, and the file that it leads to there. */
  aliasOf(specifier: string): { readonly alias: PathAlias; readonly target: FilePath } | undefined;
  /** The file that the build wrote in place of one that a manifest names; see `driftOf`. */
  driftOf(provider: WorkspacePackage, file: FilePath, conditions: readonly string[]): Drift | undefined;
  driftFix(
    provider: WorkspacePackage,
    missing: { readonly file: FilePath; readonly place: Place },
    drift: Drift,
  ): FixIdea;
  /** Does the workspace's root declare a package, in whatever field? */
  rootDeclares(packageName: string): boolean;
  /** Is a package installed where a file finds it? */
  isInstalledFor(file: FilePath, packageName: string): boolean;
  /** The manifest that the build wrote for the output that a file lies in, where there is one beside the source manifest. */
  generatedManifest(pkg: WorkspacePackage, file: FilePath): Manifest | undefined;
  /** Does the output carry the package in a node_modules folder of its own? */
  isShipped(pkg: WorkspacePackage, packageName: string): boolean;
  /** Where a manifest declares a package. */
  declarationIn(manifest: Manifest, packageName: string): Place;
  /** The edits that declare a package from outside, with the range that the workspace uses for it. */
  externalFix(project: string, packageName: string, field: 'dependencies'): FixIdea | undefined;
  /** Built files that a manifest's path to nowhere may have meant and that no entry point names, the closest first. */
  filesLike(provider: WorkspacePackage, file: FilePath): readonly FilePath[];
  /** Other packages of the workspace whose main surfaces offer the name. */
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

/** One breakage as a rule found it: data, no words. */
export interface Breakage<Data> {
  /** What makes it this breakage and no other, the same in whichever task it is found. */
  readonly identity: readonly string[];
  /** Whom it hits; the first is where the finding stands. */
  readonly hits: readonly Hit[];
  readonly provider?: NonNullable<Finding['provider']>;
  readonly name?: string;
  /** Caps the severity (a guarded import breaks nothing for sure). */
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
