import type { Outcome } from '../verify-exports/task-checker';
import { summaryOf } from '../verify-exports/batch-summary';

/** The patterns by which VS Code recognises the start and the end of a round (docs/editors.md). */
export const WATCH_BACKGROUND = {
  activeOnStart: true,
  beginsPattern: '^\\s*> verify-exports: ',
  endsPattern: '^\\s*[✔✖] verify-exports: .* - watching$',
};

/** The line that starts a round: what changed, or the number of projects in the first round. */
export function beginLine(cause: readonly string[] | number): string {
  if (typeof cause === 'number') return `> verify-exports: ${counted(cause, 'project')}`;
  const [first, ...others] = cause;
  const rest = others.length === 0 ? '' : ` and ${counted(others.length, 'other path')}`;
  return `> verify-exports: ${first ?? 'something'}${rest} changed`;
}

/** The line that ends a round: the result of all watched projects, and the time that it took. */
export function endLine(all: readonly Outcome[], checked: number, seconds: number): string {
  return `${summaryOf(all)} (${checked} checked in ${seconds.toFixed(2)} s) - watching`;
}

/** The line that the watch prints first. */
export const EXPLANATION =
  'Checks again when outputs or sources change. It does not build: run your build in watch mode in another terminal.';

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
