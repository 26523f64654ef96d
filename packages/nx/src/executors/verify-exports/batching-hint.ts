import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskGraph } from '@nx/devkit';

/** With fewer checks, users hardly notice the cost of a process for each. */
const MANY = 10;

export interface HintFacts {
  readonly root: string;
  /** The tasks of this batch. */
  readonly batch: TaskGraph;
  /** All tasks of the command. */
  readonly all: TaskGraph | undefined;
  /**
   * Identifies the command that the batches belong to: the id of the process that started this one.
   */
  readonly command: number;
}

/**
 * Explains, once per command, that its batches contain only single tasks: Nx waits for each batch,
 * so the next one contains only the few checks whose builds finished meanwhile.
 *
 * @returns the text to print; undefined if there is no need, if it was printed already, or if that
 * cannot be recorded
 */
export function batchingHint({ root, batch, all, command }: HintFacts): string | undefined {
  const [task] = Object.values(batch.tasks);
  if (Object.keys(batch.tasks).length > 1 || task === undefined || all === undefined) return undefined;
  const tasks = Object.values(all.tasks);
  const checks = tasks.filter(({ target }) => target.target === task.target.target).length;
  if (checks < MANY || checks === tasks.length || !isFirst(root, command)) return undefined;
  const builds = mostFrequent(
    tasks.map(({ target }) => target.target).filter((t) => t !== task.target.target),
  );
  return (
    `verify-exports: this batch contained only one project, because Nx ran builds between the checks. Build first to get one batch of all ${checks}:\n` +
    `    nx run-many -t ${builds} && nx run-many -t ${task.target.target} --batch`
  );
}

/** @returns whether no batch of this command has printed the hint before */
function isFirst(root: string, command: number): boolean {
  const file = join(root, '.nx/workspace-data/verify-exports-batching-hint');
  try {
    if (readIfThere(file) === String(command)) return false;
    writeFileSync(file, String(command));
    return true;
  } catch {
    return false; // No such folder. It is better to print nothing than to print it with every batch.
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function mostFrequent(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most))[0];
}
