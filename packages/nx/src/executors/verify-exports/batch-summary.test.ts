import { describe, expect, it } from 'vitest';
import { batchSummary } from './batch-summary';
import { Progress } from './progress';

const outcome = (errors: number, warnings = 0) => ({
  success: errors === 0,
  text: '',
  errors,
  warnings,
  hasUnparsedModule: false,
});

describe('the summary of a batch', () => {
  it.each([
    ['is empty for one task', [outcome(1)], ''],
    ['is one line if all projects pass', [outcome(0), outcome(0)], '✔ verify-exports: 2 projects'],
    ['counts warnings', [outcome(0, 1), outcome(0)], '✔ verify-exports: 2 projects: 1 warning'],
    [
      'counts known findings',
      [{ ...outcome(0), known: 2 }, outcome(0)],
      '✔ verify-exports: 2 projects: 2 in the baselines',
    ],
    [
      'counts failures',
      [outcome(2), outcome(1, 3), outcome(0)],
      '✖ verify-exports: 3 projects, 2 failed: 3 errors, 3 warnings',
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
