import { describe, expect, it } from 'vitest';
import { batchSummary } from './batch-summary';
import { Progress } from '@verify-exports/engine';

const outcome = (
  errors: readonly string[],
  warnings: readonly string[] = [],
  success = errors.length === 0,
) => ({
  success,
  text: '',
  findings: [
    ...errors.map((fingerprint) => ({ fingerprint, severity: 'error' as const })),
    ...warnings.map((fingerprint) => ({ fingerprint, severity: 'warning' as const })),
  ],
  hasUnparsedModule: false,
});

describe('the summary of a batch', () => {
  it.each([
    ['is empty for one task', [outcome(['a'])], ''],
    ['is one line if all projects pass', [outcome([]), outcome([])], '✔ verify-exports: 2 projects'],
    [
      'counts known findings',
      [{ ...outcome([]), known: 2 }, outcome([])],
      '✔ verify-exports: 2 projects: 2 in the baselines',
    ],
    [
      'counts passes that Nx must not cache',
      [
        { ...outcome([], [], false), unreplayable: true },
        { ...outcome([], [], false), unreplayable: true },
      ],
      '✖ verify-exports: 2 problems in 2 projects: 2 passes that Nx must not cache',
    ],
    [
      'counts known findings beside new ones',
      [{ ...outcome(['a']), known: 2 }, outcome([])],
      '✖ verify-exports: 1 problem in 1 of 2 projects: 1 error, 2 in the baselines',
    ],
    [
      'counts warnings',
      [outcome([], ['a']), outcome([])],
      '✔ verify-exports: 1 problem in 1 of 2 projects: 1 warning',
    ],
    [
      'counts a breakage once, whichever projects report it',
      [outcome(['a', 'b']), outcome(['a'], ['b', 'c']), outcome([])],
      '✖ verify-exports: 3 problems in 2 of 3 projects: 2 errors, 1 warning',
    ],
    [
      'counts projects that could not be checked',
      [outcome(['a']), outcome([], [], false)],
      '✖ verify-exports: 2 problems in 2 projects: 1 error, 1 project could not be checked',
    ],
  ])('%s', (_, outcomes, text) => {
    expect(batchSummary(outcomes)).toBe(text);
  });
});

describe('the progress of a batch', () => {
  const written = (isTTY: boolean, ms: number) => {
    const lines: string[] = [];
    let now = 0;
    const terminal = { isTTY, write: (text: string) => lines.push(text) > 0 };
    const progress = new Progress(3, terminal as unknown as NodeJS.WriteStream, () => now);
    now = ms;
    progress.show('gateway');
    progress.clear();
    return lines;
  };

  it('appears on a terminal if the batch takes long, and disappears', () => {
    expect(written(true, 5000)).toEqual(['\r\u001B[Kverify-exports 1/3 gateway', '\r\u001B[K']);
    expect(written(true, 100)).toEqual([]);
    expect(written(false, 5000)).toEqual([]);
  });
});
