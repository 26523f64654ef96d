import type { NxJsonConfiguration, ProjectGraph, TaskGraph } from '@nx/devkit';
import type { ProjectInput } from '../engine';
import { EXECUTOR } from '../infer/infer-target';
import { releaseFacts } from './release-facts';
import { runtimeFacts } from './runtime-facts';
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
  /** The workspace's nx.json, for what it says about releases. */
  readonly nxJson?: NxJsonConfiguration | undefined;
}

/**
 * Describes every project of the graph for the engine: its folder, its build outputs and its build
 * command.
 */
export function projectsFromGraph(facts: GraphFacts): readonly ProjectInput[] {
  const outputs = taskOutputs(facts.taskGraph);
  const releaseOf = releaseFacts(facts.projectGraph, facts.nxJson);
  return Object.values(facts.projectGraph.nodes).map((node): ProjectInput => {
    const buildTarget = facts.buildTargets.get(node.name) ?? buildTargetOf(facts.projectGraph, node.name);
    const interpolated = outputs.get(`${node.name}:${buildTarget}`);
    const written = targetOutputs(node, buildTarget, { interpolated, kindOf: facts.kindOf });
    const release = releaseOf(node);
    const runtimes = runtimeFacts(node);
    const dependsOn = dependenciesOf(facts.projectGraph, node.name);
    return {
      name: node.name,
      root: node.data.root,
      ...(release && { release }),
      ...(runtimes.length > 0 && { runtimes }),
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(written && { outputs: written, buildCommand: `nx run ${node.name}:${buildTarget}` }),
    };
  });
}

function dependenciesOf({ nodes, dependencies }: ProjectGraph, project: string): readonly string[] {
  const targets = (dependencies[project] ?? []).map(({ target }) => target);
  return [...new Set(targets)].filter((target) => nodes[target] !== undefined).sort();
}

/** The build target that the project's verify-exports target sets. */
export function buildTargetOf(projectGraph: ProjectGraph, project: string): string {
  const targets = Object.values(projectGraph.nodes[project]?.data.targets ?? {});
  const stated: unknown = targets.find(({ executor }) => executor === EXECUTOR)?.options?.buildTarget;
  return typeof stated === 'string' ? stated : 'build';
}

function taskOutputs(taskGraph: TaskGraph | undefined): ReadonlyMap<string, readonly string[]> {
  const tasks = Object.values(taskGraph?.tasks ?? {});
  return new Map(tasks.map(({ target, outputs }) => [`${target.project}:${target.target}`, outputs]));
}
