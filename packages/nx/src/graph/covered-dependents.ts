import type { ProjectGraph, TargetConfiguration } from '@nx/devkit';

/**
 * The dependents that a task may check: those whose sources are inputs of the task. If it checked
 * others, a cached result would be wrong after an edit in one of them.
 *
 * @returns project names; undefined if the task is not cached, so it may check all
 */
export function coveredDependents(
  target: TargetConfiguration | undefined,
  projectGraph: ProjectGraph,
): readonly string[] | undefined {
  if (target?.cache !== true) return undefined;
  const references = new Set((target.inputs ?? []).flatMap(referencesOf));
  const nodes = Object.values(projectGraph.nodes);
  const covered = nodes.filter(
    ({ name, data }) => references.has(name) || references.has(`directory:${data.root}`),
  );
  return covered.map(({ name }) => name).sort();
}

function referencesOf(input: NonNullable<TargetConfiguration['inputs']>[number]): readonly string[] {
  if (typeof input === 'string' || !('projects' in input) || !('input' in input)) return [];
  return typeof input.projects === 'string' ? [input.projects] : (input.projects ?? []);
}
