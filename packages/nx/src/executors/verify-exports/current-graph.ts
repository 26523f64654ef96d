import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExecutorContext, ProjectGraph } from '@nx/devkit';
import { createProjectGraph } from '../../nx-devkit';
import { nxMajor } from '../../nx-major';
import type { Job } from './judge';

/**
 * The project graph to judge by. A task outside of a batch is handed the one on disk; the daemon of Nx 22 (seen with 22.7.12) keeps one that it
 * made before anybody asked to itself, and hashes the task by it, so that a verdict by the graph on disk would be cached as one of
 * another workspace.
 *
 * @returns the graph of the context, or a new one where what graphs are made of has changed since it was written
 */
export async function currentGraph({ root, projectGraph }: ExecutorContext): Promise<ProjectGraph> {
  return nxMajor(root) === 22 && isOutdated(root, projectGraph) ? createProjectGraph() : projectGraph;
}

/**
 * A task's options by another graph than the one that they come from: what the new graph configures, and what was handed over beside
 * the configuration, as the command line's are.
 */
export function optionsBy(
  [before, now]: readonly [ProjectGraph, ProjectGraph],
  { project, targetName, options }: Job,
): Job['options'] {
  if (before === now) return options;
  const [old, current] = [before, now].map((graph): Record<string, unknown> => {
    return graph.nodes[project]?.data.targets?.[targetName]?.options ?? {};
  });
  const isConfigured = ([name, value]: readonly [string, unknown]): boolean =>
    JSON.stringify(old![name]) === JSON.stringify(value);
  const beside = Object.entries(options).filter((option) => !isConfigured(option));
  return { ...current, ...Object.fromEntries(beside) };
}

/** Manifests, and the folders that projects lie in: a new or removed project changes these. */
function isOutdated(root: string, { nodes }: ProjectGraph): boolean {
  const folder = process.env['NX_WORKSPACE_DATA_DIRECTORY'] ?? join(root, '.nx/workspace-data');
  const written = changedAt(join(folder, 'project-graph.json'));
  if (written === undefined) return false;
  const roots = Object.values(nodes).map(({ data }) => data.root);
  const sources = [
    'nx.json',
    ...roots.flatMap((path) => [join(path, 'package.json'), join(path, 'project.json')]),
    ...new Set(roots.filter((path) => path !== '.').map((path) => dirname(path))),
  ];
  return sources.some((path) => (changedAt(join(root, path)) ?? 0) > written);
}

/** In milliseconds since 1970; undefined where there is nothing. */
function changedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
