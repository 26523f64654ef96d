import { reachedFrom } from '../collections/reached-from.js';
import type { PackageJson, Workspace, WorkspacePackage } from '../model/workspace.js';

/** The names that a manifest declares, whichever field lists them. */
export function declaredNames(json: PackageJson | undefined): ReadonlySet<string> {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = json ?? {};
  const fields = [dependencies, devDependencies, peerDependencies, optionalDependencies];
  return new Set(
    fields.flatMap((field) => (typeof field === 'object' && field !== null ? Object.keys(field) : [])),
  );
}

/** The projects that each project depends on, by its manifest and by the caller's graph. */
export type DependencyGraph = ReadonlyMap<string, ReadonlySet<string>>;

export function dependencyGraph({ packages }: Workspace): DependencyGraph {
  const projects = new Map(
    packages.toReversed().flatMap(({ name, project }) => (name === undefined ? [] : [[name, project]])),
  );
  return new Map(
    packages.map(({ project, source, dependsOn = [] }) => {
      const declared = [...declaredNames(source?.json)].flatMap((name) => projects.get(name) ?? []);
      return [project, new Set([...declared, ...dependsOn].filter((target) => target !== project))];
    }),
  );
}

/** The projects that depend on a project and that it depends on, itself included. Almost all projects are alone. */
export function circleIn(graph: DependencyGraph, project: string): ReadonlySet<string> {
  const needed = reachedFrom([project], (each) => graph.get(each) ?? []);
  const isBack = (each: string): boolean => [...(graph.get(each) ?? [])].some((target) => circle.has(target));
  const circle = new Set([project]);
  for (let size = 0; size !== circle.size;) {
    size = circle.size;
    for (const each of needed) if (!circle.has(each) && isBack(each)) circle.add(each);
  }
  return circle;
}

/** The shortest way by which one project depends on another, both included. */
export function dependencyPath(
  graph: DependencyGraph,
  from: string,
  to: string,
): readonly string[] | undefined {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  for (const project of before.keys()) {
    if (project === to) return wayTo(before, to);
    for (const next of graph.get(project) ?? []) if (!before.has(next)) before.set(next, project);
  }
  return undefined;
}

function wayTo(before: ReadonlyMap<string, string | undefined>, to: string): readonly string[] {
  const way: string[] = [];
  for (let at: string | undefined = to; at !== undefined; at = before.get(at)) way.unshift(at);
  return way;
}

/** The way from one package back to another that a new dependency would close to a cycle. */
export function cycleThrough(
  workspace: Workspace,
  dependent: WorkspacePackage,
  provider: WorkspacePackage,
): readonly string[] | undefined {
  const graph = dependencyGraph(workspace);
  // An existing dependency is not new, so it cannot close a cycle.
  if (graph.get(dependent.project)?.has(provider.project)) return undefined;
  return dependencyPath(graph, provider.project, dependent.project);
}
