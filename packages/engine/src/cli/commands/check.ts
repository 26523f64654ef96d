import { join } from 'node:path';
import {
  exitStatusOf,
  loadEntryPoints,
  mergeReports,
  packagesIn,
  Progress,
  renderJson,
  reportPathOf,
  readAhead,
  saveCache,
  verify,
  VerifyError,
  withHistory,
  writeWhole,
} from '../../index.js';
import type { Report, VerifyOptions } from '../../index.js';
import { chooseProjects } from '../choose-projects.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { openWorkspace } from '../open-workspace.js';
import type { CliWorkspace } from '../open-workspace.js';
import { outputsOf, writeOutputs } from '../outputs.js';

export interface CheckArguments {
  readonly packages: readonly string[];
  readonly filter?: readonly string[];
  readonly since?: string;
  readonly format?: readonly string[];
  readonly output?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly conditions?: readonly string[];
  readonly load?: boolean;
  readonly writeReports?: boolean;
  readonly verbose?: boolean;
}

/** Checks packages and prints or writes the merged report. */
export async function checkCommand(io: Io, options: CheckArguments): Promise<Status> {
  const { json = false, format = [], verbose = false } = options;
  const outputs = outputsOf(json ? [...format, 'json'] : format, options.output);
  const workspace = await openWorkspace(io);
  const projects = chooseProjects(workspace, io.cwd, options);
  const { reports, failures } = await reportsOf(io, workspace, projects, options);
  writeOutputs(outputs, mergeReports(reports), io, { root: workspace.root, verbose });
  saveCache(workspace.run);
  const isText = outputs.some(({ format: name, file }) => name === 'text' && file === undefined);
  const hint = hintFor(workspace, projects.length);
  if (isText && io.stdout.isTTY && hint !== undefined) io.stdout.write(`\n${hint}\n`);
  // What is known is printed before anything that fails.
  if (options.writeReports) for (const report of reports) writeReport(workspace, report);
  if (failures.length > 0) throw failures[0];
  return exitStatusOf(reports);
}

async function reportsOf(
  io: Io,
  workspace: CliWorkspace,
  projects: readonly string[],
  options: CheckArguments,
): Promise<{ readonly reports: readonly Report[]; readonly failures: readonly unknown[] }> {
  const progress = new Progress(projects.length, io.stderr);
  const reports: Report[] = [];
  const failures: unknown[] = [];
  readAhead({ run: workspace.run, projects });
  for (const project of projects) {
    progress.show(project);
    try {
      reports.push(await reportOf(workspace, project, options));
    } catch (error) {
      // One project that cannot be checked costs no other one its result.
      failures.push(error);
    }
    // The parser's native memory is released only between turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
  progress.clear();
  return { reports, failures };
}

async function reportOf(
  workspace: CliWorkspace,
  project: string,
  { strict, conditions, load }: CheckArguments,
): Promise<Report> {
  const own: VerifyOptions = {
    ...workspace.projects.get(project),
    ...(strict !== undefined && { strict }),
    ...(conditions !== undefined && { conditions }),
    ...(load !== undefined && { load }),
  };
  const loads = await loadEntryPoints({ run: workspace.run, project, options: own });
  const dependents = workspace.dependentsToCheck(project);
  const report = verify({
    run: workspace.run,
    project,
    options: own,
    loads,
    ...(dependents && { dependentsToCheck: dependents }),
  });
  return withHistory(report, workspace.run);
}

function writeReport({ root, run }: CliWorkspace, report: Report): void {
  const folder = packagesIn(run).find(({ project }) => project === report.project)!.root;
  const file = reportPathOf(folder);
  try {
    writeWhole(join(root, file), renderJson(report), root);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new VerifyError({
      kind: 'unreadable',
      message: `The report cannot be written to ${file}: ${reason}.`,
      remedy: 'Make the folder writable.',
    });
  }
}

/** What helps a person who runs this by hand. */
function hintFor({ kind, hasPlugin }: CliWorkspace, projects: number): string | undefined {
  if (projects === 0) return 'No package was checked. Is this the folder of your workspace?';
  if (kind !== 'nx') return undefined;
  return hasPlugin
    ? 'In this Nx workspace, `nx run-many -t verify-exports` finds the same, builds first and caches the results.'
    : 'This is an Nx workspace. `nx add @verify-exports/nx` adds a task with caching and affected, and knows the outputs of your targets.';
}
