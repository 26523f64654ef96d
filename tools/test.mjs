// Runs the tests and ends with the plain closing line `N passed, N failed`. Arguments are passed on to vitest.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outcome = join(root, '.cache', 'tests.json');
mkdirSync(dirname(outcome), { recursive: true });
rmSync(outcome, { force: true });

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const args = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${outcome}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, [vitest, ...args], { cwd: root, stdio: 'inherit' });

const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
  readFileSync(outcome, 'utf8'),
);
// A suite that fails to load has no failed test of its own, but must not look like a pass.
const failed = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites));
console.log(
  `${numPassedTests} passed, ${failed} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}`,
);
process.exit(status ?? 1);
