import { printableData } from '../model/printable.js';
import type { Problem } from '../model/problem.js';
import type { Finding, Report, Severity } from '../model/report.js';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** GitHub shows this many annotations of a kind for each step, and ignores the others. */
const MOST_ANNOTATIONS = 10;

/**
 * The report as workflow commands of GitHub Actions, one line for each finding and problem. GitHub
 * shows them beside the lines of code. If there are more than GitHub shows for a step, the last
 * one of a kind says how many are left out. Empty if there is nothing to report.
 */
export function renderGithub(report: Pick<Report, 'findings' | 'problems'>): string {
  const { findings, problems } = printableData({ findings: report.findings, problems: report.problems });
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  return [
    ...limited('error', [...problems.map(problemCommand), ...errors.map(findingCommand)]),
    ...limited('warning', warnings.map(findingCommand)),
  ].join('\n');
}

function limited(kind: 'error' | 'warning', commands: readonly string[]): readonly string[] {
  if (commands.length <= MOST_ANNOTATIONS) return commands;
  const shown = commands.slice(0, MOST_ANNOTATIONS - 1);
  const rest = commands.length - shown.length;
  return [
    ...shown,
    command(kind, { title: 'verify-exports' }, `${rest} more ${kind}s are in the log of this step.`),
  ];
}

function findingCommand(finding: Finding): string {
  const { severity, file, line, column, endLine, endColumn, code, rule, message, fix } = finding;
  const title = `${code} ${rule}`;
  const text = fix ? `${message}\nFix: ${fix.title}` : message;
  return command(COMMAND[severity], { file, line, endLine, col: column, endColumn, title }, text);
}

function problemCommand({ file, line, column, message, remedy }: Problem): string {
  const title = 'could not check';
  return command('error', { file, line, col: column, title }, `${message}\n${remedy}`);
}
function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  text: string,
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return `::${name} ${given.map(([key, value]) => `${key}=${escaped(String(value), true)}`).join(',')}::${escaped(text)}`;
}

/** Escapes like GitHub's own toolkit. A property ends at `:` or `,`. */
function escaped(text: string, property = false): string {
  const plain = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return property ? plain.replaceAll(':', '%3A').replaceAll(',', '%2C') : plain;
}
