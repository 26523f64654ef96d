import type { ProjectGraph, Tree } from '@nx/devkit';
import { loadEngine } from '../engine';
import type { Engine, VerifyOptions, WorkspaceInput } from '../engine';
import { readOptions } from '../executors/verify-exports/executor-options';
import { kindIn } from '../graph/kind-in';
import { readNxJson } from '../graph/release-facts';
import { projectsFromGraph } from '../graph/workspace-from-graph';
import { EXECUTOR } from '../infer/infer-target';
import { createProjectGraph } from '../compat/devkit';

/** A workspace as a generator sees it. */
export interface GeneratorWorkspace {
  readonly engine: Engine;
  readonly projectGraph: ProjectGraph;
  readonly input: WorkspaceInput;
  /** The options of each project with a verify-exports target, by project name. */
  readonly options: ReadonlyMap<string, VerifyOptions>;
}

/**
 * Opens the workspace of a tree, including the changes of earlier generators.
 *
 * @throws Error that names the project whose target has wrong options
 */
export async function openWorkspace(tree: Tree, graph?: ProjectGraph): Promise<GeneratorWorkspace> {
  const engine = await loadEngine();
  const projectGraph = graph ?? (await createProjectGraph());
  const { root } = tree;
  const projects = projectsFromGraph({
    projectGraph,
    buildTargets: new Map(),
    kindOf: kindIn(root),
    nxJson: readNxJson(root),
  });
  const options = Object.values(projectGraph.nodes).flatMap(({ name, data }) => {
    const target = Object.values(data.targets ?? {}).find(({ executor }) => executor === EXECUTOR);
    return target ? [[name, optionsOf(engine, name, target.options)] as const] : [];
  });
  return {
    engine,
    projectGraph,
    input: { root, projects, overlay: pendingTexts(tree) },
    options: new Map(options),
  };
}

function optionsOf(engine: Engine, project: string, raw: unknown): VerifyOptions {
  const read = readOptions(engine, (raw ?? {}) as Readonly<Record<string, unknown>>);
  if (!('error' in read)) return read.verify;
  const reason = read.error instanceof Error ? read.error.message : String(read.error);
  throw new Error(`The verify-exports target of "${project}" has a wrong option: ${reason}`);
}

function pendingTexts(tree: Tree): ReadonlyMap<string, string> {
  const changes = tree.listChanges().filter(({ type, content }) => type === 'UPDATE' && content !== null);
  return new Map(changes.map(({ path, content }) => [path.replaceAll('\\', '/'), content!.toString('utf8')]));
}
