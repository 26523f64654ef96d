import type { ProjectGraph, TaskGraph } from '@nx/devkit';
import type { ProjectInput } from '../engine';
import { EXECUTOR } from '../infer/infer-target';
import { targetOutputs } from './target-outputs';
import type { KindOf } from './target-outputs';

export interface GraphFacts {
  readonly projectGraph: ProjectGraph;
  readonly taskGraph?: TaskGraph | undefined;
  /**
   * The build targets that the options of this run set, by project. For the others, the graph
   * decides.
   */
  readonly buildTargets: ReadonlyMap<string, string>;
  readonly kindOf: KindOf;
}

/**
 * Describes every project of the graph for the engine: its folder, its build outputs and its build
 * command.
 */
export function projectsFromGraph(facts: GraphFacts): readonly ProjectInput[] {
  const outputs = taskOutputs(facts.taskGraph);
  return Object.values(facts.projectGraph.nodes).map((node): ProjectInput => {
    const buildTarget = facts.buildTargets.get(node.name) ?? buildTargetOf(facts.projectGraph, node.name);
    const interpolated = outputs.get(`${node.name}:${buildTarget}`);
    const written = targetOutputs(node, buildTarget, { interpolated, kindOf: facts.kindOf });
    return {
      name: node.name,
      root: node.data.root,
      ...(written && { outputs: written, buildCommand: `nx run ${node.name}:${buildTarget}` }),
    };
  });
}

/** The build target that the project's verify-exports target sets. */
function buildTargetOf(projectGraph: ProjectGraph, project: string): string {
  const targets = Object.values(projectGraph.nodes[project]?.data.targets ?? {});
  const stated: unknown = targets.find(({ executor }) => executor === EXECUTOR)?.options?.buildTarget;
  return typeof stated === 'string' ? stated : 'build';
}

function taskOutputs(taskGraph: TaskGraph | undefined): ReadonlyMap<string, readonly string[]> {
  const tasks = Object.values(taskGraph?.tasks ?? {});
  return new Map(tasks.map(({ target, outputs }) => [`${target.project}:${target.target}`, outputs]));
}
