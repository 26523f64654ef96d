import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskGraph } from '@nx/devkit';

/** Below this many verdicts, what a process each costs goes unnoticed. */
const MANY = 10;

export interface HintFacts {
  readonly root: string;
  /** The tasks of this batch. */
  readonly batch: TaskGraph;
  /** All tasks of the command. */
  readonly all: TaskGraph | undefined;
  /** The command that batches belong to, whatever tells it from others: the process that started this one. */
  readonly command: number;
}

/**
 * Tells, once a command, that its batches come down to single tasks: Nx waits for each batch, so that builds which become ready
 * meanwhile leave the next batch with what little they made possible.
 *
 * @returns the line to print; nothing where all is well, where it is told already, or where it cannot be noted as told
 */
export function batchingHint({ root, batch, all, command }: HintFacts): string | undefined {
  const [task] = Object.values(batch.tasks);
  if (Object.keys(batch.tasks).length > 1 || task === undefined || all === undefined) return undefined;
  const tasks = Object.values(all.tasks);
  const verdicts = tasks.filter(({ target }) => target.target === task.target.target).length;
  if (verdicts < MANY || verdicts === tasks.length || !isFirst(root, command)) return undefined;
  const builds = mostFrequent(
    tasks.map(({ target }) => target.target).filter((t) => t !== task.target.target),
  );
  return (
    `verify-exports: between builds, batches come down to one project each. Building first makes one batch of all ${verdicts}:\n` +
    `    nx run-many -t ${builds} && nx run-many -t ${task.target.target} --batch`
  );
}

/** @returns whether no batch of this command has told it before */
function isFirst(root: string, command: number): boolean {
  const file = join(root, '.nx/workspace-data/verify-exports-batching-hint');
  try {
    if (readIfThere(file) === String(command)) return false;
    writeFileSync(file, String(command));
    return true;
  } catch {
    return false; // No such folder: better never than with every batch.
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
