import type { ProjectGraph } from '@nx/devkit';
import type { ProjectInput } from '../../engine';
import { importsInCircles } from '../../graph/circular-imports';
import { coveredDependents } from '../../graph/covered-dependents';
import { EXECUTOR } from '../../infer/executor-name';

/** Files whose change makes Nx build another project graph. */
const OF_THE_GRAPH =
  /(?:^|\/)(?:package\.json|project\.json)$|^(?:nx\.json|\.nxignore|\.gitignore|pnpm-workspace\.yaml|tsconfig[^/]*\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/;

/** Files outside all projects that matter: at the root, the configuration of packing and images. */
const OUTSIDE = /^(?:[^/]*\.?(?:Dockerfile|Containerfile)[^/]*|\.[^/]*ignore|\.npmrc)$/;
/** Code outside all projects, which sources may import. */
const OUTSIDE_CODE = /^(?!(?:.*\/)?\.[^/]+\/).*\.(?:[cm]?[jt]sx?|json|vue|svelte|astro)$/;

/** Finds the projects to check again after a change. */
export class TouchedProjects {
  readonly #graph: ProjectGraph;
  readonly #owners = new Map<string, string[]>();
  /**
   * Projects by the folders that contain them: if such a folder appears or disappears, so do its
   * projects.
   */
  readonly #below = new Map<string, Set<string>>();
  /** The folders of the projects, and the folders that contain them. */
  readonly #aboveRoots = new Set<string>();
  readonly #dependents = new Map<string, Set<string>>();
  /** By project, the projects whose tasks check its imports. */
  readonly #checkers = new Map<string, Set<string>>();
  readonly #outputs: readonly string[];
  readonly #stated: ReadonlySet<string>;

  constructor(graph: ProjectGraph, projects: readonly ProjectInput[]) {
    this.#graph = graph;
    this.#outputs = projects.flatMap(({ outputs }) => outputs ?? []);
    for (const { name, root, outputs = [] } of projects) {
      for (const folder of new Set([root, ...outputs])) this.#own(folder, name);
      for (let above = root; above !== '.'; above = parentOf(above)) this.#aboveRoots.add(above);
    }
    this.#connect();
    this.#stated = new Set(Object.values(graph.nodes).flatMap(({ data }) => statedInputs(data.targets)));
  }

  /**
   * Whether a changed file results in another project graph. A manifest that a build writes does
   * not.
   */
  changesGraph(file: string): boolean {
    return (
      file === '.' ||
      this.#aboveRoots.has(file) ||
      // The root's tsconfig extends this configuration.
      (this.#stated.has(file) && file.endsWith('.json')) ||
      (OF_THE_GRAPH.test(file) && !this.#outputs.some((output) => isWithin(output, file)))
    );
  }

  /**
   * The projects whose results a change may alter, nearest first: the owners of the changed files,
   * then their direct and indirect dependents, then the projects whose tasks check imports of an
   * owner.
   */
  by(files: Iterable<string>): readonly string[] {
    const reached = new Set<string>();
    for (const file of files) for (const owner of this.#ownersOf(file)) reached.add(owner);
    const checkers = [...reached].flatMap((owner) => [...(this.#checkers.get(owner) ?? [])]);
    for (const project of reached) {
      // Iterating a set also visits items that are added meanwhile, so the nearest come first.
      for (const dependent of this.#dependents.get(project) ?? []) reached.add(dependent);
    }
    return [...new Set([...reached, ...checkers])];
  }

  #ownersOf(file: string): Iterable<string> {
    const all = Object.keys(this.#graph.nodes);
    const isAtRoot = !file.includes('/');
    if (isAtRoot && this.changesGraph(file)) return all;
    if (file === '.' || OUTSIDE.test(file) || this.#stated.has(file)) return all;
    const below = this.#below.get(file);
    if (below) return below;
    for (let folder = file; folder !== '.'; folder = parentOf(folder)) {
      const owners = this.#owners.get(folder);
      if (owners) return owners;
    }
    return this.#owners.get('.') ?? (OUTSIDE_CODE.test(file) && !isAtRoot ? all : []);
  }

  #own(folder: string, project: string): void {
    this.#owners.set(folder, [...(this.#owners.get(folder) ?? []), project]);
    for (let above = folder; above !== '.'; above = parentOf(above)) {
      const known = this.#below.get(above) ?? new Set();
      this.#below.set(above, known.add(project));
    }
  }

  #connect(): void {
    const note = (map: Map<string, Set<string>>, from: string, to: string) =>
      void map.set(from, (map.get(from) ?? new Set()).add(to));
    for (const [source, edges] of Object.entries(this.#graph.dependencies)) {
      for (const { target } of edges) if (target in this.#graph.nodes) note(this.#dependents, target, source);
    }
    for (const [importer, providers] of Object.entries(importsInCircles(this.#graph))) {
      for (const provider of providers) note(this.#checkers, importer, provider);
    }
    for (const { name, data } of Object.values(this.#graph.nodes)) {
      const target = Object.values(data.targets ?? {}).find(({ executor }) => executor === EXECUTOR);
      for (const dependent of coveredDependents(target, this.#graph) ?? this.#dependents.get(name) ?? []) {
        note(this.#checkers, dependent, name);
        note(this.#dependents, name, dependent);
      }
    }
  }
}

/** Files that the inputs of a target name by path. */
function statedInputs(targets: ProjectGraph['nodes'][string]['data']['targets']): readonly string[] {
  const target = Object.values(targets ?? {}).find(({ executor }) => executor === EXECUTOR);
  return (target?.inputs ?? []).flatMap((input) =>
    typeof input === 'string' && input.startsWith('{workspaceRoot}/')
      ? input.slice('{workspaceRoot}/'.length)
      : [],
  );
}

export function isWithin(folder: string, file: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

function parentOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '.' : path.slice(0, cut);
}
