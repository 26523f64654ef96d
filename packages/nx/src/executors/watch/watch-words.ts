import type { Outcome } from '../verify-exports/judge';
import { summaryOf } from '../verify-exports/batch-summary';

/** How VS Code tells when a round of the watch begins and ends; see docs/editors.md. */
export const WATCH_BACKGROUND = {
  activeOnStart: true,
  beginsPattern: '^\\s*> verify-exports: ',
  endsPattern: '^\\s*[✔✖] verify-exports: .* - watching$',
};

/** The line that begins a round: what has changed, or what is judged first of all. */
export function beginLine(cause: readonly string[] | number): string {
  if (typeof cause === 'number') return `> verify-exports: ${counted(cause, 'project')}`;
  const [first, ...others] = cause;
  const rest = others.length === 0 ? '' : ` and ${counted(others.length, 'other path')}`;
  return `> verify-exports: ${first ?? 'something'}${rest} changed`;
}

/** The line that ends a round: what is true of everything that is watched, and what it took. */
export function endLine(all: readonly Outcome[], judged: number, seconds: number): string {
  return `${summaryOf(all)} (${judged} judged in ${seconds.toFixed(2)} s) - watching`;
}

/** The line that tells once what to expect. */
export const EXPLANATION =
  'Judges again when outputs or sources change. It does not build: keep a build in watch mode running beside it.';

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
