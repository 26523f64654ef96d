import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { makeFinding, makeReport } from '../../test/make-finding.js';
import { MONITORING } from '../../test/monitoring-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { Finding } from '../model/report.js';
import type { Problem } from '../model/problem.js';
import { mergeReports } from '../report/merged-report.js';
import type { MergedReport } from '../report/merged-report.js';
import { openRun } from '../session.js';
import { verify } from '../verify.js';
import { FORMAT_NAMES, renderReport } from './formats.js';
import { renderGithub } from './render-github.js';
import { renderMarkdown } from './render-markdown.js';

const schemas = createRequire(import.meta.url);
const sarifSchema = JSON.parse(
  readFileSync(schemas.resolve('schemastore/schemas/json/sarif-2.1.0.json'), 'utf8'),
) as object;
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
const isSarif = ajv.compile(sarifSchema);
const fixtures = join(import.meta.dirname, '../../test');
const isGitlab = ajv.compile(
  JSON.parse(readFileSync(join(fixtures, 'gitlab-code-quality.schema.json'), 'utf8')) as object,
);
const junitXsd = readFileSync(join(fixtures, 'junit.xsd'), 'utf8');

/** Characters that break out of some format, and a forged line of output. */
const HOSTILE = '</script><b>|`*_[x](y)&"\'\u001B[31m\n✔ all fine\u202E\u0000\uD800]]>@acme/team';
const PROBLEM: Problem = {
  kind: 'unreadable',
  message: `a${HOSTILE} cannot be read.`,
  remedy: 'Fix it.',
  file: `packages/${HOSTILE}/x.json`,
  line: 3,
  column: 4,
};

function reportOf(findings: readonly Finding[], problems: readonly Problem[] = []): MergedReport {
  const verdict =
    findings.some(({ severity }) => severity === 'error') || problems.length > 0 ? 'fail' : 'pass';
  return mergeReports([
    makeReport({ project: 'app', findings, problems, verdict }),
    makeReport({ project: 'lib' }),
  ]);
}

function monitoringReport(): MergedReport {
  using workspace = writeWorkspace(MONITORING);
  const run = openRun({ root: workspace.root });
  return mergeReports(run.workspace.packages.map(({ project }) => verify({ run, project })));
}

const REPORTS: readonly (readonly [string, () => MergedReport])[] = [
  ['a broken workspace', monitoringReport],
  ['no project', () => mergeReports([])],
  ['a pass', () => reportOf([])],
  [
    'every severity',
    () =>
      reportOf(
        (['error', 'warning', 'info'] as const).map((severity, index) =>
          makeFinding({
            severity,
            line: index + 1,
            fingerprint: `${index}`.repeat(12),
            fix: { title: 'add it', edits: [{ file: 'packages/lib/index.ts', start: 0, end: 2, text: 'x' }] },
          }),
        ),
      ),
  ],
  [
    'hostile names',
    () =>
      reportOf(
        [
          makeFinding({
            file: `packages/${HOSTILE}.ts`,
            name: HOSTILE,
            message: `"${HOSTILE}" is imported from "@acme/lib".`,
            evidence: [{ role: 'exports', text: HOSTILE, file: `a/${HOSTILE}`, line: 1, column: 1 }],
            fix: { title: HOSTILE, edits: [] },
            affected: {
              count: 1,
              places: [{ project: HOSTILE, file: `packages/${HOSTILE}.ts`, line: 1, column: 1 }],
              projects: [HOSTILE],
            },
          }),
        ],
        [PROBLEM],
      ),
  ],
];

describe('every format', () => {
  it.each(REPORTS)('gives the same bytes twice and ends with a newline for %s', (_, report) => {
    const given = report();
    for (const name of FORMAT_NAMES) {
      const text = renderReport(name, given);
      expect(renderReport(name, given), name).toBe(text);
      expect(text.endsWith('\n'), name).toBe(true);
    }
  });

  it.each(REPORTS)('is valid for %s', async (_, report) => {
    const given = report();
    expect([isSarif(JSON.parse(renderReport('sarif', given))), isSarif.errors]).toEqual([true, null]);
    expect([isGitlab(JSON.parse(renderReport('gitlab', given))), isGitlab.errors]).toEqual([true, null]);
    const xml = { fileName: 'junit.xml', contents: renderReport('junit', given) };
    const checked = await validateXML({ xml, schema: junitXsd });
    expect([checked.valid, checked.errors]).toEqual([true, []]);
  });

  it.each(['text', 'github', 'junit', 'markdown'] as const)('%s prints no control character', (name) => {
    const text = renderReport(name, REPORTS.at(-1)![1]());
    // The newlines are those of the format itself.
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E\u2028\u2029]/u);
    expect(text).not.toContain('\n✔ all fine');
  });

  it.each(['json', 'sarif', 'gitlab'] as const)('%s prints no control character of an edit', (name) => {
    const edits = [{ file: 'a.json', start: 0, end: 1, text: '"\u2028\u202E\u009B"' }];
    const report = reportOf([makeFinding({ fix: { title: 'change it', edits } })]);
    const text = renderReport(name, report);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E\u2028\u2029]/u);
    if (name === 'sarif')
      expect(JSON.stringify(JSON.parse(text))).toContain(JSON.stringify(edits[0]!.text).slice(1, -1));
  });

  it('lists 50,000 findings in seconds', () => {
    const findings = Array.from({ length: 50_000 }, (_, index) =>
      makeFinding({ line: index + 1, fingerprint: index.toString(16).padStart(12, '0') }),
    );
    const report = reportOf(findings);
    for (const name of FORMAT_NAMES) expect(renderReport(name, report).length).toBeGreaterThan(100);
    const sarif = JSON.parse(renderReport('sarif', report)) as Log;
    expect(sarif.runs[0]!.results).toHaveLength(25_000);
    expect(renderReport('markdown', report).length).toBeLessThanOrEqual(65_536);
  });
});

describe('SARIF', () => {
  it('has the place, the fingerprint, the rule with its page, related places and the fix', () => {
    const log = JSON.parse(renderReport('sarif', monitoringReport())) as Log;
    const [run] = log.runs;
    const [result] = run!.results!;
    expect(result).toMatchObject({
      ruleId: 'VE201',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'packages/gateway/src/middleware.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 1, startColumn: 23, endLine: 1, endColumn: 40 },
          },
        },
      ],
    });
    expect(result!.partialFingerprints).toHaveProperty('verifyExports/v1');
    expect(result!.relatedLocations!.map(({ message }) => message?.text)).toContain('declared');
    const rule = run!.tool.driver.rules![result!.ruleIndex!]!;
    expect(rule).toMatchObject({ id: 'VE201', name: 'MissingExport' });
    expect(rule.help!.markdown).toContain('## Why it breaks');
    const [change] = result!.fixes![0]!.artifactChanges;
    expect(change!.artifactLocation.uri).toBe('packages/monitoring/src/index.ts');
    expect(change!.replacements[0]!.insertedContent!.text).toContain('setRequestContext');
  });

  it('reports what could not be checked as a notification', () => {
    const [run] = (JSON.parse(renderReport('sarif', reportOf([], [PROBLEM]))) as Log).runs;
    expect(run!.invocations![0]).toMatchObject({ executionSuccessful: false });
    expect(run!.invocations![0]!.toolExecutionNotifications).toHaveLength(1);
  });
});

describe('GitHub annotations', () => {
  it('stay within the limit of a step, errors and warnings apart', () => {
    const many = (severity: 'error' | 'warning') =>
      Array.from({ length: 14 }, (_, index) =>
        makeFinding({ severity, line: index + 1, fingerprint: `${severity}${index}` }),
      );
    const lines = renderGithub({ findings: [...many('error'), ...many('warning')], problems: [] }).split(
      '\n',
    );
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(lines[9]).toBe('::error title=verify-exports::5 more errors are in the log of this step.');
  });
});

describe('Markdown', () => {
  it('mentions no team, and escapes what is no code', () => {
    const message = '"@acme/lib" has <b> and *stars*, says @someone (#12).';
    const text = renderMarkdown(reportOf([makeFinding({ message })]));
    expect(text).toContain(
      String.raw`#### ❌ ${'`@acme/lib`'} has \<b\> and \*stars\*, says &#64;someone \(&#35;12\).`,
    );
  });

  it('shows errors first and counts what does not fit', () => {
    const findings = [
      makeFinding({ severity: 'warning', fingerprint: 'w', message: 'A warning.' }),
      makeFinding({ line: 9, fingerprint: 'e', message: 'An error.' }),
    ];
    const text = renderMarkdown(reportOf(findings));
    expect(text.indexOf('An error.')).toBeLessThan(text.indexOf('A warning.'));
    const cut = renderMarkdown(reportOf(findings), { limit: 400 });
    expect(cut).toContain('_There is 1 more finding in the report._');
    expect(cut.length).toBeLessThanOrEqual(400);
  });

  it('fences text that contains fences', () => {
    const evidence = [{ role: 'exports' as const, text: '````' }];
    expect(renderMarkdown(reportOf([makeFinding({ evidence })]))).toContain('`````text\n');
  });
});

describe('JUnit', () => {
  it('has a suite for each project, with errors as failures and warnings as passed cases', () => {
    const findings = [
      makeFinding({ fingerprint: 'a' }),
      makeFinding({ line: 2, severity: 'warning', fingerprint: 'b' }),
    ];
    const xml = renderReport('junit', reportOf(findings, [PROBLEM]));
    expect(xml).toContain('<testsuites name="verify-exports" tests="4" failures="1" errors="1">');
    expect(xml).toContain('<testsuite name="app" tests="2" failures="1" errors="0">');
    expect(xml).toContain('<testcase classname="verify-exports" name="the exports of lib"/>');
  });
});
