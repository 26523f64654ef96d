import type { Report } from '../model/report.js';

/**
 * The exit status that reports come to: 0 all pass, 1 something is broken, 2 nothing is broken as far as could be judged but
 * something could not be judged for a reason in the input.
 */
export function exitStatusOf(reports: readonly Report[]): 0 | 1 | 2 {
  const findings = reports.flatMap((report) => report.findings);
  if (findings.some(({ severity }) => severity === 'error')) return 1;
  return reports.some(({ problems }) => problems.length > 0) ? 2 : 0;
}
