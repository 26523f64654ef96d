import { describe, expect, it } from 'vitest';
import { GOALS, goalRows } from './goals.mjs';
import { LINES, projectsThatRan } from './lines.mjs';
import { pluginSeconds } from './plugin-seconds.mjs';

const result = (seconds, cpu) => ({ title: '', seconds, ...(cpu !== undefined && { cpu }) });

describe('the goals of the benchmark', () => {
  it('are about lines that exist', () => {
    const ids = LINES.map(({ id }) => id);
    for (const { line, over } of GOALS) expect(ids).toEqual(expect.arrayContaining([line, over ?? line]));
  });

  it('compare seconds and CPU seconds of two lines', () => {
    const goals = [{ title: 'a', line: 'cold', over: 'parse', goal: '≤ 1' }];
    const results = new Map([
      ['cold', result(3, 6)],
      ['parse', result(2, 2)],
    ]);
    expect(goalRows(goals, results, [])).toEqual([{ title: 'a', seconds: '1.50', cpu: '3.00', goal: '≤ 1' }]);
  });

  it('leave out what was not measured', () => {
    expect(goalRows(GOALS, new Map([['cold', result(3)]]), [])).toEqual([]);
    const watch = goalRows(GOALS, new Map([['watch', result(0.0831)]]), []);
    expect(watch).toMatchObject([{ seconds: '0.08 s', cpu: '–' }]);
  });

  it('compare the time per module of two sizes', () => {
    const grown = [
      { packages: 1000, cpu: 24, megabytes: 812.4 },
      { packages: 100, cpu: 2, megabytes: 250 },
    ];
    expect(goalRows([], new Map(), grown).map(({ seconds, cpu }) => [seconds, cpu])).toEqual([
      ['812 MB', '–'],
      ['250 MB', '–'],
      ['–', '1.20'],
    ]);
  });
});

it('reads which projects Nx did not replay', () => {
  const output = [
    '> nx run @bench/pkg-00:verify-exports',
    '✔ @bench/pkg-00: 1 entry point',
    '> nx run @bench/pkg-01:verify-exports  [local cache]',
    '> nx run @bench/pkg-02:build',
  ];
  expect(projectsThatRan(output.join('\n'))).toEqual(['@bench/pkg-00']);
});

it('adds the times of the plugin, and counts a step once that Nx logs twice', () => {
  const log = [
    "Time taken for '@verify-exports/nx:createNodes' 40.5ms",
    "Time taken for 'nx/js/dependencies-and-lockfile:createNodes' 100ms",
    "Time taken for '@verify-exports/nx:createNodes' 35ms",
    "Time taken for '@verify-exports/nx:createDependencies' 59.5ms",
  ];
  expect(pluginSeconds(log.join('\n'))).toBeCloseTo(0.1);
  expect(() => pluginSeconds('')).toThrow('Nx did not use the plugin');
});
