import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  hasColor,
  knownRules,
  planFixes,
  renderDiff,
  renderFixPlan,
  verify,
  verifySources,
  writeWhole,
} from '../../index.js';
import type { Finding, FixInput, Run } from '../../index.js';
import { chooseProjects } from '../choose-projects.js';
import type { Io } from '../io.js';
import type { Status } from '../main.js';
import { openWorkspace } from '../open-workspace.js';
import type { CliWorkspace } from '../open-workspace.js';

export interface FixArguments {
  readonly packages: readonly string[];
  readonly rule?: readonly string[];
  readonly dryRun?: boolean;
}

/** Applies the fixes that findings propose. */
export async function fixCommand(io: Io, { packages, rule = [], dryRun }: FixArguments): Promise<Status> {
  const rules = knownRules(rule);
  const workspace = await openWorkspace(io);
  const projects = chooseProjects(workspace, io.cwd, { packages });
  const plan = planFixes({
    workspace: workspace.input,
    check: (run) => projects.map((project) => checked(workspace, run, project)),
    wanted: ({ code, rule: name }: Finding) =>
      rules.length === 0 || rules.includes(code) || rules.includes(name),
  });
  const color = hasColor(io.env, io.stdout.isTTY);
  const changed: string[] = [];
  for (const file of plan.files) {
    const path = join(workspace.root, file.file);
    if (dryRun) io.stdout.write(`${renderDiff(file, color)}\n\n`);
    else if (readFileSync(path, 'utf8') !== file.before) changed.push(file.file);
    else {
      writeWhole(path, file.after, workspace.root);
      io.stdout.write(`${renderDiff(file, color)}\n\n`);
    }
  }
  const words = dryRun
    ? `${plan.fixed.length === 1 ? '1 finding' : `${plan.fixed.length} findings`} would be fixed. Nothing was written.`
    : renderFixPlan(plan, changed);
  io.stdout.write(`${words}\n`);
  return plan.problems.length > 0 ? 2 : 0;
}

/** Checks the build output; if a project is not built, checks at least its sources. */
function checked(
  { projects }: CliWorkspace,
  run: Run,
  project: string,
): ReturnType<FixInput['check']>[number] {
  const options = projects.get(project) ?? {};
  const { findings, problems } = verify({ run, project, options });
  const isUnbuilt = problems.some(({ kind }) => kind === 'missing-build') && findings.length === 0;
  return { findings: isUnbuilt ? verifySources(run, project, options) : findings, problems };
}
