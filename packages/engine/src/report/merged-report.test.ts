import { describe, expect, it } from 'vitest';
import { makeReport } from '../../test/make-finding.js';
import type { Report } from '../model/report.js';
import { mergeReports } from './merged-report.js';

const report = (project: string, more: Partial<Report> = {}): Report =>
  makeReport({
    project,
    coverage: { modules: 1, demands: { met: 2, unmet: 0, unknown: 1 }, unknownBy: { VE901: 1 } },
    ...more,
  });

describe('merged report', () => {
  it('lists a breakage once and a problem once, and adds up the coverage', () => {
    const place = { file: 'a/x.ts', line: 1, column: 1 };
    const affected = { count: 1, places: [{ project: 'a', ...place }], projects: ['a'] };
    const wording = { code: 'VE201', rule: 'missing-export', severity: 'error', message: 'Gone.' } as const;
    const finding = { ...wording, ...place, evidence: [], affected, fingerprint: 'f' };
    const problem = { kind: 'invalid-tsconfig', message: 'Broken.', remedy: 'Fix it.' } as const;
    const failing = { verdict: 'fail', findings: [finding], problems: [problem] } as const;
    const merged = mergeReports([
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
    const merged = mergeReports([
      report('a', { baseline: { file: 'a/x.json', known: [known('a'), known('b')], outdated } }),
      report('b', { baseline: { file: 'b/x.json', known: [known('b')], outdated: [] } }),
    ]);
    expect(merged.baseline).toEqual({ known: 2, outdated: 1 });
    expect(mergeReports([report('a')])).not.toHaveProperty('baseline');
  });
});
