import type { NxJsonConfiguration, ProjectGraph, ProjectGraphProjectNode, TaskGraph } from '@nx/devkit';
import type { OutputWriter, ProjectInput } from '../engine';
import { EXECUTOR } from '../infer/executor-name';
import { targetList } from '../plugin-options';
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
  readonly buildTargets: ReadonlyMap<string, readonly string[]>;
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
    const buildTargets = facts.buildTargets.get(node.name) ?? buildTargetsOf(node);
    const builds = buildTargets.flatMap((target) => {
      const interpolated = outputs.get(`${node.name}:${target}`);
      const written = targetOutputs(node, target, { interpolated, kindOf: facts.kindOf });
      return written ? [{ target, outputs: written }] : [];
    });
    const writers = [
      ...builds.map((build) => writer(node.name, build)),
      ...otherWriters(node, buildTargets, facts.kindOf),
    ];
    const release = releaseOf(node);
    const runtimes = runtimeFacts(node);
    const dependsOn = dependenciesOf(facts.projectGraph, node.name);
    return {
      name: node.name,
      root: node.data.root,
      ...(release && { release }),
      ...(runtimes.length > 0 && { runtimes }),
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(builds.length > 0 && {
        outputs: [...new Set(builds.flatMap((build) => build.outputs))],
        buildCommand: commandFor(
          node.name,
          builds.map(({ target }) => target),
        ),
      }),
      ...(writers.length > 0 && { writers }),
    };
  });
}

function dependenciesOf({ nodes, dependencies }: ProjectGraph, project: string): readonly string[] {
  const targets = (dependencies[project] ?? []).map(({ target }) => target);
  return [...new Set(targets)].filter((target) => nodes[target] !== undefined).sort();
}

interface Written {
  readonly target: string;
  readonly outputs: readonly string[];
}

function writer(project: string, { target, outputs }: Written): OutputWriter {
  return { target, command: commandFor(project, [target]), outputs };
}

/** Targets that write what the build targets do not write. */
function otherWriters(
  node: ProjectGraphProjectNode,
  buildTargets: readonly string[],
  kindOf: KindOf,
): readonly OutputWriter[] {
  return Object.entries(node.data.targets ?? {}).flatMap(([target, { executor, outputs: stated }]) => {
    if (buildTargets.includes(target) || executor === EXECUTOR || !stated) return [];
    const outputs = targetOutputs(node, target, { kindOf }) ?? [];
    const list = JSON.stringify([...buildTargets.filter((name) => node.data.targets?.[name]), target]);
    const include = `Then set the option "buildTarget" of its verify-exports target to ${list}, and add "${target}" to its "dependsOn", so that the check builds it.`;
    return outputs.length > 0 ? [{ ...writer(node.name, { target, outputs }), include }] : [];
  });
}

function commandFor(project: string, targets: readonly string[]): string {
  return targets.length === 1
    ? `nx run ${project}:${targets[0]}`
    : `nx run-many -t ${targets.join(' ')} -p ${project}`;
}

/** The build targets that the project's verify-exports target sets. */
export function buildTargetsOf({ data }: Pick<ProjectGraphProjectNode, 'data'>): readonly string[] {
  const targets = Object.values(data.targets ?? {});
  return statedTargets(targets.find(({ executor }) => executor === EXECUTOR)?.options) ?? ['build'];
}

/** The build targets that options set; undefined if they set none. */
export function statedTargets(
  options: Readonly<Record<string, unknown>> | undefined,
): readonly string[] | undefined {
  const stated = options?.['buildTarget'];
  const isName = (value: unknown) => typeof value === 'string' && value !== '';
  const isList = Array.isArray(stated) && stated.length > 0 && stated.every(isName);
  return isName(stated) || isList ? targetList(stated as string | readonly string[]) : undefined;
}

function taskOutputs(taskGraph: TaskGraph | undefined): ReadonlyMap<string, readonly string[]> {
  const tasks = Object.values(taskGraph?.tasks ?? {});
  return new Map(tasks.map(({ target, outputs }) => [`${target.project}:${target.target}`, outputs]));
}
