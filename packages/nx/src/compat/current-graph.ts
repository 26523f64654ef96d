import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExecutorContext, ProjectGraph } from '@nx/devkit';
import { createProjectGraph } from './devkit';
import { nxMajor } from './nx-major';
import type { Job } from '../executors/verify-exports/judge';

// Delete this file when Nx 22 is no longer supported: no other major needs it.

/**
 * The project graph for a check. Outside of a batch, Nx passes the graph that is on disk. The daemon of Nx 22 (seen with 22.7.12)
 * can have a newer graph in memory and hashes the task by that one, so a result by the graph on disk would be cached for a
 * different workspace.
 *
 * @returns the graph of the context, or a new one if a manifest or a folder of projects has changed since it was written
 */
export async function currentGraph({ root, projectGraph }: ExecutorContext): Promise<ProjectGraph> {
  return nxMajor(root) === 22 && isOutdated(root, projectGraph) ? createProjectGraph() : projectGraph;
}

/**
 * A task's options if the graph was replaced: the options that the new graph configures, and those that came in addition to the
 * configuration, such as the command line's.
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

/** Compares the graph's file with the manifests and with the folders of projects, which a new or removed project changes. */
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
