import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  baselinePathOf,
  packagesIn,
  planBaseline,
  renderBaselinePlans,
  verify,
  writeWhole,
} from '../../index.js';
import type { BaselinePlan, Problem } from '../../index.js';
import { chooseProjects } from '../choose-projects.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { openWorkspace } from '../open-workspace.js';
import { textOfFile } from '../text-of-file.js';

export interface BaselineArguments {
  readonly packages: readonly string[];
  readonly reason?: string;
  readonly prune?: boolean;
}

/** Writes the current findings of each package to its baseline. */
export async function baselineCommand(io: Io, options: BaselineArguments): Promise<Status> {
  const workspace = await openWorkspace(io);
  const { root, run } = workspace;
  const folders = new Map(packagesIn(run).map((pkg) => [pkg.project, pkg.root]));
  const plans: BaselinePlan[] = [];
  const problems: Problem[] = [];
  for (const project of chooseProjects(workspace, io.cwd, options)) {
    const dependents = workspace.dependentsToCheck(project);
    const report = verify({
      run,
      project,
      options: workspace.projects.get(project) ?? {},
      applyBaseline: false,
      ...(dependents && { dependentsToCheck: dependents }),
    });
    problems.push(...report.problems);
    // Not all findings are known, so the file could lose entries that are still needed.
    if (report.problems.length > 0) continue;
    const file = baselinePathOf(folders.get(project)!);
    const text = textOfFile(join(root, file));
    const plan = planBaseline({ ...options, file, text, findings: report.findings });
    if (plan.after === undefined) rmSync(join(root, file), { force: true });
    else if (plan.after !== text) writeWhole(join(root, file), plan.after, root);
    plans.push(plan);
  }
  io.stdout.write(`${renderBaselinePlans(plans, problems)}\n`);
  return problems.length > 0 ? 2 : 0;
}
