import { describe, expect, it } from 'vitest';
import { makeFinding, makeReport } from '../../packages/engine/test/make-finding.ts';
import { comparableReport, differences } from './comparable-report.mjs';

/**
 * @param {Partial<import('../../packages/engine/dist/index.js').Finding>} finding
 * @param {Partial<import('../../packages/engine/dist/index.js').Report>} [report]
 */
const reportWith = (finding, report) =>
  comparableReport(makeReport({ findings: [makeFinding(finding)], ...report }), 1);

describe('comparableReport', () => {
  const before = reportWith({
    message: 'old words',
    evidence: [{ role: 'entry', text: 'old', file: 'a.json', line: 1, column: 2 }],
    fix: { title: 'old', edits: [{ file: 'a.ts', start: 0, end: 0, text: 'x' }] },
  });

  it('ignores words', () => {
    const after = reportWith({
      message: 'new words',
      evidence: [{ role: 'from', text: 'new', file: 'a.json', line: 1, column: 2 }],
      fix: { title: 'new', edits: [{ file: 'a.ts', start: 0, end: 0, text: 'x' }] },
    });
    expect(differences(before, after)).toEqual([]);
  });

  it.each([
    ['a code', { code: 'VE202' }, /findings\.0\.code: "VE201" → "VE202"/],
    ['a line', { line: 7 }, /findings\.0\.line: 1 → 7/],
    ['a fingerprint', { fingerprint: 'bbbbbbbbbbbb' }, /findings\.0\.fingerprint/],
    ['an edit', { fix: { title: 'old', edits: [] } }, /findings\.0\.edits\.0/],
  ])('shows a different value: %s', (_, change, expected) => {
    const places = [{ role: 'entry', text: 'old', file: 'a.json', line: 1, column: 2 }];
    const fix = { title: 'old', edits: [{ file: 'a.ts', start: 0, end: 0, text: 'x' }] };
    const after = reportWith({ evidence: places, fix, ...change });
    expect(differences(before, after).join('\n')).toMatch(expected);
  });

  it('shows different coverage, problems and exit status', () => {
    const report = makeReport();
    const changed = makeReport({
      problems: [{ kind: 'unreadable', message: 'm', remedy: 'r', file: 'a.js' }],
      coverage: { ...report.coverage, modules: 5 },
    });
    const found = differences(comparableReport(report, 0), comparableReport(changed, 2)).join('\n');
    expect(found).toMatch(/exitStatus: 0 → 2/);
    expect(found).toMatch(/problems\.0: undefined → /);
    expect(found).toMatch(/coverage\.modules: 0 → 5/);
  });
});
