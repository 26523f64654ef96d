import { remembered } from './collections/remembered.js';
import { workersFor } from './parse/ahead/workers-for.js';
import { ReadAhead } from './parse/ahead/read-ahead.js';
import { languageOf } from './parse/language-of.js';
import { mentionsAny } from './text-scan/mentions.js';
import { textScanner } from './text-scan/scan-text.js';
import type { TextScan, TextScanner } from './text-scan/scan-text.js';
import { SourceDeclarations } from './parse/source-declarations.js';
import type { FilePath } from './model/place.js';
import type { Problem } from './model/problem.js';
import type { EntryPoint, Workspace, WorkspaceInput, WorkspacePackage } from './model/workspace.js';
import { KeptReports } from './kept-reports.js';
import { KeptFacts } from './parse/kept-facts.js';
import { ModuleStore } from './parse/module-store.js';
import { CacheFolder } from './read/cache-folder.js';
import { circleIn, dependencyGraph } from './read/dependency-paths.js';
import type { DependencyGraph } from './read/dependency-paths.js';
import { Disk } from './read/disk.js';
import { isWithin } from './read/file-path.js';
import { outputFilesOf, sourceFilesOf } from './read/package-files.js';
import { readWorkspace } from './read/read-workspace.js';
import { UnchangedFiles } from './read/unchanged-files.js';
import { buildProblemOf } from './resolve/build-problem.js';
import { entryPointsOf } from './resolve/entry-points.js';
import { PackageOwners } from './resolve/package-owners.js';
import { forConsumers } from './resolve/workspace-conditions.js';

const NONE: ReadonlySet<string> = new Set();

/** An earlier run over the same workspace, and what has changed on disk since it was opened. */
export interface EarlierRun {
  readonly run: Run;
  /**
   * Every path, relative to the root, at which something was written, created, removed, moved or
   * made a link. Everything inside such a path counts as changed. `.` means everything. A path too
   * many costs time. A missing path makes results wrong.
   */
  readonly changed: Iterable<FilePath>;
}

/** How much a run has done. */
export interface RunCounts {
  /** Paths and folders that were looked up on the disk. */
  readonly looks: number;
  /** Texts that were read. */
  readonly reads: number;
  /** Texts that were lexed or parsed. */
  readonly parses: number;
  /** Those that this thread parsed, because the lexer was not enough. */
  readonly trees: number;
  /** Facts that came from the cache folder instead. */
  readonly loaded: number;
  /** Reports that came from the cache folder. */
  readonly replays: number;
}

/**
 * One state of a workspace. Everything that is read, parsed or linked is kept, so checking many
 * projects costs little more than checking one. Files on disk must not change while a run is in
 * use. After a change, open another run, which takes over what is still true (see `openRun`).
 */
export class Run {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  /**
   * Where sources declare names. It is used for each missing name, by every project that lacks it.
   */
  readonly declarations: SourceDeclarations;
  /** The reports of earlier processes; absent if the caller does not want them. */
  readonly reports?: KeptReports;
  /** Whether a text may import workspace packages. */
  readonly mentions: (text: string) => boolean;
  readonly #byProject: ReadonlyMap<string, WorkspacePackage>;
  #dependencies: DependencyGraph | undefined;
  readonly #elsewhere: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #entryPoints = new Map<string, readonly EntryPoint[]>();
  readonly #overlay: WorkspaceInput['overlay'];
  readonly #kept: KeptFacts | undefined;
  readonly #scanner: TextScanner;
  readonly #names: readonly string[];
  readonly #isFirst: boolean;

  constructor(input: WorkspaceInput, earlier?: EarlierRun) {
    const { cacheFolder } = input;
    const keepsReports =
      cacheFolder !== undefined && input.keepReports === true && !earlier && !input.overlay;
    this.disk = new Disk(input.root, input.overlay, keepsReports);
    this.workspace = readWorkspace(this.disk, input);
    this.#overlay = input.overlay;
    const names = namesOf(this.workspace);
    this.#names = names;
    this.#isFirst = !earlier && !input.overlay;
    this.mentions = mentionsAny(names);
    this.#scanner = textScanner(names);
    this.#kept = this.#keptFacts(cacheFolder);
    if (keepsReports) {
      const { root, projects, checkedElsewhere } = input;
      const given = JSON.stringify([root, projects, checkedElsewhere]);
      const all = (): readonly string[] => this.workspace.packages.map(({ project }) => project);
      this.reports = new KeptReports(new CacheFolder(cacheFolder, this.disk.root), this.disk, given, all);
    }
    this.modules =
      earlier?.run.disk.root === this.disk.root
        ? this.#renewedModules(earlier)
        : new ModuleStore(this.disk, this.#scanner, this.#kept);
    this.declarations = new SourceDeclarations(this.modules, (pkg) =>
      sourceFilesOf(this.disk, this.workspace, pkg),
    );
    const elsewhere = Object.entries(input.checkedElsewhere ?? {});
    this.#elsewhere = new Map(elsewhere.map(([project, providers]) => [project, new Set(providers)]));
    this.#byProject = new Map(this.workspace.packages.map((pkg) => [pkg.project, pkg]));
  }

  /** A new run takes over nothing else: the disk is read again, and everything is linked again. */
  #renewedModules({ run, changed }: EarlierRun): ModuleStore {
    const unchanged = new UnchangedFiles(this.disk, changed);
    const overlaid = (file: FilePath): boolean => [run, this].some((each) => each.#overlay?.has(file));
    const store = new ModuleStore(this.disk, this.#scanner, this.#kept);
    store.takeOver(run.modules, (file) => !overlaid(file) && unchanged.has(file));
    return store;
  }

  #keptFacts(folder: string | undefined): KeptFacts | undefined {
    if (folder === undefined) return undefined;
    const { packages } = this.workspace;
    const owners = new PackageOwners(packages);
    return new KeptFacts(new CacheFolder(folder, this.disk.root), {
      groupOf: (file) => {
        const root = owners.of(file)?.root ?? '.';
        return isWithin(root, file) ? root : '.';
      },
      groups: () => packages.map(({ root }) => root),
      exists: (file) => this.disk.isFile(file),
    });
  }

  /**
   * Starts to read the files of projects in other threads, in the order in which the projects will be
   * checked. It does nothing if that does not pay: for a few projects of many, or if an earlier process
   * or an earlier run has read the files before.
   *
   * @param workers how many threads; the default is what the machine has to spare
   */
  readAhead(projects: readonly string[], workers: number | undefined): void {
    const isMost = projects.length * 2 >= this.workspace.packages.length;
    const count = workersFor(workers);
    if (!isMost || count === 0 || !this.#isFirst || this.#kept?.isEmpty === false) return;
    const files = new Map<FilePath, 0 | 1>();
    for (const project of projects) {
      const pkg = this.packageOf(project);
      if (!pkg || pkg.problem) continue;
      for (const file of outputFilesOf(this.disk, this.workspace, pkg)) if (isCode(file)) files.set(file, 0);
      for (const file of sourceFilesOf(this.disk, this.workspace, pkg))
        if (!files.has(file)) files.set(file, 1);
    }
    const order = {
      root: this.disk.root,
      files: [...files.keys()],
      sources: Uint8Array.from(files.values()),
      names: this.#names,
    };
    this.modules.useAhead(ReadAhead.start(order, count));
  }

  /** Writes what was found to the caller's cache folder, for later processes. */
  saveCache(): void {
    this.#kept?.save();
    this.reports?.save();
  }

  /** What the run has done so far. It depends on the workspace alone, and not on the machine. */
  get counts(): RunCounts {
    return {
      looks: this.disk.looks,
      reads: this.disk.reads,
      parses: this.modules.parses,
      trees: this.modules.trees,
      loaded: this.#kept?.loaded ?? 0,
      replays: this.reports?.replays ?? 0,
    };
  }

  /** The projects that depend on each other in a cycle with a project, itself included. */
  circleOf(project: string): ReadonlySet<string> {
    this.#dependencies ??= dependencyGraph(this.workspace);
    return circleIn(this.#dependencies, project);
  }

  /** Providers whose own tasks check the project's imports from them. */
  checkedElsewhere(project: string): ReadonlySet<string> {
    return this.#elsewhere.get(project) ?? NONE;
  }

  /** The packages whose imports from a project only the project's own task checks. */
  checkedHere(project: string): readonly WorkspacePackage[] {
    if (this.#elsewhere.size === 0) return [];
    return this.workspace.packages.filter((pkg) => this.checkedElsewhere(pkg.project).has(project));
  }

  /** Makes a test for texts that may import one package: by its name, or by a path alias. */
  mentionsOf({ name }: WorkspacePackage): (scan: TextScan) => boolean {
    const beginnings = [...(name === undefined ? [] : [name]), ...aliasesOf(this.workspace)];
    return ({ hidden, mentions, mentioned }) =>
      mentions &&
      (hidden ||
        mentioned.length === 0 ||
        mentioned.some((specifier) => beginnings.some((each) => specifier.startsWith(each))));
  }

  packageOf(project: string): WorkspacePackage | undefined {
    return this.#byProject.get(project);
  }

  entryPointsOf(pkg: WorkspacePackage): readonly EntryPoint[] {
    return remembered(this.#entryPoints, pkg.project, () =>
      entryPointsOf(this.disk, pkg, this.workspace.pathAliases),
    );
  }

  /** Why a package cannot be checked at all: its manifest cannot be read, or it is not built. */
  problemOf(pkg: WorkspacePackage): Problem | undefined {
    return pkg.problem ?? buildProblemOf(this.disk, pkg, () => forConsumers(this.entryPointsOf(pkg)));
  }
}

/**
 * Reads a workspace.
 *
 * @param earlier a run whose parsed modules are kept if their files have not changed, for a process
 *   that continues while people edit. The results are those of a run without it. The earlier run
 *   must not be used any more.
 * @throws VerifyError if the root cannot be read at all
 */
export function openRun(input: WorkspaceInput, earlier?: EarlierRun): Run {
  return new Run(input, earlier);
}

function isCode(file: FilePath): boolean {
  return ['js', 'jsx', 'dts'].includes(languageOf(file));
}

function namesOf(workspace: Workspace): readonly string[] {
  const names = workspace.packages.flatMap(({ name }) => name ?? []);
  return [...names.filter(Boolean), ...aliasesOf(workspace)];
}

function aliasesOf(workspace: Workspace): readonly string[] {
  return workspace.pathAliases.map(({ pattern }) => pattern.replace(/\*.*$/, '')).filter(Boolean);
}
