import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExecutorContext, ProjectGraph } from '@nx/devkit';
import type { Job } from '../executors/verify-exports/task-checker';
import { createProjectGraph } from './devkit';
import { nxMajor } from './nx-major';

// Delete this file when Nx 22 is no longer supported: no other major needs it.

/**
 * The project graph to use. Outside a batch, Nx passes the graph on disk to a task. The daemon of
 * Nx 22 (seen with 22.7.12) can have a newer graph that it does not write, and computes the task's
 * hash from it. A result based on the graph on disk would then be cached under the hash of another
 * workspace.
 *
 * @returns the graph of the context, or a new one if a source of the graph changed after the graph
 * was written
 */
export async function currentGraph({ root, projectGraph }: ExecutorContext): Promise<ProjectGraph> {
  return nxMajor(root) === 22 && isOutdated(root, projectGraph) ? createProjectGraph() : projectGraph;
}

/**
 * A task's options according to another graph than the one that they come from: the options that
 * the new graph configures, and those from outside the configuration, such as the command line.
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

/**
 * Compares with manifests and with the folders that contain projects: a new or removed project
 * changes these.
 */
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

/** In milliseconds since 1970; undefined if the path does not exist. */
function changedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
