import type { ProjectGraph, Tree } from '@nx/devkit';
import { createProjectGraph } from '../compat/devkit';
import { loadEngine } from '../engine';
import type { Engine } from '../engine';
import { openNxWorkspace } from '../workspace';
import type { NxWorkspace } from '../workspace';

/** A workspace as a generator sees it. */
export interface GeneratorWorkspace extends NxWorkspace {
  readonly engine: Engine;
  readonly projectGraph: ProjectGraph;
}

/**
 * Opens the workspace of a tree, including the changes of earlier generators.
 *
 * @throws Error that names the project whose target has wrong options
 */
export async function openWorkspace(tree: Tree, graph?: ProjectGraph): Promise<GeneratorWorkspace> {
  const projectGraph = graph ?? (await createProjectGraph());
  const workspace = await openNxWorkspace(tree.root, projectGraph);
  const input = { ...workspace.input, overlay: pendingTexts(tree) };
  return { ...workspace, engine: await loadEngine(), projectGraph, input };
}

function pendingTexts(tree: Tree): ReadonlyMap<string, string> {
  const changes = tree.listChanges().filter(({ type, content }) => type === 'UPDATE' && content !== null);
  return new Map(changes.map(({ path, content }) => [path.replaceAll('\\', '/'), content!.toString('utf8')]));
}
