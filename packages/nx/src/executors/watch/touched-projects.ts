import type { ProjectGraph } from '@nx/devkit';
import type { ProjectInput } from '../../engine';
import { importsInCircles } from '../../graph/circular-imports';
import { coveredDependents } from '../../graph/covered-dependents';
import { EXECUTOR } from '../../infer/infer-target';

/** Files whose change makes another project graph. */
const OF_THE_GRAPH =
  /(?:^|\/)(?:package\.json|project\.json)$|^(?:nx\.json|\.nxignore|\.gitignore|pnpm-workspace\.yaml|tsconfig[^/]*\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/;

/** What outside of all projects may matter: at the root what configures packing and images; elsewhere code that sources lead to. */
const OUTSIDE = /^(?:[^/]*\.?(?:Dockerfile|Containerfile)[^/]*|\.[^/]*ignore|\.npmrc)$/;
const OUTSIDE_CODE = /^(?!(?:.*\/)?\.[^/]+\/).*\.(?:[cm]?[jt]sx?|json|vue|svelte|astro)$/;

/** Which projects have to be judged again after a change. */
export class TouchedProjects {
  readonly #graph: ProjectGraph;
  readonly #owners = new Map<string, string[]>();
  /** Projects by the folders above them: when one of these comes or goes, so do they. */
  readonly #below = new Map<string, Set<string>>();
  /** The projects' folders and those above them. */
  readonly #aboveRoots = new Set<string>();
  readonly #dependents = new Map<string, Set<string>>();
  /** By project, those that hold its demands against themselves. */
  readonly #judges = new Map<string, Set<string>>();
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

  /** Whether a changed file makes another project graph; a manifest that a build writes does not. */
  changesGraph(file: string): boolean {
    return (
      file === '.' ||
      this.#aboveRoots.has(file) ||
      (OF_THE_GRAPH.test(file) && !this.#outputs.some((output) => isWithin(output, file)))
    );
  }

  /**
   * The projects whose verdicts a change may alter, nearest first: those that own what has changed; then, step by step, those that
   * depend on them as built. Those that hold an owner's demands against themselves come with the owners.
   */
  by(files: Iterable<string>): readonly string[] {
    const reached = new Set<string>();
    for (const file of files) for (const owner of this.#ownersOf(file)) reached.add(owner);
    const judges = [...reached].flatMap((owner) => [...(this.#judges.get(owner) ?? [])]);
    for (const project of reached) {
      // A set goes on to what is added while it is walked: nearest first.
      for (const dependent of this.#dependents.get(project) ?? []) reached.add(dependent);
    }
    return [...new Set([...reached, ...judges])];
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
      for (const provider of providers) note(this.#judges, importer, provider);
    }
    for (const { name, data } of Object.values(this.#graph.nodes)) {
      const target = Object.values(data.targets ?? {}).find(({ executor }) => executor === EXECUTOR);
      for (const dependent of coveredDependents(target, this.#graph) ?? this.#dependents.get(name) ?? []) {
        note(this.#judges, dependent, name);
        note(this.#dependents, name, dependent);
      }
    }
  }
}

/** Files at the root or anywhere else that inputs of the targets name. */
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
