import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Engine, Problem, Report } from '../engine';

/** All reports of a workspace in one. The same reports always give the same bytes. */
export interface MergedReport {
  readonly schemaVersion: Report['schemaVersion'];
  readonly verdict: Report['verdict'];
  /** Sorted by name. */
  readonly projects: readonly Pick<Report, 'project' | 'package' | 'verdict'>[];
  /** Each breakage once, with the places from all tasks that reported it. */
  readonly findings: Report['findings'];
  readonly problems: Report['problems'];
  /** The numbers of known findings and of outdated entries in all baselines; absent without a baseline. */
  readonly baseline?: { readonly known: number; readonly outdated: number };
  readonly coverage: Report['coverage'];
}

const FOLDER = '.verify-exports';

/**
 * Reads the reports of a workspace, sorted by project. Skips the reports of deleted project
 * folders, because no task updates them.
 *
 * @throws Error that names the report that cannot be read
 */
export function readReports(workspaceRoot: string): readonly Report[] {
  const folder = join(workspaceRoot, FOLDER);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split('\\').join('/'))
    .filter((file) => posix.basename(file) === 'report.json')
    .filter((file) => existsSync(join(workspaceRoot, posix.dirname(file))));
  return files.map((file) => readReport(join(folder, file), file)).sort(byProject);
}

/** Merges the reports. The result is `fail` if one of them fails. */
export function mergedReport({ mergeFindings }: Engine, reports: readonly Report[]): MergedReport {
  const baselines = reports.flatMap(({ baseline }) => baseline ?? []);
  const known = new Set(baselines.flatMap((each) => each.known.map(({ fingerprint }) => fingerprint)));
  return {
    schemaVersion: 1,
    verdict: reports.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass',
    projects: reports.map(({ project, package: name, verdict }) => ({
      project,
      ...(name !== undefined && { package: name }),
      verdict,
    })),
    findings: mergeFindings(reports),
    problems: distinct(reports.flatMap(({ problems }) => problems)),
    ...(baselines.length > 0 && {
      baseline: { known: known.size, outdated: baselines.flatMap(({ outdated }) => outdated).length },
    }),
    coverage: sum(reports.map(({ coverage }) => coverage)),
  };
}

function readReport(file: string, shown: string): Report {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    if (report.schemaVersion !== 1) throw new Error(`its schema version is ${String(report.schemaVersion)}`);
    return report;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${FOLDER}/${shown} is not a report of this version: ${reason}. Run its task again.`, {
      cause: error,
    });
  }
}

/** A problem of the workspace is in every report. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).entries()]
    .sort(([a], [b]) => compare(a, b))
    .map(([, problem]) => problem);
}

function sum(coverages: readonly Report['coverage'][]): Report['coverage'] {
  const total = (of: (coverage: Report['coverage']) => number): number =>
    coverages.reduce((subtotal, coverage) => subtotal + of(coverage), 0);
  const causes = [...new Set(coverages.flatMap(({ unknownBy }) => Object.keys(unknownBy)))].sort();
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

function byProject(a: Report, b: Report): number {
  return compare(a.project, b.project);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
