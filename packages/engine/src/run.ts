import { mentionsAny } from './demand/mentions.js';
import { Lens } from './lens.js';
import type { EntryPoint, Workspace, WorkspaceInput, WorkspacePackage } from './model/workspace.js';
import { ModuleStore } from './parse/module-store.js';
import { Disk } from './read/disk.js';
import { readWorkspace } from './read/read-workspace.js';
import { entryPointsOf } from './resolve/entry-points.js';

const NONE: ReadonlySet<string> = new Set();

/**
 * One look at a workspace: everything that is read, parsed or linked is kept, so that judging many projects costs little more
 * than judging one. What is on disk must not change while a run is in use.
 */
export class Run {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  readonly mentions: (text: string) => boolean;
  readonly #lenses = new Map<string, Lens>();
  readonly #byProject: ReadonlyMap<string, WorkspacePackage>;
  readonly #elsewhere: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #entryPoints = new Map<string, readonly EntryPoint[]>();

  constructor(input: WorkspaceInput) {
    this.disk = new Disk(input.root, input.overlay);
    this.workspace = readWorkspace(this.disk, input);
    this.modules = new ModuleStore(this.disk);
    this.mentions = mentionsAny(namesOf(this.workspace));
    const elsewhere = Object.entries(input.judgedElsewhere ?? {});
    this.#elsewhere = new Map(elsewhere.map(([project, providers]) => [project, new Set(providers)]));
    this.#byProject = new Map(this.workspace.packages.map((pkg) => [pkg.project, pkg]));
  }

  /** Providers that a project's demands are not held against in its own verdict. */
  judgedElsewhere(project: string): ReadonlySet<string> {
    return this.#elsewhere.get(project) ?? NONE;
  }

  /** The packages whose demands on a project are left to the project's verdict. */
  judgedHere(project: string): readonly WorkspacePackage[] {
    if (this.#elsewhere.size === 0) return [];
    return this.workspace.packages.filter((pkg) => this.judgedElsewhere(pkg.project).has(project));
  }

  packageOf(project: string): WorkspacePackage | undefined {
    return this.#byProject.get(project);
  }

  entryPointsOf(pkg: WorkspacePackage): readonly EntryPoint[] {
    const known = this.#entryPoints.get(pkg.project);
    if (known) return known;
    const entryPoints = entryPointsOf(this.disk, pkg, this.workspace.pathAliases);
    this.#entryPoints.set(pkg.project, entryPoints);
    return entryPoints;
  }

  /** The workspace as consumers see it who set the given conditions. */
  through(conditions: readonly string[]): Lens {
    const key = conditions.join(',');
    const known = this.#lenses.get(key);
    if (known) return known;
    const lens = new Lens(this, conditions);
    this.#lenses.set(key, lens);
    return lens;
  }
}

/** Reads a workspace. @throws VerifyError when its root cannot be read at all */
export function openRun(input: WorkspaceInput): Run {
  return new Run(input);
}

function namesOf(workspace: Workspace): readonly string[] {
  const names = workspace.packages.flatMap(({ name }) => name ?? []);
  return [...names, ...workspace.pathAliases.map(({ pattern }) => pattern.replace(/\*.*$/, ''))].filter(
    Boolean,
  );
}
