import type { BaselineEntry } from './baseline.js';
import type { FilePath } from './place.js';
import type { Problem } from './problem.js';

export const SCHEMA_VERSION = 1;

export type Severity = 'error' | 'warning' | 'info';

/** One thing that is broken or unknown, as other programs read it. */
export interface Finding {
  /** Permanent: `VE201`. */
  readonly code: string;
  /** The rule's name: `missing-export`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: FilePath;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Where the name or specifier ends, if its text is known; the column is exclusive. */
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly provider?: {
    readonly package: string;
    readonly entryPoint: string;
    readonly conditions: readonly string[];
    readonly file?: FilePath;
  };
  readonly name?: string;
  readonly evidence: readonly Evidence[];
  readonly fix?: Fix;
  /** Every place that the finding affects, including its own place. */
  readonly affected: Affected;
  /** The same breakage has the same fingerprint, whichever task reports it. */
  readonly fingerprint: string;
}

export interface Evidence {
  /** A short word: `entry`, `exports`, `declared`, `offered`, `similar`, `also`. */
  readonly role: string;
  readonly text: string;
  readonly file?: FilePath;
  readonly line?: number;
  readonly column?: number;
}

export interface Fix {
  readonly title: string;
  /**
   * Offsets in UTF-16 units in the file's current text. They do not overlap. Empty without an edit.
   */
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly file: FilePath;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Affected {
  readonly count: number;
  readonly places: readonly {
    readonly project: string;
    readonly file: FilePath;
    readonly line: number;
    readonly column: number;
  }[];
  readonly projects: readonly string[];
}

export interface InventoryVariant {
  readonly conditions: readonly string[];
  readonly file: FilePath;
  readonly exports: readonly string[];
  /** Why there may be more names than listed. */
  readonly open?: string;
}

export interface InventoryEntryPoint {
  readonly subpath: string;
  readonly variants: readonly InventoryVariant[];
}

/** What a project imports from one entry point of a workspace package. */
export interface ImportsFrom {
  /** The provider's package name, or its project name if it has no package name. */
  readonly package: string;
  readonly entryPoint: string;
  readonly names: readonly ImportedName[];
}

export interface ImportedName {
  /** Absent if the import needs no name and only loads the module. */
  readonly name?: string;
  /** `elsewhere`: the task of the provider checks it. */
  readonly result: 'ok' | 'broken' | 'unknown' | 'elsewhere';
  /** The files that import it, sorted. */
  readonly files: readonly FilePath[];
}

/** The result of one task for one project. It is deterministic: same inputs, same bytes. */
export interface Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly project: string;
  readonly package?: string;
  readonly verdict: 'pass' | 'fail';
  /** Sentences that say what was not checked: no entry point, no dependents. */
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
  /** What could not be checked because of the input. */
  readonly problems: readonly Problem[];
  /** Findings that an `ignore` entry removed, with its reason. */
  readonly ignored: readonly {
    readonly code: string;
    readonly fingerprint: string;
    readonly reason: string;
  }[];
  /** Absent if the project has no baseline. */
  readonly baseline?: KnownFindings;
  readonly inventory: { readonly entryPoints: readonly InventoryEntryPoint[] };
  /** The project's own imports from workspace packages, sorted by package and entry point. */
  readonly imports: readonly ImportsFrom[];
  readonly coverage: Coverage;
}

/** What a project's baseline did. */
export interface KnownFindings {
  readonly file: FilePath;
  /** Findings that are in the baseline, so they do not fail the check. */
  readonly known: readonly {
    readonly code: string;
    readonly fingerprint: string;
    readonly message: string;
    readonly reason: string;
  }[];
  /** Entries that match no finding. Empty if something could not be checked. */
  readonly outdated: readonly BaselineEntry[];
}

export interface Coverage {
  /** The number of modules that were read for this result. */
  readonly modules: number;
  readonly demands: { readonly met: number; readonly unmet: number; readonly unknown: number };
  /** Modules that are needed for their side effects; absent if there are none. */
  readonly requiredModules?: {
    readonly contained: number;
    readonly dropped: number;
    readonly unknown: number;
  };
  /** The causes of `unknown`: rule code → number of imports or required modules. */
  readonly unknownBy: Readonly<Record<string, number>>;
  /**
   * What the built output contains and needs, starting from its roots; absent if nothing was
   * checked.
   */
  readonly output?: {
    readonly files: number;
    /** Missing files that the output refers to, without those whose absence the code handles. */
    readonly missing: number;
    /** Packages that the output imports by name. */
    readonly packages: number;
    /** References whose target is unknown (VE905). */
    readonly unknown: number;
    /** Names that are imported from installed packages and could not be checked (VE901); absent if there are none. */
    readonly unknownNames?: number;
  };
}
