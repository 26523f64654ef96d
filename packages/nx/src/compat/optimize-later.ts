import { setFlagsFromString } from 'node:v8';

// Delete this file when Node 20 is no longer supported. Later versions of V8 wait longer by themselves.

/** Ten times as much as usual, in bytes of code that V8 interprets before it optimizes a function. */
const BUDGET = 675_840;

/**
 * Makes V8 optimize functions later. A task is a process of half a second. With the usual setting, V8 spends a fifth
 * of its processor time on optimizing functions, in other threads, and most of them do not run for long enough to repay that.
 */
export function optimizeLater(): void {
  if (process.versions.node.startsWith('20.')) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
