import type { BundleTrace } from '../model/bundle-trace.js';
import type { Answer, Demand, LinkError } from '../model/demand.js';
import type { EarlyRead } from '../model/early-read.js';
import type { FormatMismatch } from '../model/format-mismatch.js';
import type { ManifestFaults } from '../model/manifest-faults.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import type { Place } from '../model/place.js';
import type { Finding, Severity } from '../model/report.js';
import type { Requirements } from '../model/required-module.js';
import type { Opening } from '../model/surface.js';
import type { EntryPoint, Variant, WorkspacePackage } from '../model/workspace.js';
import type { FixIdea } from '../model/fix-idea.js';
import type { ShippingFacts } from '../model/shipping.js';
import type { LookUp } from './look-up.js';

export type { LookUp };

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

export interface EvidenceAt {
  readonly role: string;
  readonly text: string;
  readonly place?: Place;
}

export interface Rule<Data> {
  /** Permanent, never reused. */
  readonly code: `VE${number}`;
  /** The problem's name; also the rule's folder. */
  readonly name: string;
  readonly since: string;
  readonly severity: Severity;
  /** One line for lists. */
  readonly title: string;
  find(facts: RuleFacts): readonly Breakage<Data>[];
  describe(data: Data, lookUp: LookUp): Description;
}

/** A rule whose data type is its own business. */
export type AnyRule = Rule<never>;

/** Declares a rule; exists so that `find` and `describe` agree on the data without writing its type twice. */
export function defineRule<Data>(rule: Rule<Data>): AnyRule {
  return rule as AnyRule;
}
