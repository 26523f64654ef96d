// Kills checks at random points, in each mode: the command line, single tasks, a batch and the watch. The cache on disk stays warm, files
// change in between, and half of the time two checks run at once. After each kill, every report is complete or missing. After that, a
// check that is not killed gives the reports that a check without a cache gives, and leaves no temporary file.
// Usage: npm run build && node tools/harness/kill/kill.mjs [--count 500] [--seed 1]
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../../bench/random.mjs';
import { BASE } from '../fuzz-input/base-workspace.mjs';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
});
const rand = random(Number(values.seed));
const CLI = join(import.meta.dirname, '../../../packages/engine/dist/verify-exports.js');
const IN_MODE = join(import.meta.dirname, 'check-in-mode.mjs');
/** Longer than a check takes, shorter than the watch needs for two rounds. */
const LONGEST_MS = 1500;
/** The text of a file that changes, in two forms. One of them lacks a name. */
const CHANGED = 'packages/util/index.js';
const healthy = BASE.get(CHANGED) ?? '';
const TEXTS = [healthy, healthy.replace('exports.one', 'exports.other')];

/** The modes that write reports; the watch writes a log instead. */
const MODES = ['cli', 'single', 'batch', 'watch'];
const faults = [];
const killed = new Map(MODES.map((mode) => [mode, 0]));
const rounds = new Map(MODES.map((mode) => [mode, 0]));

for (const mode of MODES) {
  const root = workspaceOf();
  const judge = mode === 'cli' ? 'cli' : 'batch';
  const expected = [];
  for (const text of TEXTS) {
    writeFileSync(join(root, CHANGED), text);
    rmSync(join(root, '.verify-exports'), { recursive: true, force: true });
    await run(judge, root, undefined, { VERIFY_EXPORTS_CACHE: 'false' });
    expected.push(reportsIn(root));
  }
  if (expected.some(({ size }) => size === 0) || same(...expected))
    faults.push(`${mode}: no reports, or all are the same`);
  for (let round = 0; round < Number(values.count) / MODES.length; round++) {
    rounds.set(mode, (rounds.get(mode) ?? 0) + 1);
    const now = rand.int(0, 1);
    writeFileSync(join(root, CHANGED), TEXTS[now] ?? '');
    if (rand.chance(0.3)) rmSync(join(root, '.verify-exports'), { recursive: true, force: true });
    const first = run(mode, root, rand.int(0, LONGEST_MS));
    const second = rand.chance(0.5)
      ? run(judge, root, rand.chance(0.5) ? rand.int(0, LONGEST_MS) : undefined)
      : undefined;
    if (await first) killed.set(mode, (killed.get(mode) ?? 0) + 1);
    await second;
    for (const [name, text] of reportsIn(root))
      if (!name.endsWith('.tmp') && !expected.some((reports) => reports.get(name) === text))
        faults.push(`${mode}, round ${round}: ${name} is not complete`);
    const sarif = textOf(join(root, 'watch.sarif'));
    if (sarif !== undefined && !isJson(sarif))
      faults.push(`${mode}, round ${round}: watch.sarif is not complete`);
    await run(judge, root);
    const after = reportsIn(root);
    if (!same(after, expected[now]))
      faults.push(`${mode}, round ${round}: the next run differs: ${[...after.keys()].join(', ')}`);
  }
  rmSync(root, { recursive: true });
}
for (const fault of faults) console.log(fault);
const sum = (counts) => [...counts.values()].reduce((a, b) => a + b, 0);
console.log(
  `${sum(rounds)} runs, ${sum(killed)} killed (${MODES.map((mode) => `${mode} ${killed.get(mode)} of ${rounds.get(mode)}`).join(', ')}), ${faults.length} faults`,
);
process.exitCode = faults.length > 0 ? 1 : 0;

function workspaceOf() {
  const root = mkdtempSync(join(tmpdir(), 'verify-exports-kill-'));
  for (const [path, text] of BASE) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  mkdirSync(join(root, 'node_modules/@acme'), { recursive: true });
  for (const name of ['lib', 'util'])
    symlinkSync(`../../packages/${name}`, join(root, 'node_modules/@acme', name), 'junction');
  return root;
}

/** @returns {Promise<boolean>} whether it was killed while it ran */
function run(mode, root, milliseconds, env = {}) {
  const args = mode === 'cli' ? [CLI, 'check', '--write-reports'] : [IN_MODE, mode, root];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, ...env },
    });
    // The watch never ends by itself.
    const limit = milliseconds ?? (mode === 'watch' ? LONGEST_MS : undefined);
    const timer = limit === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limit);
    child.on('exit', (_, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

function reportsIn(root) {
  const folder = join(root, '.verify-exports');
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
    return new Map(paths.map((path) => [path, textOf(path) ?? '']));
  } catch {
    return new Map();
  }
}

function same(a = new Map(), b = new Map()) {
  return JSON.stringify([...a]) === JSON.stringify([...b]);
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isJson(text) {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}
