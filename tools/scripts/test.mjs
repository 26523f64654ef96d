// Runs the tests and ends with the plain closing line `N passed, N failed`. All arguments go to vitest. Without any, all projects run:
// the end-to-end tests, which mostly wait for other processes, run beside the others and are printed after them. Two workers run the
// others, so that no processor is idle while the end-to-end tests wait for the network.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const given = process.argv.slice(2);

/** @typedef {{ passed: number; failed: number; skipped: number }} Counts */

const suites =
  given.length > 0
    ? [run('tests', given)]
    : [
        run('engine-tests', [...projects('unit', 'oracle', 'harness'), '--maxWorkers=2']),
        run('e2e-tests', projects('e2e'), { later: true }),
      ];
const totals = { passed: 0, failed: 0, skipped: 0 };
for (const suite of suites) {
  const { passed, failed, skipped, output } = await suite;
  process.stdout.write(output);
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
}
console.log(
  `${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`,
);
process.exit(totals.failed > 0 ? 1 : 0);

/** @param {readonly string[]} names */
function projects(...names) {
  return names.flatMap((name) => ['--project', name]);
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {{ later?: boolean }} [options] `later`: return the output instead of printing it at once
 * @returns {Promise<Counts & { output: string }>}
 */
async function run(name, args, { later = false } = {}) {
  const outcome = join(root, '.cache', `${name}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(outcome, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${outcome}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: later ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  const output = Buffer.concat(chunks).toString('utf8');
  return { ...counts(outcome, status), output };
}

/**
 * @param {string} outcome
 * @param {number | null} status
 * @returns {Counts}
 */
function counts(outcome, status) {
  let result;
  try {
    result = JSON.parse(readFileSync(outcome, 'utf8'));
  } catch {
    // vitest ended before it ran a test.
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = result;
  // A file that fails to load has no failed test of its own, but it is a failure.
  const failed = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites));
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}
