import type { ProjectGraph } from '@nx/devkit';
import { createProjectGraph } from './compat/devkit';
import { loadEngine } from './engine';
import type { Engine, VerifyOptions, WorkspaceInput } from './engine';
import { readOptions } from './executors/verify-exports/executor-options';
import { coveredDependents } from './graph/covered-dependents';
import { workspaceInput } from './graph/workspace-input';
import { EXECUTOR } from './infer/executor-name';

/** An Nx workspace as its verify-exports tasks see it. */
export interface NxWorkspace {
  readonly input: WorkspaceInput;
  /** The options of each project with a verify-exports target, by project name. */
  readonly options: ReadonlyMap<string, VerifyOptions>;
  /** The dependents whose imports the project's task checks; undefined for all. */
  dependentsToCheck(project: string): readonly string[] | undefined;
}

/**
 * Opens the workspace at a root, for commands outside of tasks. The projects, their build outputs and
 * their options are those of their verify-exports targets.
 *
 * @param graph the project graph, if the caller has it
 * @throws Error that names the project whose target has wrong options
 */
export async function openNxWorkspace(root: string, graph?: ProjectGraph): Promise<NxWorkspace> {
  process.env['NX_WORKSPACE_ROOT_PATH'] ??= root;
  const engine = await loadEngine();
  const projectGraph = graph ?? (await createProjectGraph());
  return {
    input: workspaceInput({ root, projectGraph, buildTargets: new Map() }),
    options: optionsByProject(engine, projectGraph),
    dependentsToCheck: (project) => coveredDependents(targetOf(projectGraph, project), projectGraph),
  };
}

function optionsByProject(engine: Engine, { nodes }: ProjectGraph): ReadonlyMap<string, VerifyOptions> {
  const options = Object.values(nodes).flatMap(({ name, data }) => {
    const target = Object.values(data.targets ?? {}).find(({ executor }) => executor === EXECUTOR);
    return target ? [[name, optionsOf(engine, name, target.options)] as const] : [];
  });
  return new Map(options);
}

function targetOf({ nodes }: ProjectGraph, project: string) {
  return Object.values(nodes[project]?.data.targets ?? {}).find(({ executor }) => executor === EXECUTOR);
}

function optionsOf(engine: Engine, project: string, raw: unknown): VerifyOptions {
  const read = readOptions(engine, (raw ?? {}) as Readonly<Record<string, unknown>>);
  if (!('error' in read)) return read.verify;
  const reason = read.error instanceof Error ? read.error.message : String(read.error);
  throw new Error(`The verify-exports target of "${project}" has a wrong option: ${reason}`);
}
