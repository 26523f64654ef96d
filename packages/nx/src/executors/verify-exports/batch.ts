import { setImmediate } from 'node:timers/promises';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { keepEngineCode, loadEngine } from '../../engine';
import { printsBatchOutput } from '../../compat/batch-output';
import type { ExecutorOptions } from '../../options/types';
import { batchSummary } from './batch-summary';
import { batchingHint } from './batching-hint';
import { TaskChecker } from './task-checker';
import type { Job, Outcome, PrintedFindings } from './task-checker';
import { Unreplayable } from './unreplayable';

/** Until then, what was read from modules takes memory. */
const SAVED_AT_ONCE = 50;

interface TaskResult {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly terminalOutput: string;
    readonly startTime: number;
    readonly endTime: number;
  };
}

/**
 * Checks many projects in one process and reads the workspace once. Each task gets its own result
 * and output.
 */
export default async function* verifyExportsBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, ExecutorOptions>>,
  _overrides: ExecutorOptions,
  context: ExecutorContext,
): AsyncGenerator<TaskResult, void, undefined> {
  const tasks = Object.values(taskGraph.tasks)
    .sort(byId)
    .map(({ id, target }) => {
      const job: Job = { project: target.project, targetName: target.target, options: { ...options[id] } };
      return { id, job };
    });
  const engine = await loadEngine(true);
  const unreplayable = new Unreplayable(engine, context);
  const checker = new TaskChecker(
    engine,
    context,
    tasks.map(({ job }) => job),
  );
  checker.readAhead(tasks.map(({ job }) => job.project));
  const prints = !printsBatchOutput(context.root);
  const progress = new engine.Progress(tasks.length);
  const outcomes: Outcome[] = [];
  const printed: PrintedFindings = new Map();
  for (const { id, job } of tasks) {
    const startTime = Date.now();
    progress.show(job.project);
    await checker.load(job);
    const outcome = unreplayable.apply(checker.outcomeOf(job, printed), {
      job,
      taskId: id,
      run: checker.run,
    });
    outcomes.push(outcome);
    const { success, text } = outcome;
    // The parser's native memory is released only between turns of the event loop. Without this it
    // grows to gigabytes.
    await setImmediate();
    progress.clear();
    if (outcomes.length % SAVED_AT_ONCE === 0) checker.saveCache();
    if (prints) console.log(`\n> nx run ${id}\n\n${text}`);
    yield { task: id, result: { success, terminalOutput: `${text}\n`, startTime, endTime: Date.now() } };
  }
  checker.saveCache();
  await keepEngineCode();
  // Not part of a task's output: the cache would replay it when it is no longer true.
  if (isForPrograms(tasks)) return;
  const all = context.taskGraph;
  const hint = batchingHint({ root: context.root, batch: taskGraph, all, command: process.ppid });
  for (const line of [batchSummary(outcomes), hint]) if (line) console.log(`\n${line}`);
}

/** With a format such as JSON, a program may read everything that is printed. */
function isForPrograms(tasks: readonly { readonly job: Job }[]): boolean {
  const isForPeople = (format: unknown): boolean =>
    [undefined, 'text', 'github'].some((each) => each === format);
  return tasks.some(({ job }) => !isForPeople(job.options['format']));
}

/** Nx lists the tasks in the order in which they became ready, which differs from run to run. */
function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
