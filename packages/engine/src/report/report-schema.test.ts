import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parseCase } from '../../test/case-file.js';
import type { Case } from '../../test/case-file.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { ProblemKind } from '../model/problem.js';
import type { Report } from '../model/report.js';
import { openRun } from '../session.js';
import { RULES } from '../rules/registry.js';
import { verify } from '../verify.js';
import { compareFindings } from './build-findings.js';
import { normalizeOptions } from './normalize-options.js';
import { renderJson } from '../formats/render-json.js';

const here = import.meta.dirname;
const schema: {
  readonly $defs: {
    readonly code: { readonly pattern: string };
    readonly finding: { readonly properties: { readonly rule: { readonly pattern: string } } };
    readonly problem: { readonly properties: { readonly kind: { readonly enum: readonly string[] } } };
    readonly severity: { readonly enum: readonly string[] };
  };
} = JSON.parse(readFileSync(join(here, '../../report.schema.json'), 'utf8'));
const ajv = new Ajv2020({ strict: true, allErrors: true });
const validate = ajv.compile(schema);

const CASES = RULES.flatMap(({ name }) => {
  const folder = join(here, '../rules', name, 'cases');
  return readdirSync(folder).map((file) => [`${name}/${file}`, join(folder, file)] as const);
});

describe.each(CASES)('the reports of %s', (_, path) => {
  const given = parseCase(readFileSync(path, 'utf8'));
  const reports = reportsOf(given);

  it('match the schema', () => {
    for (const report of reports) {
      expect(validate(JSON.parse(renderJson(report))) ? [] : validate.errors).toEqual([]);
    }
  });

  it('are sorted and name only places in the workspace', () => {
    for (const report of reports) {
      expect(report.findings).toEqual(report.findings.toSorted(compareFindings));
      for (const finding of report.findings) {
        expect(finding.affected.places).toHaveLength(finding.affected.count);
        for (const place of [finding, ...finding.affected.places]) expectPlace(given, place);
        for (const { file, line, column } of finding.evidence) {
          if (file !== undefined) expectPlace(given, { file, line: line!, column: column! });
        }
      }
      for (const { file } of report.inventory.entryPoints.flatMap(({ variants }) => variants)) {
        expect(given.files.has(file)).toBe(true);
      }
    }
  });

  it('are the same bytes for every order of projects', () => {
    const again = reportsOf(given, 'reversed');
    expect(again.map(renderJson)).toEqual(reports.map(renderJson));
  });
});

const PROBLEM_KINDS: Readonly<Record<ProblemKind, true>> = {
  'invalid-manifest': true,
  'invalid-exports': true,
  'invalid-tsconfig': true,
  'invalid-baseline': true,
  'invalid-surface': true,
  'missing-build': true,
  unreadable: true,
  'unknown-project': true,
  'invalid-option': true,
  'no-manifest': true,
};

describe('the schema', () => {
  it.each(RULES.map(({ code, name }) => [code, name]))(
    'accepts the code and the name of %s',
    (code, name) => {
      const { code: codes, finding } = schema.$defs;
      expect(code).toMatch(new RegExp(codes.pattern));
      expect(name).toMatch(new RegExp(finding.properties.rule.pattern));
    },
  );

  it('lists every kind of problem and every severity of a rule', () => {
    const { problem, severity } = schema.$defs;
    expect(problem.properties.kind.enum.toSorted()).toEqual(Object.keys(PROBLEM_KINDS).toSorted());
    expect(severity.enum).toEqual(expect.arrayContaining(RULES.map((rule) => rule.severity)));
  });
});

it('the schema rejects unknown fields', () => {
  const [report] = reportsOf(parseCase(readFileSync(CASES[0]![1], 'utf8')));
  expect(validate({ ...report, extra: 1 })).toBe(false);
});

/**
 * One report per project, by project. `reversed` reverses the order of the projects and of the
 * checks.
 */
function reportsOf(given: Case, order?: 'reversed'): readonly Report[] {
  using workspace = writeWorkspace(given.files);
  const { root } = workspace;
  const projects = order && given.projects ? given.projects.toReversed() : given.projects;
  const run = openRun({ root, ...(projects && { projects }) });
  const names = run.workspace.packages.map(({ project }) => project);
  return (order ? names.toReversed() : names)
    .map((project) =>
      verify({ run, project, ...(given.options && { options: normalizeOptions(given.options) }) }),
    )
    .toSorted((a, b) => (a.project < b.project ? -1 : 1));
}

function expectPlace(
  given: Case,
  { file, line, column }: { file: string; line: number; column: number },
): void {
  const lines = given.files.get(file)?.split('\n');
  expect(lines, file).toBeDefined();
  expect(line, file).toBeLessThanOrEqual(lines!.length);
  expect(column, file).toBeLessThanOrEqual(lines![line - 1]!.length + 1);
}
