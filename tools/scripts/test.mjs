// Runs the tests and ends with the plain closing line `N passed, N failed`. Arguments are passed on to vitest. Without any, the
// end-to-end tests, which wait for other processes most of the time, run beside the unit tests and are printed after them.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const given = process.argv.slice(2);

const suites =
  given.length > 0
    ? [run('tests', given)]
    : [run('unit-tests', ['--project', 'unit']), run('e2e-tests', ['--project', 'e2e'], true)];
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

/** @param {boolean} [later] keep the output until the others are done */
async function run(name, args, later = false) {
  const outcome = join(root, '.cache', `${name}.json`);
  mkdirSync(dirname(outcome), { recursive: true });
  rmSync(outcome, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${outcome}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: later ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  const output = Buffer.concat(chunks).toString('utf8');
  return { ...counts(outcome, status), output };
}

function counts(outcome, status) {
  let result;
  try {
    result = JSON.parse(readFileSync(outcome, 'utf8'));
  } catch {
    // vitest ended before it ran a test.
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = result;
  // A suite that fails to load has no failed test of its own, but must not look like a pass.
  const failed = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites));
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}
