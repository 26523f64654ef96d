import type { Outcome } from './task-checker';

/** One line for a whole batch. Empty for a single task, whose own output is enough. */
export function batchSummary(outcomes: readonly Outcome[]): string {
  return outcomes.length < 2 ? '' : summaryOf(outcomes);
}

/**
 * One line for any number of projects. A breakage counts once, even if several projects report it. A
 * project that could not be checked is a problem of its own.
 */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const isHealthy = ({ success, findings }: Outcome): boolean => success && findings.length === 0;
  const mark = outcomes.every(({ success }) => success) ? '✔' : '✖';
  const concerned = outcomes.filter((outcome) => !isHealthy(outcome)).length;
  const known = knownCount(outcomes.reduce((sum, outcome) => sum + (outcome.known ?? 0), 0));
  if (concerned === 0)
    return `${mark} verify-exports: ${counted(outcomes.length, 'project')}${known && `: ${known}`}`;
  const errors = new Set<string>();
  const warnings = new Set<string>();
  for (const { fingerprint, severity } of outcomes.flatMap(({ findings }) => findings))
    (severity === 'error' ? errors : warnings).add(fingerprint);
  for (const fingerprint of errors) warnings.delete(fingerprint);
  const failed = outcomes.filter(
    ({ success, findings }) => !success && findings.every(({ severity }) => severity !== 'error'),
  );
  const unreplayable = failed.filter((outcome) => outcome.unreplayable).length;
  const unchecked = failed.length - unreplayable;
  const kinds = [
    counted(errors.size, 'error'),
    counted(warnings.size, 'warning'),
    unchecked > 0 ? `${counted(unchecked, 'project')} could not be checked` : '',
    unreplayable > 0 ? `${counted(unreplayable, 'pass', 'passes')} that Nx must not cache` : '',
    known,
  ].filter(Boolean);
  const problems = counted(errors.size + warnings.size + failed.length, 'problem');
  const where =
    concerned === outcomes.length
      ? counted(concerned, 'project')
      : `${concerned} of ${counted(outcomes.length, 'project')}`;
  return `${mark} verify-exports: ${problems} in ${where}: ${kinds.join(', ')}`;
}

function knownCount(known: number): string {
  return known === 0 ? '' : `${known} in the baselines`;
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return count === 0 ? '' : `${count} ${count === 1 ? noun : plural}`;
}
