import type { Outcome } from './task-checker';

/** One line for a whole batch. Empty for a single task, whose own output is enough. */
export function batchSummary(outcomes: readonly Outcome[]): string {
  return outcomes.length < 2 ? '' : summaryOf(outcomes);
}

/** One line for any number of projects. */
export function summaryOf(outcomes: readonly Outcome[]): string {
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
    knownCount(total(({ known = 0 }) => known)),
  ].filter(Boolean);
  const result = failed === 0 ? '' : `, ${failed} failed`;
  const found = counts.length > 0 ? `: ${counts.join(', ')}` : '';
  return `${failed === 0 ? '✔' : '✖'} verify-exports: ${counted(outcomes.length, 'project')}${result}${found}`;
}

function knownCount(known: number): string {
  return known === 0 ? '' : `${known} in the baselines`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
