import type { ProjectGraph, TargetConfiguration } from '@nx/devkit';

/**
 * The dependents that a task may judge: those whose sources are among its inputs. Judging any other would make a cached verdict
 * untrue as soon as that other is edited.
 *
 * @returns project names; undefined where nothing is cached, so that all may be judged
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
