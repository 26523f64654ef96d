import type { RuntimeSign } from '../model/audience.js';
import type { BundleTrace } from '../model/bundle-trace.js';
import type { DeclaredGap } from '../model/declared-gap.js';
import type { Answer, ThrowingExport, Demand, LinkError } from '../model/demand.js';
import type { EarlyRead } from '../model/early-read.js';
import type { ExtensionlessPath } from '../model/extensionless-path.js';
import type { FormatMismatch } from '../model/format-mismatch.js';
import type { InstalledMismatch } from '../model/installed-mismatch.js';
import type { LoadReport } from '../model/load-result.js';
import type { MissingPromise } from '../model/missing-promise.js';
import type { ManifestFaults } from '../model/manifest-faults.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import type { SurfaceComparison } from '../model/package-surface.js';
import type { Place } from '../model/place.js';
import type { Finding, Severity } from '../model/report.js';
import type { Requirements } from '../model/required-module.js';
import type { UnknownFact } from '../model/surface.js';
import type { UnloadableEntry } from '../model/unloadable-entry.js';
import type { EntryPoint, Variant, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../model/fix-idea.js';
import type { ShippingFacts } from '../model/shipping.js';
import type { LookUp } from './look-up.js';
import { rangeOf } from './ranges.js';
import type { CodeRange, RuleCode } from './ranges.js';

export type { LookUp };

/**
 * Everything that a rule may use: plain facts about one project's task, and look-ups that read
 * sources only when called.
 */
export interface RuleFacts {
  /** The project that is checked. */
  readonly own: WorkspacePackage;
  /** The project's own imports, and what its declared dependents import from it. */
  readonly answers: readonly Answer[];
  /** Own imports that the tasks of their providers check. */
  readonly checkedElsewhere: readonly Demand[];
  readonly entryPoints: readonly EntryPoint[];
  /** Why the project's own ES module output does not link, by the entry file that loads it. */
  readonly linkErrors: readonly LinkError[];
  /** What Node rejects in the project's own ES modules, if Node runs them. */
  readonly nodeRefusals: readonly NodeRefusal[];
  /** What the project's output imports from installed packages that these do not have. */
  readonly installedMismatches: readonly InstalledMismatch[];
  /** Entry points of the published project that Node cannot load, if nothing says which runtime loads them. */
  readonly unloadableEntries: readonly UnloadableEntry[];
  /** What shows that Node loads the project's output, if anything does; the strongest sign. */
  readonly nodeSign?: RuntimeSign;
  /** Imported names that the project's own ES modules read before they are initialised. */
  readonly earlyReads: readonly EarlyRead[];
  /**
   * Only bundled applications of this workspace can load the output: it is private, and other
   * projects depend on it.
   */
  readonly onlyForBundlers: boolean;
  /** No one can install the package, and nothing in the workspace depends on it, imports it or runs it. */
  readonly isUnused: boolean;
  /** Own and imported entry points whose declarations and JavaScript have different formats. */
  readonly formatMismatches: readonly FormatMismatch[];
  /** Values that the project's declarations promise and its JavaScript does not export. */
  readonly declaredGaps: readonly DeclaredGap[];
  /** Exports of a published package whose getters throw. */
  readonly throwingExports: readonly ThrowingExport[];
  /** Relative paths without extension in the project's own ES module declarations. */
  readonly extensionlessPaths: readonly ExtensionlessPath[];
  /** Something says that browsers load the project's output. */
  readonly forBrowsers: boolean;
  /** What the project's built output contains and still needs. */
  readonly trace: BundleTrace;
  /** Whether path aliases in the output fail. Otherwise only a bundler with the same aliases may read it. */
  readonly aliasesFail: boolean;
  /** Files that are needed and do not ship. */
  readonly shipping: ShippingFacts;
  /** Unknowns in the project's own entry points and in its trace. */
  readonly unknownFacts: readonly UnknownFact[];
  /** The modules that the project needs for their side effects, compared with its built output. */
  readonly requirements: Requirements;
  /**
   * Whether TypeScript finds other declarations for an entry point whose `types` target is missing.
   */
  typesFallBack(entryPoint: EntryPoint, variant: Variant): boolean;
  /** Faults of the project's own manifest that do not depend on an import. */
  readonly manifest: ManifestFaults;
  /** The project's exports compared with its surface file; absent without such a file. */
  readonly surface?: SurfaceComparison;
  /** What loading the entry points showed; absent if nothing was loaded. */
  readonly loads?: LoadReport;
  /** Names that consumers outside of the workspace rely on and that are missing. */
  readonly missingPromises: readonly MissingPromise[];
  readonly lookUp: LookUp;
}

/** One breakage as a rule finds it: data without words. */
export interface Breakage<Data> {
  /**
   * What distinguishes this breakage from all others. It is the same in every task that finds it.
   */
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
  | 'node'
  | 'offered'
  | 'origin'
  | 'pattern'
  | 'private'
  | 'runtime'
  | 'same'
  | 'shadowed'
  | 'similar'
  | 'target'
  | 'through'
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

/**
 * What static analysis cannot determine: the kinds of places in `UnknownFact`, and modules that no
 * build record mentions.
 */
export type UnknownKind = UnknownFact['kind'] | 'untraceable-module';

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

/**
 * Derives what follows from a declaration, and keeps the type of its data between `find` and
 * `describe`.
 */
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
