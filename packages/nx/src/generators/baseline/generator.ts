import type { ProjectGraph, Tree } from '@nx/devkit';
import type { BaselinePlan, Engine, Problem, Report } from '../../engine';
import { chosenProjects, listOf } from '../chosen-projects';
import { openWorkspace } from '../open-workspace';

export interface BaselineOptions {
  /** Projects whose baseline to write; all by default. */
  readonly project?: string | readonly string[];
  /** The reason of new entries. */
  readonly reason?: string;
  /** Only remove entries that match no finding. */
  readonly prune?: boolean;
}

/**
 * Writes the current errors and warnings of each project to a file in its folder. From then on its task reports only others.
 * Entries that exist are kept with their reason, and those that match no finding are removed.
 *
 * @param graph the project graph, if the caller has it
 * @param say prints what was written
 * @throws Error for an unknown project, or a baseline that cannot be read
 */
export default async function baselineGenerator(
  tree: Tree,
  options: BaselineOptions = {},
  graph?: ProjectGraph,
  say: (text: string) => void = console.log,
): Promise<void> {
  const workspace = await openWorkspace(tree, graph);
  const { engine, input, projectGraph } = workspace;
  const projects = chosenProjects(workspace, listOf(options.project));
  // Like a task: what a task does not check must not get into its baseline.
  const run = engine.openRun(input);
  const plans: BaselinePlan[] = [];
  const problems: Problem[] = [];
  for (const project of projects) {
    const { root } = projectGraph.nodes[project]!.data;
    const dependents = workspace.dependentsToCheck(project);
    const report = engine.verify({
      run,
      project,
      options: workspace.options.get(project) ?? {},
      applyBaseline: false,
      ...(dependents && { dependentsToCheck: dependents }),
    });
    // Not all findings are known, so the file could lose entries that are still needed.
    if (report.problems.length > 0) problems.push(...report.problems);
    else plans.push(writeBaseline(tree, engine, engine.baselinePathOf(root), report, options));
  }
  say(engine.renderBaselinePlans(plans, problems));
}

function writeBaseline(
  tree: Tree,
  engine: Engine,
  file: string,
  { findings }: Report,
  { reason, prune }: BaselineOptions,
): BaselinePlan {
  const text = tree.read(file, 'utf-8') ?? undefined;
  const plan = engine.planBaseline({
    file,
    text,
    findings,
    ...(reason !== undefined && { reason }),
    ...(prune !== undefined && { prune }),
  });
  if (plan.after === undefined) {
    if (text !== undefined) tree.delete(file);
  } else if (plan.after !== text) tree.write(file, plan.after);
  return plan;
}
