import { printableData } from '../model/printable.js';
import type { Problem } from '../model/problem.js';
import type { Finding, Severity } from '../model/report.js';
import type { MergedReport } from '../report/merged-report.js';
import { plainText } from './plain-text.js';
import { mergedSummary } from './render-text.js';

export interface MarkdownOptions {
  /** The largest size of the text, in UTF-16 units. The default is the limit of a GitHub comment. */
  readonly limit?: number;
}

const COMMENT_LIMIT = 65_536;
const MARK: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', info: 'ℹ️' };
const SHOWN_PROJECTS = 8;

/**
 * The report as a comment for a pull request: what broke, who is affected, and the fix. The evidence
 * is collapsed. Findings that do not fit are counted.
 */
export function renderMarkdown(given: MergedReport, { limit = COMMENT_LIMIT }: MarkdownOptions = {}): string {
  const { findings, problems } = printableData({ findings: given.findings, problems: given.problems });
  const shown = findings
    .filter(({ severity }) => severity !== 'info')
    .toSorted((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'));
  const head = `### verify-exports\n\n${escaped(mergedSummary(given))}\n`;
  const sections = [
    ...problems.map((problem) => () => problemSection(problem)),
    ...shown.map((finding) => () => findingSection(finding)),
  ];
  const parts = [head];
  let size = head.length;
  for (const [index, render] of sections.entries()) {
    const section = render();
    const left = sections.length - index;
    if (size + section.length + ROOM_FOR_REST > limit) {
      parts.push(
        `_There ${left === 1 ? 'is 1 more finding' : `are ${left} more findings`} in the report._\n`,
      );
      break;
    }
    parts.push(section);
    size += section.length + 1;
  }
  return parts.join('\n');
}

const ROOM_FOR_REST = 80;

function findingSection(finding: Finding): string {
  const { severity, message, code, rule, file, line, affected, fix } = finding;
  const projects = affected.projects.slice(0, SHOWN_PROJECTS).map(codeSpan).join(', ');
  const rest = affected.projects.length - SHOWN_PROJECTS;
  return [
    `#### ${MARK[severity]} ${sentence(message)}`,
    '',
    `- **Where:** ${codeSpan(`${file}:${line}`)} (${code} ${rule})`,
    ...(affected.count > 1
      ? [`- **Affected:** ${affected.count} places in ${projects}${rest > 0 ? ` and ${rest} more` : ''}`]
      : []),
    ...(fix ? [`- **Fix:** ${sentence(fix.title)}`] : []),
    '',
    `<details><summary>Evidence</summary>\n\n${fenced(plainText(finding))}\n\n</details>`,
    '',
  ].join('\n');
}

function problemSection({ message, remedy, file }: Problem): string {
  return [
    `#### ❌ Could not check: ${sentence(message)}`,
    '',
    ...(file === undefined ? [] : [`- **Where:** ${codeSpan(file)}`]),
    `- **Remedy:** ${sentence(remedy)}`,
    '',
  ].join('\n');
}

/**
 * Text with its quoted and its code parts as code, so that a package name such as `@acme/a` mentions
 * no team on GitHub.
 */
function sentence(text: string): string {
  return text
    .split(/("[^"]*"|`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : escaped(part)))
    .join('');
}

/** https://spec.commonmark.org/0.31.2/#code-spans: the fence is longer than each run of backticks inside. */
function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const padding = /^`|`$|^ .* $/.test(text) || text === '' ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** https://spec.commonmark.org/0.31.2/#backslash-escapes; `@` and `#` as references, because GitHub links them. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>()+!|~&]/g, String.raw`\$&`)
    .replace(/[@#]/g, (character) => (character === '@' ? '&#64;' : '&#35;'));
}
