import type { TaskGraph } from '@nx/devkit';
import type { Outcome } from './judge';

/** One line for a batch as a whole; empty for a single task, whose own output says it all. */
export function batchSummary(outcomes: readonly Outcome[]): string {
  if (outcomes.length < 2) return '';
  const failed = outcomes.filter(({ success }) => !success).length;
  const total = (of: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
  const counts = [
    counted(
      total(({ errors }) => errors),
      'error',
    ),
    counted(
      total(({ warnings }) => warnings),
      'warning',
    ),
  ].filter(Boolean);
  const verdict = failed === 0 ? '' : `, ${failed} failed`;
  const found = counts.length > 0 ? `: ${counts.join(', ')}` : '';
  return `${failed === 0 ? '✔' : '✖'} verify-exports: ${outcomes.length} projects${verdict}${found}`;
}

/**
 * What to say when builds in between have cut one run into many batches. Only the batch with the run's first task says it, so
 * that it is said once.
 *
 * @param batch the tasks of this batch
 * @param run all tasks of the run, where Nx tells them
 */
export function interleavedHint(
  batch: Pick<TaskGraph, 'tasks'>,
  run: Pick<TaskGraph, 'tasks'> | undefined,
): string {
  const own = Object.keys(batch.tasks).sort();
  const targets = new Set(Object.values(batch.tasks).map(({ target }) => target.target));
  const all = Object.values(run?.tasks ?? {}).filter(({ target }) => targets.has(target.target));
  const first = all.map(({ id }) => id).sort()[0];
  if (all.length < MANY || own.length * 2 > all.length || own[0] !== first) return '';
  const [name] = targets;
  return `Builds in between cut this run of ${all.length} tasks into several batches. Build first, and one process gives all verdicts: nx run-many -t build && nx run-many -t ${name} --batch`;
}

/** Below, a process more or less is nothing to speak of. */
const MANY = 20;

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
