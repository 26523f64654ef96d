import { printableData } from '../model/printable.js';
import type { Problem } from '../model/problem.js';
import type { Finding, Report, Severity } from '../model/report.js';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * The report as workflow commands of GitHub Actions, one line for each finding and problem. GitHub
 * shows them beside the lines of code. Empty if there is nothing to report.
 */
export function renderGithub(report: Pick<Report, 'findings' | 'problems'>): string {
  const { findings, problems } = printableData({ findings: report.findings, problems: report.problems });
  const shown = findings.filter(({ severity }) => severity !== 'info');
  return [...shown.map(findingCommand), ...problems.map(problemCommand)].join('\n');
}

function findingCommand({ severity, file, line, column, code, rule, message, fix }: Finding): string {
  const title = `${code} ${rule}`;
  const text = fix ? `${message}\nFix: ${fix.title}` : message;
  return command(COMMAND[severity], { file, line, col: column, title }, text);
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
