import { setImmediate } from 'node:timers/promises';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { loadEngine } from '../../engine';
import { nxMajor } from '../../nx-major';
import type { ExecutorOptions } from './executor-options';
import { batchSummary } from './batch-summary';
import { batchingHint } from './batching-hint';
import { Judge } from './judge';
import type { Job, Outcome } from './judge';
import { Progress } from './progress';
import { Unreplayable } from './unreplayable';

interface TaskResult {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    readonly terminalOutput: string;
    readonly startTime: number;
    readonly endTime: number;
  };
}

/** Nx 22 and later print a batch task's output themselves. */
const FIRST_MAJOR_THAT_PRINTS = 22;

/** Judges many projects in one process and over one look at the workspace; each task gets its own result and output. */
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
  const engine = await loadEngine();
  const unreplayable = new Unreplayable(engine, context);
  const judge = new Judge(
    engine,
    context,
    tasks.map(({ job }) => job),
  );
  const prints = nxMajor(context.root) < FIRST_MAJOR_THAT_PRINTS;
  const progress = new Progress(tasks.length);
  const outcomes: Outcome[] = [];
  for (const { id, job } of tasks) {
    const startTime = Date.now();
    progress.tell(job.project);
    const outcome = unreplayable.apply(judge.outcomeOf(job), { job, taskId: id, run: judge.run });
    outcomes.push(outcome);
    const { success, text } = outcome;
    // The parser's native memory is given back between turns of the event loop only; without this it grows to gigabytes.
    await setImmediate();
    progress.clear();
    if (prints) console.log(`\n> nx run ${id}\n\n${text}`);
    yield { task: id, result: { success, terminalOutput: `${text}\n`, startTime, endTime: Date.now() } };
  }
  // Not part of any task's output, so that it is not cached and replayed where it is not true.
  if (isJson(tasks)) return;
  const all = context.taskGraph;
  const hint = batchingHint({ root: context.root, batch: taskGraph, all, command: process.ppid });
  for (const line of [batchSummary(outcomes), hint]) if (line) console.log(`\n${line}`);
}

/** Who asks for JSON may well read all that is printed by a program. */
function isJson(tasks: readonly { readonly job: Job }[]): boolean {
  return tasks.some(({ job }) => job.options['format'] === 'json');
}

/** Nx lists the tasks as they became ready, which differs from run to run. */
function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
