import { printableData, printableJson } from '../model/printable.js';
import type { Severity } from '../model/report.js';
import type { MergedReport } from '../report/merged-report.js';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', info: 'info' };

/**
 * The report for GitLab's Code Quality
 * (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). What could not be
 * checked is of severity `critical`, because it hides findings.
 */
export function renderGitlab(given: MergedReport): string {
  const { findings, problems } = printableData({ findings: given.findings, problems: given.problems });
  const issues = [
    ...findings.map(({ code, rule, message, fix, severity, file, line, fingerprint }) => ({
      description: fix ? `${message} Fix: ${fix.title}` : message,
      check_name: `${code} ${rule}`,
      fingerprint,
      severity: SEVERITY[severity],
      location: { path: file, lines: { begin: line } },
    })),
    ...problems.map(({ kind, message, remedy, file, line }) => ({
      description: `${message} ${remedy}`,
      check_name: kind,
      fingerprint: `${kind} ${file ?? ''} ${message}`,
      severity: 'critical',
      location: { path: file ?? 'package.json', lines: { begin: line ?? 1 } },
    })),
  ];
  return `${printableJson(JSON.stringify(issues, null, 2))}\n`;
}
