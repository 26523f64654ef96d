import { setImmediate } from 'node:timers/promises';
import type { ProjectGraph } from '@nx/devkit';
import type { Engine, Run } from '../../engine';
import { TaskChecker } from '../verify-exports/task-checker';
import type { Job, CheckContext, Outcome } from '../verify-exports/task-checker';
import type { QuietChanges } from './quiet-changes';
import { RoundOutput } from './round-output';
import type { TouchedProjects } from './touched-projects';
import { beginLine } from './watch-words';

/**
 * How long the watch waits after the last change before it checks. Another change ends the check,
 * and the times below decide when a failure is printed.
 */
export const QUIET_MS = 10;
/**
 * How long nothing may change before a failure is printed: builds write one file after the other.
 */
export const SURE_MS = 250;
/** The same if all changes are those of one module: then a build hardly has more to write. */
export const ONE_MODULE_MS = 80;
/** The same if files are missing or incomplete: some builds empty their folder first. */
export const HALF_WRITTEN_MS = 2000;

/**
 * What the loop needs to know about the workspace. It is read again when the project graph changes.
 */
export interface Watched {
  readonly context: CheckContext;
  /** The tasks to check, by project. */
  readonly jobs: ReadonlyMap<string, Job>;
  readonly touched: TouchedProjects;
}

export interface WatchOptions {
  readonly engine: Engine;
  readonly changes: QuietChanges;
  /** @param graph the graph to start with; by default a new one is created */
  readonly read: (graph?: ProjectGraph) => Promise<Watched>;
  /** Whether a file is complete. */
  readonly isWhole: (file: string) => boolean;
  /** Whether packages were installed since the last call. */
  readonly installedAnew: () => boolean;
  readonly print: (text: string) => void;
  /** Called after each round with the results of all watched projects. */
  readonly finished?: (all: readonly Outcome[]) => void;
}

/**
 * Checks the projects that changes affect, in rounds, until it is stopped. No fault of the
 * workspace ends it.
 */
export class Watch {
  readonly #options: WatchOptions;
  readonly #outcomes = new Map<string, Outcome>();
  /** Projects that were not checked, or not printed, since the last change. */
  readonly #unfinished = new Set<string>();
  /** What changed since all results were printed. */
  readonly #unprinted = new Set<string>();
  #watched: Watched;
  #isGraphStale = false;
  /** Changes that the next run must take into account. */
  #changed = new Set<string>();
  /** Changes that arrived since the current round started. */
  #aside = new Set<string>();
  #run: Run | undefined;

  constructor(options: WatchOptions, watched: Watched) {
    this.#options = options;
    this.#watched = watched;
  }

  /** Notes changed files. Files that no result depends on, such as logs, do not delay a round. */
  changed(files: readonly string[]): void {
    const { jobs, touched } = this.#watched;
    const matters = (file: string) =>
      touched.changesGraph(file) || touched.by([file]).some((project) => jobs.has(project));
    const news = files.filter((file) => matters(file));
    // Kept in any case: the next run reuses the parsed modules of all other files.
    for (const file of files) this.#aside.add(file);
    if (news.length > 0) this.#options.changes.add(news);
  }

  /** @returns when the changes are stopped */
  async untilStopped(): Promise<void> {
    const { changes } = this.#options;
    let projects: readonly string[] = [...this.#watched.jobs.keys()];
    let begin = beginLine(projects.length);
    for (;;) {
      if (projects.length > 0) await this.#round(projects, begin);
      await changes.settled(QUIET_MS);
      if (changes.stopped) return;
      const files = [...changes.take()].sort();
      begin = beginLine(files);
      projects = await this.#touchedBy(files);
    }
  }

  /**
   * The projects to check, the most interesting ones first. Empty if no result depends on the
   * files.
   */
  async #touchedBy(files: readonly string[]): Promise<readonly string[]> {
    if (this.#options.installedAnew()) this.#run = undefined;
    const before = this.#watched.touched.by(files);
    if (this.#isGraphStale || files.some((file) => this.#watched.touched.changesGraph(file)))
      await this.#readGraph();
    const { jobs, touched } = this.#watched;
    const wanted = [...touched.by(files), ...before].filter((project) => jobs.has(project));
    if (wanted.length === 0 && this.#unfinished.size === 0) return [];
    for (const file of files) this.#unprinted.add(file);
    // The message of a finding contains exports of other packages, so failing projects are always
    // checked again.
    const failing = [...this.#outcomes].flatMap(([project, { success }]) => (success ? [] : project));
    return [...new Set([...wanted.slice(0, 1), ...failing, ...wanted, ...this.#unfinished])];
  }

  async #readGraph(): Promise<void> {
    try {
      this.#watched = await this.#options.read();
      this.#isGraphStale = false;
      for (const project of [...this.#outcomes.keys(), ...this.#unfinished]) {
        if (this.#watched.jobs.has(project)) continue;
        this.#outcomes.delete(project);
        this.#unfinished.delete(project);
      }
    } catch (error) {
      this.#isGraphStale = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.print(
        `\nNx cannot build the project graph. The watch uses the previous one until the error is fixed.\n${reason}`,
      );
    }
  }

  /**
   * Checks projects one after the other. A change ends the round, and the next round continues with
   * the rest.
   */
  async #round(projects: readonly string[], begin: string): Promise<void> {
    const { engine, changes, print } = this.#options;
    const { context, jobs } = this.#watched;
    this.#changed = new Set([...this.#changed, ...this.#aside]);
    this.#aside.clear();
    const earlier = this.#run && { run: this.#run, changed: this.#changed };
    const checker = new TaskChecker(engine, context, [...jobs.values()], earlier);
    const output = new RoundOutput(begin, print);
    for (const project of projects) this.#unfinished.add(project);
    for (const project of projects) {
      // Lets change events arrive, and releases the parser's native memory.
      await setImmediate();
      if (changes.any || changes.stopped) break;
      await checker.load(jobs.get(project)!);
      output.add(project, checker.outcomeOf(jobs.get(project)!));
      while (output.next && changes.quietFor >= this.#patience(output.next)) this.#printNext(output);
    }
    if (checker.run) [this.#run, this.#changed] = [checker.run, new Set()];
    while (output.next && (await changes.quiet(this.#patience(output.next)))) this.#printNext(output);
    if (this.#unfinished.size === 0) {
      this.#unprinted.clear();
      // Written before the last line is printed, because other programs wait for that line.
      this.#options.finished?.([...this.#outcomes.values()]);
      output.end([...this.#outcomes.values()]);
    }
    checker.saveCache();
  }

  #printNext(output: RoundOutput): void {
    const [project, outcome] = output.next!;
    output.printNext();
    this.#outcomes.set(project, outcome);
    this.#unfinished.delete(project);
  }

  /** How long nothing may change before an outcome is printed, in milliseconds. */
  #patience([project, { success, text, hasUnparsedModule }]: readonly [string, Outcome]): number {
    const printed = this.#outcomes.get(project);
    if (!printed || (printed.success === success && printed.text === text)) return 0;
    const isCutOff = hasUnparsedModule && !printed.hasUnparsedModule;
    if (success) return isCutOff ? SURE_MS : 0;
    const { isWhole } = this.#options;
    return isCutOff || [...this.#unprinted].some((file) => !isWhole(file)) ? HALF_WRITTEN_MS : this.#sure();
  }

  #sure(): number {
    return new Set([...this.#unprinted].map(moduleOf)).size > 1 ? SURE_MS : ONE_MODULE_MS;
  }
}

/** `x.js`, `x.d.ts` and their source maps are files of one module. */
function moduleOf(file: string): string {
  return file.replace(/(?:\.d)?\.[cm]?[jt]sx?(?:\.map)?$/, '');
}
