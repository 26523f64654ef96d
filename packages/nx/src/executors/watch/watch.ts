import { setImmediate } from 'node:timers/promises';
import type { ProjectGraph } from '@nx/devkit';
import type { Engine, Run } from '../../engine';
import { Judge } from '../verify-exports/judge';
import type { Job, JudgeContext, Outcome } from '../verify-exports/judge';
import type { QuietChanges } from './quiet-changes';
import { RoundOutput } from './round-output';
import type { TouchedProjects } from './touched-projects';
import { beginLine } from './watch-words';

/** A build that writes on is not judged in between. */
export const QUIET_MS = 60;
/** So long nothing may change before bad news is told: builds write one file after the other. */
export const SURE_MS = 250;
/** The same where files are gone or cut off: builds that begin with an empty folder take their time. */
export const HALF_WRITTEN_MS = 2000;
const UNPARSED_MODULE = 'VE902';

/** What the loop needs to know of the workspace, read again when the project graph changes. */
export interface Watched {
  readonly context: JudgeContext;
  /** What is judged, by project. */
  readonly jobs: ReadonlyMap<string, Job>;
  readonly touched: TouchedProjects;
}

export interface WatchOptions {
  readonly engine: Engine;
  readonly changes: QuietChanges;
  /** @param graph the one to begin with; otherwise the present one is made */
  readonly read: (graph?: ProjectGraph) => Promise<Watched>;
  /** Tells whether a file that was written is whole. */
  readonly isWhole: (file: string) => boolean;
  /** Tells whether installed packages are others than when it was last asked. */
  readonly installedAnew: () => boolean;
  readonly print: (text: string) => void;
}

/** Judges what changes touch, round after round, until the changes stop. Nothing that is wrong with the workspace ends it. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #outcomes = new Map<string, Outcome>();
  /** Judged not at all, or not told, since something changed. */
  readonly #unfinished = new Set<string>();
  /** What has changed since everything was told. */
  readonly #untold = new Set<string>();
  #watched: Watched;
  #isGraphStale = false;
  /** What has changed since the last look at the workspace was opened. */
  #changed = new Set<string>();
  #run: Run | undefined;

  constructor(options: WatchOptions, watched: Watched) {
    this.#options = options;
    this.#watched = watched;
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

  /** The projects to judge, those first that a person is likely to look for; none where the files do not matter. */
  async #touchedBy(files: readonly string[]): Promise<readonly string[]> {
    for (const file of files) this.#changed.add(file);
    if (this.#options.installedAnew()) this.#run = undefined;
    const before = this.#watched.touched.by(files);
    if (this.#isGraphStale || files.some((file) => this.#watched.touched.changesGraph(file)))
      await this.#readGraph();
    const { jobs, touched } = this.#watched;
    const wanted = [...touched.by(files), ...before].filter((project) => jobs.has(project));
    if (wanted.length === 0 && this.#unfinished.size === 0) return [];
    for (const file of files) this.#untold.add(file);
    // What others offer is part of a finding's message, so what fails is judged again in any case.
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
        `\nThe project graph cannot be read, so what is known of the projects serves until it can.\n${reason}`,
      );
    }
  }

  /** Judges projects one after the other. What changes meanwhile ends the round: it begins again with what is left. */
  async #round(projects: readonly string[], begin: string): Promise<void> {
    const { engine, changes, print } = this.#options;
    const { context, jobs } = this.#watched;
    const earlier = this.#run && { run: this.#run, changed: this.#changed };
    const judge = new Judge(engine, context, [...jobs.values()], earlier);
    const output = new RoundOutput(begin, print);
    for (const project of projects) this.#unfinished.add(project);
    for (const project of projects) {
      // Lets changes in, and gives the parser's memory back.
      await setImmediate();
      if (changes.any || changes.stopped) break;
      output.add(project, judge.outcomeOf(jobs.get(project)!));
      while (output.next && changes.quietFor >= this.#patience(output.next)) this.#tell(output);
    }
    if (judge.run) [this.#run, this.#changed] = [judge.run, new Set()];
    while (output.next && (await changes.quiet(this.#patience(output.next)))) this.#tell(output);
    if (this.#unfinished.size > 0) return;
    this.#untold.clear();
    output.end([...this.#outcomes.values()]);
  }

  #tell(output: RoundOutput): void {
    const [project, outcome] = output.next!;
    output.tellNext();
    this.#outcomes.set(project, outcome);
    this.#unfinished.delete(project);
  }

  /** How long nothing may have changed for an outcome to be told, in milliseconds. */
  #patience([project, { success, text, codes }]: readonly [string, Outcome]): number {
    const told = this.#outcomes.get(project);
    if (!told || (told.success === success && told.text === text)) return 0;
    const isCutOff = codes.has(UNPARSED_MODULE) && !told.codes.has(UNPARSED_MODULE);
    if (success) return isCutOff ? SURE_MS : 0;
    const { isWhole } = this.#options;
    return isCutOff || [...this.#untold].some((file) => !isWhole(file)) ? HALF_WRITTEN_MS : SURE_MS;
  }
}
