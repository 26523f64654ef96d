import { expect, it } from 'vitest';
import { makeFinding, makeReport } from '../../test/make-finding.js';
import type { Finding } from '../model/report.js';
import { mergeFindings } from './merge-reports.js';

function at(project: string, file: string, fingerprint = 'aaaaaaaaaaaa'): Finding {
  const places = [{ project, file, line: 1, column: 1 }];
  return makeFinding({
    file,
    line: 1,
    column: 1,
    fingerprint,
    affected: { count: 1, places, projects: [project] },
  });
}

const report = (...findings: Finding[]) => makeReport({ findings });

it('shows a breakage of several tasks once, with all places', () => {
  const [merged, ...others] = mergeFindings([
    report(at('b', 'b.ts')),
    report(at('a', 'a.ts')),
    report(at('c', 'c.ts')),
  ]);
  expect(others).toEqual([]);
  expect(merged?.file).toBe('a.ts');
  expect(merged?.affected.count).toBe(3);
  expect(merged?.affected.places.map(({ file }) => file)).toEqual(['a.ts', 'b.ts', 'c.ts']);
  expect(merged?.affected.projects).toEqual(['a', 'b', 'c']);
});

it('counts a place once if several tasks report it', () => {
  const [merged] = mergeFindings([report(at('a', 'a.ts')), report(at('a', 'a.ts'))]);
  expect(merged?.affected).toEqual(at('a', 'a.ts').affected);
});

it('keeps different breakages as separate findings, sorted by place', () => {
  const merged = mergeFindings([report(at('b', 'b.ts', 'bbbbbbbbbbbb')), report(at('a', 'a.ts'))]);
  expect(merged.map(({ file }) => file)).toEqual(['a.ts', 'b.ts']);
});

it('gives the same result for every order of reports', () => {
  const reports = ['c', 'a', 'b'].map((name) =>
    report(at(name, `${name}.ts`), at(name, `z/${name}.ts`, 'ffffffffffff')),
  );
  expect(mergeFindings(reports.toReversed())).toEqual(mergeFindings(reports));
});

it('keeps the higher severity', () => {
  const soft = { ...at('a', 'a.ts'), severity: 'warning' as const };
  const [merged] = mergeFindings([report(soft), report(at('b', 'b.ts'))]);
  expect(merged?.severity).toBe('error');
});
