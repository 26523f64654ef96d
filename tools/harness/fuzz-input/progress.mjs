import { readFileSync } from 'node:fs';

/**
 * Where a process is: the seed that it checks, and what it has done before.
 *
 * @typedef {{ seed: number; inputs: number; megabytes: number }} Progress
 * @param {Progress} progress
 * @returns {string} always of the same length, so that it replaces what was there
 */
export function progressText({ seed, inputs, megabytes }) {
  return [seed, inputs, megabytes].map((number) => String(number).padStart(12)).join('');
}

/** @param {string} file @returns {Progress | undefined} undefined before the first one */
export function readProgress(file) {
  const text = readFileSync(file, 'utf8');
  if (text.length < 36) return undefined;
  const [seed = 0, inputs = 0, megabytes = 0] = text.trim().split(/\s+/).map(Number);
  return { seed, inputs, megabytes };
}
