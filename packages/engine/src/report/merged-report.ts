import type { Problem } from '../model/problem.js';
import { SCHEMA_VERSION } from '../model/report.js';
import type { Report } from '../model/report.js';
import { mergeFindings } from './merge-reports.js';

/** Several reports in one. The same reports always give the same bytes. */
export interface MergedReport {
  readonly schemaVersion: Report['schemaVersion'];
  readonly verdict: Report['verdict'];
  /** Sorted by name. */
  readonly projects: readonly MergedProject[];
  /** Each breakage once, with the places from all tasks that reported it. */
  readonly findings: Report['findings'];
  readonly problems: Report['problems'];
  /** The numbers of known findings and of outdated entries in all baselines; absent without a baseline. */
  readonly baseline?: { readonly known: number; readonly outdated: number };
  readonly coverage: Report['coverage'];
}

export type MergedProject = Pick<Report, 'project' | 'package' | 'verdict' | 'inventory' | 'imports'>;

/** Merges the reports. The result is `fail` if one of them fails. */
export function mergeReports(given: readonly Report[]): MergedReport {
  const reports = given.toSorted((a, b) => compare(a.project, b.project));
  const baselines = reports.flatMap(({ baseline }) => baseline ?? []);
  const known = new Set(baselines.flatMap((each) => each.known.map(({ fingerprint }) => fingerprint)));
  return {
    schemaVersion: SCHEMA_VERSION,
    verdict: reports.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass',
    projects: reports.map(({ project, package: name, verdict, inventory, imports }) => ({
      project,
      ...(name !== undefined && { package: name }),
      verdict,
      inventory,
      imports,
    })),
    findings: mergeFindings(reports),
    problems: distinct(reports.flatMap(({ problems }) => problems)),
    ...(baselines.length > 0 && {
      baseline: { known: known.size, outdated: baselines.flatMap(({ outdated }) => outdated).length },
    }),
    coverage: sum(reports.map(({ coverage }) => coverage)),
  };
}

/** A problem of the workspace is in every report. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).entries()]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([, problem]) => problem);
}

function sum(coverages: readonly Report['coverage'][]): Report['coverage'] {
  const total = (of: (coverage: Report['coverage']) => number): number =>
    coverages.reduce((subtotal, coverage) => subtotal + of(coverage), 0);
  const causes = [...new Set(coverages.flatMap(({ unknownBy }) => Object.keys(unknownBy)))].toSorted();
  return {
    modules: total(({ modules }) => modules),
    demands: {
      met: total(({ demands }) => demands.met),
      unmet: total(({ demands }) => demands.unmet),
      unknown: total(({ demands }) => demands.unknown),
    },
    unknownBy: Object.fromEntries(
      causes.map((cause) => [cause, total(({ unknownBy }) => unknownBy[cause] ?? 0)]),
    ),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
