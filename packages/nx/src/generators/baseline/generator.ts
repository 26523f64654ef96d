import type { ProjectGraph, Tree } from '@nx/devkit';
import type { BaselineEntry, Engine, Problem, Report } from '../../engine';
import { importsInCircles } from '../../graph/circular-imports';
import { coveredDependents } from '../../graph/covered-dependents';
import { EXECUTOR } from '../../infer/infer-target';
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

const REASON = 'Known when the baseline was written.';

/** What was written for one project. */
interface Written {
  readonly file: string;
  readonly entries: number;
  readonly added: number;
  readonly removed: number;
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
  const run = engine.openRun({ ...input, checkedElsewhere: importsInCircles(projectGraph) });
  const written: Written[] = [];
  const problems: Problem[] = [];
  for (const project of projects) {
    const { root, targets = {} } = projectGraph.nodes[project]!.data;
    const target = Object.values(targets).find(({ executor }) => executor === EXECUTOR);
    const dependents = coveredDependents(target, projectGraph);
    const report = engine.verify({
      run,
      project,
      options: workspace.options.get(project) ?? {},
      applyBaseline: false,
      ...(dependents && { dependentsToCheck: dependents }),
    });
    // Not all findings are known, so the file could lose entries that are still needed.
    if (report.problems.length > 0) problems.push(...report.problems);
    else written.push(writeBaseline(tree, engine, engine.baselinePathOf(root), report, options));
  }
  say(closingWords(written, distinct(problems)));
}

function writeBaseline(
  tree: Tree,
  engine: Engine,
  file: string,
  report: Report,
  { reason = REASON, prune = false }: BaselineOptions,
): Written {
  const text = tree.read(file, 'utf-8');
  const before = text === null ? [] : engine.parseBaseline(file, text);
  const changed = engine.renderBaseline(report.findings, before, prune ? undefined : reason);
  if (changed === undefined) {
    if (text !== null) tree.delete(file);
  } else if (changed !== text) tree.write(file, changed);
  const after = changed === undefined ? [] : engine.parseBaseline(file, changed);
  return { file, entries: after.length, added: lacking(before, after), removed: lacking(after, before) };
}

/** How many of the second list are not in the first. */
function lacking(first: readonly BaselineEntry[], second: readonly BaselineEntry[]): number {
  const known = new Set(first.map(({ fingerprint }) => fingerprint));
  return second.filter(({ fingerprint }) => !known.has(fingerprint)).length;
}

/** A problem of the workspace is in every report. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function closingWords(written: readonly Written[], problems: readonly Problem[]): string {
  const changed = written.filter(({ added, removed }) => added + removed > 0);
  const entries = written.reduce((sum, each) => sum + each.entries, 0);
  const lines = changed.map(
    ({ file, entries, added, removed }) =>
      `${entries === 0 ? 'Removed' : 'Wrote'} ${file}: ${added} added, ${removed} removed, ${entries} in total.`,
  );
  return [
    ...(changed.length > 0 ? lines : ['No baseline was changed.']),
    ...(changed.some(({ added }) => added > 0)
      ? ['Review the files, write why each finding is accepted, and commit them.']
      : []),
    entries === 1 ? 'There is 1 known finding.' : `There are ${entries} known findings.`,
    ...(problems.length > 0
      ? ['', 'Could not check the following, so the baselines of these projects were not changed:']
      : []),
    ...problems.map(({ message, remedy }) => `  ${message} ${remedy}`),
  ].join('\n');
}
