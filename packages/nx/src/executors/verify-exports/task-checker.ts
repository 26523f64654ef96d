import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExecutorContext, TargetConfiguration } from '@nx/devkit';
import type { EarlierRun, Engine, Finding, LoadReport, Report, Run } from '../../engine';
import { coveredDependents } from '../../graph/covered-dependents';
import { statedTargets } from '../../graph/workspace-from-graph';
import { workspaceInput } from '../../graph/workspace-input';
import { FORMATS } from '../../options/schemas';
import { pluginOptionFaults } from '../../plugin-options';
import { writeWhole } from '../../write-whole';
import { readOptions } from './executor-options';
import type { ReadOptions } from './executor-options';
import { optionSource } from './option-source';
import { couldNotCheck } from './could-not-check';
import { writeReport } from './write-report';

/** One task: the target, the project, and the options that Nx passes. */
export interface Job {
  readonly project: string;
  readonly targetName: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The outcome of a task: whether it succeeded, and the text to print. */
export interface Outcome {
  readonly success: boolean;
  readonly text: string;
  /** Absent if the project could not be checked. */
  readonly report?: Report;
  /** The errors and warnings. One breakage has the same fingerprint in all projects that report it. */
  readonly findings: readonly Pick<Finding, 'fingerprint' | 'severity'>[];
  /** How many findings are in the baseline. */
  readonly known?: number;
  /** The check passed, but Nx must not cache that. */
  readonly unreplayable?: boolean;
  /** Whether a module does not parse, maybe because a build is still writing it. */
  readonly hasUnparsedModule: boolean;
}

/** The findings that were printed before, by fingerprint, with the project that showed them. */
export type PrintedFindings = Map<string, string>;

/** What checking needs from Nx. */
export type CheckContext = Pick<ExecutorContext, 'root' | 'projectGraph' | 'taskGraph'> &
  Partial<Pick<ExecutorContext, 'nxJsonConfiguration'>> & {
    /**
     * Whether to use and keep reports of earlier processes that saw the same files. A task that runs
     * because a source of a dependency changed often sees the same.
     */
    readonly keepReports?: boolean;
  };

/** Checks tasks one after the other and reads the workspace once. The executors share it. */
export class TaskChecker {
  readonly #engine: Engine;
  readonly #context: CheckContext;
  readonly #buildTargets: ReadonlyMap<string, readonly string[]>;
  readonly #earlier: EarlierRun | undefined;
  readonly #loads = new Map<string, () => LoadReport | undefined>();
  #run: Run | undefined;

  /** @param earlier an earlier run, and what changed since */
  constructor(engine: Engine, context: CheckContext, jobs: readonly Job[], earlier?: EarlierRun) {
    this.#engine = engine;
    this.#context = context;
    this.#earlier = earlier;
    this.#buildTargets = new Map(
      jobs.flatMap(({ project, options }) => {
        const stated = statedTargets(options);
        return stated ? [[project, stated] as const] : [];
      }),
    );
  }

  /** The run; undefined until a project was checked. */
  get run(): Run | undefined {
    return this.#run;
  }

  /** Starts threads that read the files of many projects. Call it before the first of them is checked. Never throws. */
  readAhead(projects: readonly string[]): void {
    try {
      this.#engine.readAhead({ run: this.#opened(), projects });
    } catch {
      // Each task reports why the workspace cannot be read.
    }
  }

  /** Keeps what was read from modules, for later processes. Never throws. */
  saveCache(): void {
    if (this.#run) this.#engine.saveCache(this.#run);
  }

  /**
   * Loads the entry points of a task's project, if its options request that. The next call of `outcomeOf` for the
   * project reports the result. Never throws: `outcomeOf` reports what is wrong.
   */
  async load(job: Job): Promise<void> {
    this.#loads.delete(job.project);
    if (!job.options.load && job.options.probe === undefined) return;
    try {
      const options = readOptions(this.#engine, job.options);
      if ('error' in options) return;
      const question = { run: this.#opened(), project: job.project, options: options.verify };
      const loads = await this.#engine.loadEntryPoints(question);
      this.#loads.set(job.project, () => loads);
    } catch (error) {
      this.#loads.set(job.project, () => {
        throw error;
      });
    }
  }

  /**
   * Never throws: a project that cannot be checked must not prevent the check of the others.
   *
   * @param printed findings that need no second explanation; the method adds those that it prints
   */
  outcomeOf(job: Job, printed?: PrintedFindings): Outcome {
    const projectRoot = this.#context.projectGraph.nodes[job.project]?.data.root ?? '.';
    try {
      return this.#outcome(job, projectRoot, printed);
    } catch (error) {
      this.#discardReport(projectRoot);
      return failed(couldNotCheck(job.project, error));
    }
  }

  #outcome(job: Job, projectRoot: string, printed?: PrintedFindings): Outcome {
    const [fault] = pluginOptionFaults(this.#context.nxJsonConfiguration);
    if (fault !== undefined) {
      this.#discardReport(projectRoot);
      return failed(couldNotCheck(job.project, this.#wrongPluginOption(fault), 'nx.json'));
    }
    const options = readOptions(this.#engine, job.options);
    if ('error' in options) {
      this.#discardReport(projectRoot);
      const source = optionSource(options.option, { projectRoot, targetName: job.targetName }, (file) =>
        this.#read(file),
      );
      return failed(couldNotCheck(job.project, options.error, source ?? 'the command line'));
    }
    const target = this.#context.projectGraph.nodes[job.project]?.data.targets?.[job.targetName];
    const report = this.#report(job.project, options, target);
    const fails = this.#engine.exitStatusOf([report]) !== 0;
    // The output of a task that passes is replayed alone, so it must not refer to another one.
    const text = this.#render(report, options, true, fails && !options.verbose ? printed : undefined);
    for (const { fingerprint } of report.findings)
      if (printed && !printed.has(fingerprint)) printed.set(fingerprint, job.project);
    const outcome = {
      text,
      report,
      findings: countedIn(report),
      known: report.baseline?.known.length ?? 0,
      hasUnparsedModule: this.#engine.hasUnparsedModule(report),
    };
    try {
      this.#write(report, options, projectRoot);
    } catch (error) {
      // The findings are true all the same, so they are printed.
      this.#discardReport(projectRoot);
      return { ...outcome, success: false, text: `${text}\n\n${couldNotCheck(job.project, error)}` };
    }
    return { ...outcome, success: !fails };
  }

  #write(report: Report, options: ReadOptions, projectRoot: string): void {
    const { root } = this.#context;
    writeReport(this.#engine, root, projectRoot, report);
    if (options.outputFile !== undefined)
      writeWhole(resolve(root, options.outputFile), `${this.#render(report, options, false)}\n`);
    for (const format of FORMATS) {
      const file = options.outputFiles[format];
      if (file !== undefined)
        writeWhole(resolve(root, file), `${this.#render(report, { ...options, format }, false)}\n`);
    }
  }

  #wrongPluginOption(message: string): Error {
    const remedy = 'Correct the options of "@verify-exports/nx" under "plugins".';
    return new this.#engine.VerifyError({ kind: 'invalid-option', message, remedy });
  }

  #report(project: string, options: ReadOptions, target: TargetConfiguration | undefined): Report {
    const run = this.#opened();
    const dependents = coveredDependents(target, this.#context.projectGraph);
    const report = this.#engine.verify({
      run,
      project,
      options: options.verify,
      loads: this.#loads.get(project)?.(),
      ...(dependents && { dependentsToCheck: dependents }),
    });
    // Nx replays a pass, so only a result that fails may contain what no input of the task covers.
    return report.verdict === 'fail' ? this.#engine.withHistory(report, run) : report;
  }

  #opened(): Run {
    const { projectGraph, taskGraph, root, keepReports = false } = this.#context;
    this.#run ??= this.#engine.openRun(
      {
        ...workspaceInput({ root, projectGraph, taskGraph, buildTargets: this.#buildTargets }),
        keepReports,
      },
      this.#earlier,
    );
    return this.#run;
  }

  #render(
    report: Report,
    { format, verbose }: ReadOptions,
    isTerminal: boolean,
    printed?: PrintedFindings,
  ): string {
    if (format === 'json') return this.#engine.renderJson(report).trimEnd();
    if (format !== 'text' && format !== 'github')
      return this.#engine
        .renderReport(format, this.#engine.mergeReports([report]), {
          readText: this.#engine.sourceReader(this.#context.root),
        })
        .trimEnd();
    const color = isTerminal && this.#engine.hasColor();
    // The output of a task that passes may be replayed on another machine, where the files of this
    // one do not exist.
    const links = isTerminal && report.verdict === 'fail' && this.#engine.hasLinks();
    const text = this.#engine.renderText(report, { color, verbose, links, ...(printed && { printed }) });
    const commands = format === 'github' ? this.#engine.renderGithub(report) : '';
    return commands === '' ? text : `${text}\n\n${commands}`;
  }

  /** Removes a report that is no longer true. */
  #discardReport(projectRoot: string): void {
    try {
      rmSync(join(this.#context.root, this.#engine.reportPathOf(projectRoot)), { force: true });
    } catch {
      // A folder of that name, or a file system that cannot be written: there is no report to
      // remove.
    }
  }

  #read(file: string): string | undefined {
    try {
      return readFileSync(join(this.#context.root, file), 'utf8');
    } catch {
      return undefined;
    }
  }
}

/** The outcome of a project that could not be checked. */
function failed(text: string): Outcome {
  return { success: false, text, findings: [], hasUnparsedModule: false };
}

function countedIn({ findings }: Report): Outcome['findings'] {
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ fingerprint, severity }) => ({ fingerprint, severity }));
}
