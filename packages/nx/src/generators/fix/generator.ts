import type { ProjectGraph, Tree } from '@nx/devkit';
import type { Finding, Report, Run } from '../../engine';
import { chosenProjects, listOf } from '../chosen-projects';
import { openWorkspace } from '../open-workspace';
import type { GeneratorWorkspace } from '../open-workspace';
import { writePlan } from '../write-plan';

export interface FixOptions {
  /** Projects whose findings to fix; all by default. */
  readonly project?: string | readonly string[];
  /** Rules by code or name; all by default. */
  readonly rule?: string | readonly string[];
}

/**
 * Applies the fixes of the findings. It checks the workspace again, with the current build output,
 * because the offsets in an earlier report may no longer match the files.
 *
 * @param graph the project graph, if the caller has it
 * @param say prints the diff and the remaining findings
 * @throws Error for an unknown project or rule
 */
export default async function fixGenerator(
  tree: Tree,
  options: FixOptions = {},
  graph?: ProjectGraph,
  say: (text: string) => void = console.log,
): Promise<void> {
  const workspace = await openWorkspace(tree, graph);
  const { engine, input } = workspace;
  const projects = chosenProjects(workspace, listOf(options.project));
  const rules = engine.knownRules(listOf(options.rule));
  const isWanted = ({ code, rule }: Finding) =>
    rules.length === 0 || rules.includes(code) || rules.includes(rule);
  const plan = engine.planFixes({
    workspace: input,
    check: (run) => projects.map((project) => checked(workspace, run, project)),
    wanted: isWanted,
  });
  const changed = writePlan(tree, plan);
  const color = engine.hasColor();
  for (const file of plan.files) if (!changed.includes(file.file)) say(`${engine.renderDiff(file, color)}\n`);
  say(engine.renderFixPlan(plan, changed));
}

/** Checks the build output; if a project is not built, checks at least its sources. */
function checked(
  { engine, options }: GeneratorWorkspace,
  run: Run,
  project: string,
): Pick<Report, 'findings' | 'problems'> {
  const own = options.get(project) ?? {};
  const { findings, problems } = engine.verify({ run, project, options: own });
  const isUnbuilt = problems.some(({ kind }) => kind === 'missing-build') && findings.length === 0;
  return { findings: isUnbuilt ? engine.verifySources(run, project, own) : findings, problems };
}
