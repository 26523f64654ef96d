import { describe, expect, it } from 'vitest';
import { batchSummary } from './batch-summary';
import { Progress } from './progress';

const outcome = (errors: number, warnings = 0) => ({
  success: errors === 0,
  text: '',
  errors,
  warnings,
  codes: new Set<string>(),
});

describe('the summary of a batch', () => {
  it.each([
    ['nothing for one task', [outcome(1)], ''],
    ['one line when all is well', [outcome(0), outcome(0)], '✔ verify-exports: 2 projects'],
    ['warnings', [outcome(0, 1), outcome(0)], '✔ verify-exports: 2 projects: 1 warning'],
    [
      'failures',
      [outcome(2), outcome(1, 3), outcome(0)],
      '✖ verify-exports: 3 projects, 2 failed: 3 errors, 3 warnings',
    ],
  ])('is %s', (_, outcomes, text) => {
    expect(batchSummary(outcomes)).toBe(text);
  });
});

describe('the progress of a batch', () => {
  const told = (isTTY: boolean, ms: number) => {
    const written: string[] = [];
    let now = 0;
    const terminal = { isTTY, write: (text: string) => written.push(text) > 0 };
    const progress = new Progress(3, terminal as unknown as NodeJS.WriteStream, () => now);
    now = ms;
    progress.tell('gateway');
    progress.clear();
    return written;
  };

  it('is told on a terminal when it takes long, and taken away', () => {
    expect(told(true, 5000)).toEqual(['\r\u001B[Kverify-exports 1/3 gateway', '\r\u001B[K']);
    expect(told(true, 100)).toEqual([]);
    expect(told(false, 5000)).toEqual([]);
  });
});
