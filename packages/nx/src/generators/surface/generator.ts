import type { ProjectGraph, Tree } from '@nx/devkit';
import { chosenProjects, listOf } from '../chosen-projects';
import { openWorkspace } from '../open-workspace';

export interface SurfaceOptions {
  /** Projects whose surface file to write; by default all published ones. */
  readonly project?: string | readonly string[];
}

/**
 * Writes what each project exports to a file in its folder. Later checks compare with it.
 *
 * @param graph the project graph, if the caller has it
 * @param say prints what was written
 * @throws Error for an unknown project
 */
export default async function surfaceGenerator(
  tree: Tree,
  options: SurfaceOptions = {},
  graph?: ProjectGraph,
  say: (text: string) => void = console.log,
): Promise<void> {
  const workspace = await openWorkspace(tree, graph);
  const { engine, input } = workspace;
  const wanted = listOf(options.project);
  const projects = chosenProjects(workspace, wanted);
  const run = engine.openRun(input);
  const infos = new Map(engine.packagesIn(run).map((info) => [info.project, info]));
  const lines: string[] = [];
  for (const project of projects) {
    const info = infos.get(project)!;
    const file = engine.surfacePathOf(info.root);
    const before = tree.read(file, 'utf-8');
    if (wanted.length === 0 && !info.published && before === null) continue;
    try {
      const surface = engine.surfaceOf({ run, project, options: workspace.options.get(project) ?? {} });
      const text = engine.renderSurface(surface);
      if (text === before) continue;
      tree.write(file, text);
      lines.push(`Wrote ${file}.`);
    } catch (error) {
      if (!engine.isVerifyError(error)) throw error;
      lines.push(`Could not write ${file}: ${error.problem.message} ${error.problem.remedy}`);
    }
  }
  say(lines.length > 0 ? lines.join('\n') : 'Every surface file is up to date.');
}
