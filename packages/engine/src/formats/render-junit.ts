import { printableData } from '../model/printable.js';
import type { Problem } from '../model/problem.js';
import type { Finding } from '../model/report.js';
import type { MergedReport } from '../report/merged-report.js';
import { plainText } from './plain-text.js';

/**
 * The report as JUnit XML (the schema of the Jenkins xUnit plugin): a suite for each project. Errors
 * are failures, what could not be checked is an error, and warnings are passed cases with output. A
 * project that passes has one more passed case, so that it is visible.
 */
export function renderJunit(given: MergedReport): string {
  const { findings, problems, projects } = printableData({
    findings: given.findings,
    problems: given.problems,
    projects: given.projects.map(({ project, verdict }) => ({ project, verdict })),
  });
  const shown = findings.filter(({ severity }) => severity !== 'info');
  const cases = new Map<string, string[]>(
    projects.map(({ project, verdict }) => [project, verdict === 'pass' ? [passedCase(project)] : []]),
  );
  const suiteOf = (finding: Finding): string => {
    const owners = finding.affected.places.map(({ project }) => project);
    return owners.find((project) => cases.has(project)) ?? owners[0] ?? 'workspace';
  };
  const add = (suite: string, testcase: string): void => {
    const known = cases.get(suite);
    if (known) known.push(testcase);
    else cases.set(suite, [testcase]);
  };
  const failures = new Map<string, number>();
  for (const finding of shown) {
    const suite = suiteOf(finding);
    if (finding.severity === 'error') failures.set(suite, (failures.get(suite) ?? 0) + 1);
    add(suite, findingCase(finding));
  }
  for (const problem of problems) add(WORKSPACE, problemCase(problem));
  const errors = problems.length;
  const suites = [...cases].map(([name, testcases]) => {
    const counts = `tests="${testcases.length}" failures="${failures.get(name) ?? 0}" errors="${name === WORKSPACE ? errors : 0}"`;
    return [`  <testsuite name="${attribute(name)}" ${counts}>`, ...testcases, '  </testsuite>'].join('\n');
  });
  const total = [...cases.values()].reduce((sum, each) => sum + each.length, 0);
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="verify-exports" tests="${total}" failures="${failed}" errors="${errors}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

/** The suite of what belongs to no single project. */
const WORKSPACE = 'workspace: could not check';

function findingCase(finding: Finding): string {
  const { code, rule, message, file, line, severity } = finding;
  const name = `${file}:${line} ${finding.name ?? rule} (${finding.fingerprint})`;
  const open = `    <testcase classname="${attribute(`${code} ${rule}`)}" name="${attribute(name)}" file="${attribute(file)}" line="${line}">`;
  const details = content(plainText(finding));
  const body =
    severity === 'error'
      ? `      <failure type="${code}" message="${attribute(message)}">${details}</failure>`
      : `      <system-out>${details}</system-out>`;
  return [open, body, '    </testcase>'].join('\n');
}

function problemCase({ kind, message, remedy, file }: Problem): string {
  const place = file === undefined ? '' : ` file="${attribute(file)}"`;
  return [
    `    <testcase classname="${kind}" name="${attribute(message)}"${place}>`,
    `      <error type="${kind}" message="${attribute(message)}">${content(remedy)}</error>`,
    '    </testcase>',
  ].join('\n');
}

function passedCase(project: string): string {
  return `    <testcase classname="verify-exports" name="${attribute(`the exports of ${project}`)}"/>`;
}

/** Characters that XML 1.0 forbids even as references (https://www.w3.org/TR/xml/#charsets). */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

function attribute(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"\n\t\r]/g, (character) => ENTITIES[character]!);
}

function content(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>]/g, (character) => ENTITIES[character]!);
}
