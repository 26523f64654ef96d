import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as engine from '@verify-exports/engine';
import type { Engine, Report } from '../engine';
import { mergedReport, readReports } from './merged-report';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'merged-'))));
afterEach(() => rmSync(root, { recursive: true }));

const report = (project: string, more: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  project,
  verdict: 'pass',
  notes: [],
  findings: [],
  problems: [],
  ignored: [],
  inventory: { entryPoints: [] },
  coverage: { modules: 1, demands: { met: 2, unmet: 0, unknown: 1 }, unknownBy: { VE901: 1 } },
  ...more,
});

function write(file: string, value: unknown): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), typeof value === 'string' ? value : JSON.stringify(value));
}

describe('merged report', () => {
  it('reads the reports of all existing projects, nested ones and the root included', () => {
    mkdirSync(join(root, 'packages/a/inner'), { recursive: true });
    write('.verify-exports/packages/a/inner/report.json', report('inner'));
    write('.verify-exports/packages/a/report.json', report('a'));
    write('.verify-exports/packages/gone/report.json', report('gone'));
    write('.verify-exports/report.json', report('whole'));
    expect(readReports(root).map(({ project }) => project)).toEqual(['a', 'inner', 'whole']);
  });

  it('is empty if no task has run', () => expect(readReports(root)).toEqual([]));

  it('names a report that cannot be read', () => {
    mkdirSync(join(root, 'a'));
    write('.verify-exports/a/report.json', '{');
    expect(() => readReports(root)).toThrow(
      /\.verify-exports\/a\/report\.json is not a report.*Run its task/,
    );
  });

  it('lists a breakage once and a problem once, and adds up the coverage', () => {
    const place = { file: 'a/x.ts', line: 1, column: 1 };
    const affected = { count: 1, places: [{ project: 'a', ...place }], projects: ['a'] };
    const wording = { code: 'VE201', rule: 'missing-export', severity: 'error', message: 'Gone.' } as const;
    const finding = { ...wording, ...place, evidence: [], affected, fingerprint: 'f' };
    const problem = { kind: 'invalid-tsconfig', message: 'Broken.', remedy: 'Fix it.' } as const;
    const failing = { verdict: 'fail', findings: [finding], problems: [problem] } as const;
    const merged = mergedReport(engine as unknown as Engine, [
      report('a', failing),
      report('b', { ...failing, package: '@acme/b' }),
      report('c'),
    ]);
    expect(merged.findings.map(({ fingerprint }) => fingerprint)).toEqual(['f']);
    expect(merged).toMatchObject({
      verdict: 'fail',
      projects: [
        { project: 'a', verdict: 'fail' },
        { project: 'b', package: '@acme/b', verdict: 'fail' },
        { project: 'c', verdict: 'pass' },
      ],
      problems: [problem],
      coverage: { modules: 3, demands: { met: 6, unmet: 0, unknown: 3 }, unknownBy: { VE901: 3 } },
    });
  });

  it('counts each known finding once', () => {
    const known = (fingerprint: string) => ({ code: 'VE201', fingerprint, message: 'x', reason: 'y' });
    const outdated = [{ fingerprint: 'c', rule: 'VE201', text: 'x', reason: 'y' }];
    const merged = mergedReport(engine, [
      report('a', { baseline: { file: 'a/x.json', known: [known('a'), known('b')], outdated } }),
      report('b', { baseline: { file: 'b/x.json', known: [known('b')], outdated: [] } }),
    ]);
    expect(merged.baseline).toEqual({ known: 2, outdated: 1 });
    expect(mergedReport(engine, [report('a')])).not.toHaveProperty('baseline');
  });
});
