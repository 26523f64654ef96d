import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExecutorContext, TargetConfiguration } from '@nx/devkit';
import type { EarlierRun, Engine, Report, Run } from '../../engine';
import { importsInCircles } from '../../graph/circular-imports';
import { coveredDependents } from '../../graph/covered-dependents';
import { kindIn } from '../../graph/kind-in';
import { projectsFromGraph } from '../../graph/workspace-from-graph';
import { pluginOptionFaults } from '../../plugin-options';
import { hasColor, hasLinks } from '../../terminal';
import { writeWhole } from '../../write-whole';
import { readOptions } from './executor-options';
import type { ReadOptions } from './executor-options';
import { optionSource } from './option-source';
import { unjudged } from './unjudged';

/** One task: which target of which project, and its options as Nx hands them over. */
export interface Job {
  readonly project: string;
  readonly targetName: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a task comes to: whether Nx is to go on, and what a person is to read. */
export interface Outcome {
  readonly success: boolean;
  readonly text: string;
  readonly errors: number;
  readonly warnings: number;
  /** Codes of what was found. */
  readonly codes: ReadonlySet<string>;
}

/** What judging needs of Nx. */
export type JudgeContext = Pick<ExecutorContext, 'root' | 'projectGraph' | 'taskGraph'> &
  Partial<Pick<ExecutorContext, 'nxJsonConfiguration'>>;

/** Judges tasks one after the other over one look at the workspace. What the executors have in common. */
export class Judge {
  readonly #engine: Engine;
  readonly #context: JudgeContext;
  readonly #buildTargets: ReadonlyMap<string, string>;
  readonly #earlier: EarlierRun | undefined;
  #run: Run | undefined;

  /** @param earlier what is known from an earlier look, and what has changed since */
  constructor(engine: Engine, context: JudgeContext, jobs: readonly Job[], earlier?: EarlierRun) {
    this.#engine = engine;
    this.#context = context;
    this.#earlier = earlier;
    const stated = jobs.map(({ project, options }) => [project, options['buildTarget']] as const);
    this.#buildTargets = new Map(
      stated.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  }

  /** The look at the workspace; undefined until something was judged. */
  get run(): Run | undefined {
    return this.#run;
  }

  /** Never throws: one project that cannot be judged must not cost the others their verdicts. */
  outcomeOf(job: Job): Outcome {
    const projectRoot = this.#context.projectGraph.nodes[job.project]?.data.root ?? '.';
    try {
      return this.#outcome(job, projectRoot);
    } catch (error) {
      this.#discardReport(projectRoot);
      return failed(unjudged(job.project, error));
    }
  }

  #outcome(job: Job, projectRoot: string): Outcome {
    const [fault] = pluginOptionFaults(this.#context.nxJsonConfiguration);
    if (fault !== undefined) {
      this.#discardReport(projectRoot);
      return failed(unjudged(job.project, this.#wrongPluginOption(fault), 'nx.json'));
    }
    const options = readOptions(this.#engine, job.options);
    if ('error' in options) {
      this.#discardReport(projectRoot);
      const source = optionSource(options.option, { projectRoot, targetName: job.targetName }, (file) =>
        this.#read(file),
      );
      return failed(unjudged(job.project, options.error, source ?? 'the command line'));
    }
    const target = this.#context.projectGraph.nodes[job.project]?.data.targets?.[job.targetName];
    const report = this.#report(job.project, options, target);
    const text = this.#render(report, options, true);
    const outcome = { text, ...countsOf(report) };
    try {
      this.#write(report, options, projectRoot);
    } catch (error) {
      // What was found is true all the same, so it is printed.
      this.#discardReport(projectRoot);
      return { ...outcome, success: false, text: `${text}\n\n${unjudged(job.project, error)}` };
    }
    return { ...outcome, success: this.#engine.exitStatusOf([report]) === 0 };
  }

  #write(report: Report, options: ReadOptions, projectRoot: string): void {
    const { root } = this.#context;
    this.#engine.writeReport(root, report, this.#engine.reportPathOf(projectRoot));
    if (options.outputFile !== undefined)
      writeWhole(resolve(root, options.outputFile), `${this.#render(report, options, false)}\n`);
  }

  #wrongPluginOption(message: string): Error {
    const remedy = 'Correct the options of "@verify-exports/nx" under "plugins".';
    return new this.#engine.VerifyError({ kind: 'invalid-option', message, remedy });
  }

  #report(project: string, options: ReadOptions, target: TargetConfiguration | undefined): Report {
    const { projectGraph, taskGraph, root } = this.#context;
    const projects = () =>
      projectsFromGraph({ projectGraph, taskGraph, buildTargets: this.#buildTargets, kindOf: kindIn(root) });
    this.#run ??= this.#engine.openRun(
      { root, projects: projects(), judgedElsewhere: importsInCircles(projectGraph) },
      this.#earlier,
    );
    const dependents = coveredDependents(target, projectGraph);
    return this.#engine.verify({
      run: this.#run,
      project,
      options: options.verify,
      ...(dependents && { dependentsToJudge: dependents }),
    });
  }

  #render(report: Report, { format, verbose }: ReadOptions, isTerminal: boolean): string {
    if (format === 'json') return this.#engine.renderJson(report).trimEnd();
    const color = isTerminal && hasColor();
    // The output of a task that passes is cached and replayed elsewhere, where this machine's files are not.
    const links = isTerminal && report.verdict === 'fail' && hasLinks();
    const text = this.#engine.renderText(report, { color, verbose, links });
    const commands = format === 'github' ? this.#engine.renderGithub(report) : '';
    return commands === '' ? text : `${text}\n\n${commands}`;
  }

  /** A report that is no longer true is worse than none. */
  #discardReport(projectRoot: string): void {
    try {
      rmSync(join(this.#context.root, this.#engine.reportPathOf(projectRoot)), { force: true });
    } catch {
      // A folder of that name, or a file system that cannot be written: then there is no report to remove.
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

/** A project that could not be judged. */
function failed(text: string): Outcome {
  return { success: false, text, errors: 0, warnings: 0, codes: new Set() };
}

function countsOf({ findings }: Report): Pick<Outcome, 'errors' | 'warnings' | 'codes'> {
  const count = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length;
  const codes = new Set(findings.map(({ code }) => code));
  return { errors: count('error'), warnings: count('warning'), codes };
}
