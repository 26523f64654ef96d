// Kills the command line at random points while it checks a workspace and writes reports. After each kill, every report is complete or
// missing, and at the end a whole run gives the reports that a run without kills gives and leaves no temporary file.
// Usage: npm run build && node tools/harness/kill/kill.mjs [--count 500] [--seed 1]
import { spawn, spawnSync } from 'node:child_process';
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
const cli = join(import.meta.dirname, '../../../packages/engine/dist/verify-exports.js');
const root = mkdtempSync(join(tmpdir(), 'verify-exports-kill-'));
for (const [path, text] of BASE) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
mkdirSync(join(root, 'node_modules/@acme'), { recursive: true });
for (const name of ['lib', 'util'])
  symlinkSync(`../../packages/${name}`, join(root, 'node_modules/@acme', name));

const args = [cli, 'check', '--write-reports'];
const reports = join(root, '.verify-exports');
const started = Date.now();
spawnSync(process.execPath, args, { cwd: root });
const duration = Date.now() - started;
const expected = filesIn(reports);
const faults = [];
let killed = 0;

for (let round = 0; round < Number(values.count); round++) {
  if (rand.chance(0.5)) rmSync(reports, { recursive: true, force: true });
  const wait = rand.int(0, duration);
  killed += (await killedAfter(wait)) ? 1 : 0;
  for (const [name, text] of filesIn(reports))
    if (!name.endsWith('.tmp') && text !== expected.get(name))
      faults.push(`round ${round}: ${name} is not complete`);
}
spawnSync(process.execPath, args, { cwd: root });
const after = filesIn(reports);
if (JSON.stringify([...after]) !== JSON.stringify([...expected]))
  faults.push(`the last run differs: ${[...after.keys()].join(', ')}`);
rmSync(root, { recursive: true });
for (const fault of faults) console.log(fault);
console.log(
  `${expected.size} files, ${values.count} runs, ${killed} killed within ${duration} ms, ${faults.length} faults`,
);
process.exitCode = faults.length > 0 || expected.size === 0 ? 1 : 0;

/** @returns {Promise<boolean>} whether it was still running */
function killedAfter(milliseconds) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.on('exit', (_, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

function filesIn(folder) {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
    return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
  } catch {
    return new Map();
  }
}
