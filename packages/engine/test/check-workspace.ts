import { mergeFindings } from '../src/report/merge-reports.js';
import { importCounts, renderFindings, renderProblems } from '../src/formats/render-text.js';
import type { VerifyOptions } from '../src/model/options.js';
import type { Report } from '../src/model/report.js';
import type { ProjectInput } from '../src/model/workspace.js';
import { openRun } from '../src/session.js';
import { loadProject } from '../src/startup/load-project.js';
import { verify } from '../src/verify.js';

/** Checks every project of a workspace in one run. */
export function checkAll(
  root: string,
  options?: VerifyOptions,
  projects?: readonly ProjectInput[],
): readonly Report[] {
  const run = openRun({ root, ...(projects ? { projects } : {}) });
  return run.workspace.packages.map(({ project }) =>
    verify({ run, project, ...(options ? { options } : {}) }),
  );
}

/** The same for options that may load the build output. */
export async function checkAllLoaded(
  root: string,
  options: VerifyOptions = {},
  projects?: readonly ProjectInput[],
): Promise<readonly Report[]> {
  if (!options.load && options.probe === undefined) return checkAll(root, options, projects);
  const run = openRun({ root, ...(projects ? { projects } : {}) });
  const reports: Report[] = [];
  for (const { project } of run.workspace.packages) {
    const loads = await loadProject({ run, project, options });
    reports.push(verify({ run, project, options, loads }));
  }
  return reports;
}

/**
 * All reports as one text: each finding once, each problem once, then the result of each project.
 */
export function renderAll(reports: readonly Report[]): string {
  const findings = renderFindings(mergeFindings(reports));
  const problems = new Map(
    reports.flatMap((report) => report.problems).map((problem) => [problem.message, problem]),
  );
  const results = reports.map(
    ({ project, verdict, coverage }) => `${project}: ${verdict} (${importCounts(coverage.demands)})`,
  );
  return `${[findings, renderProblems([...problems.values()]), results.join('\n')].filter(Boolean).join('\n\n')}\n`;
}
