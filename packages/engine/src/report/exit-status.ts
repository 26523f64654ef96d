import type { Report } from '../model/report.js';

/**
 * The exit status for a set of reports: 0 if all pass, 1 if there is an error, 2 if there is no
 * error but something could not be checked because of the input.
 */
export function exitStatusOf(reports: readonly Report[]): 0 | 1 | 2 {
  const findings = reports.flatMap((report) => report.findings);
  if (findings.some(({ severity }) => severity === 'error')) return 1;
  return reports.some(({ problems }) => problems.length > 0) ? 2 : 0;
}
