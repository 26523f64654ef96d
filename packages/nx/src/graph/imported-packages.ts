import type { ProjectGraph } from '@nx/devkit';
import { undeclaredImportsOf } from './import-metadata';

/**
 * The projects whose built files a project's check can read: those that it imports, directly or
 * through others.
 *
 * `implicitDependencies` alone say nothing about imports: an end-to-end project depends on the
 * application that it starts.
 */
export function importedPackages(project: string, projectGraph: ProjectGraph): readonly string[] {
  const found = new Set<string>();
  const open = [project];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of importsOf(name, projectGraph)) {
      if (next === project || found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return [...found].sort();
}

function importsOf(project: string, { nodes, dependencies }: ProjectGraph): readonly string[] {
  const data = nodes[project]?.data;
  const stated = new Set(data?.implicitDependencies ?? []);
  const undeclared = new Set(undeclaredImportsOf(data));
  return (dependencies[project] ?? [])
    .filter(({ target, type }) => {
      if (!nodes[target]) return false;
      return type !== 'implicit' || !stated.has(target) || undeclared.has(target);
    })
    .map(({ target }) => target);
}
