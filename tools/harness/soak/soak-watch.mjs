// The watch target of an Nx workspace that goes on while builds write output: after each of many random edits of built files, its
// findings are those of a fresh batch, and the memory of its process does not grow.
// Usage: npm run build && node tools/harness/soak/soak-watch.mjs [--edits 2000] [--minutes 15] [--seed 1]
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { generateWorkspace } from '../../bench/generate-workspace.mjs';
import { linkedPackages } from '../../bench/linked-packages.mjs';
import { random } from '../../bench/random.mjs';
import { nxEnvironment } from '../../nx-environment.mjs';

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '2000' },
    minutes: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
  },
});
/** How long the watch must be silent after a round, so that no other round follows. */
const SILENCE_MS = 150;
/** An edit that changes no result of any file may start no round. */
const LONGEST_MS = 20_000;
const SARIF = 'watch.sarif';
const EXECUTOR = '@verify-exports/nx:verify-exports';
process.env['VERIFY_EXPORTS_CACHE'] = 'false';

const dist = join(import.meta.dirname, '../../../packages');
const { default: batch } = await import(join(dist, 'nx/dist/executors/verify-exports/batch.js'));
const engine = await import(join(dist, 'engine/dist/index.js'));
const rand = random(Number(values.seed));
const parent = mkdtempSync(join(tmpdir(), 'verify-exports-soak-'));
const root = join(parent, 'workspace');
generateWorkspace({ root, packages: 8, modules: 6, links: linkedPackages() });
const env = { ...nxEnvironment, VERIFY_EXPORTS_CACHE: 'false' };
const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
const graphFile = join(parent, 'graph.json');
execFileSync(process.execPath, [nx, 'graph', `--file=${graphFile}`], { cwd: root, env, stdio: 'ignore' });
const { graph } = JSON.parse(readFileSync(graphFile, 'utf8'));
const names = Object.keys(graph.nodes).filter((name) => graph.nodes[name].data.targets?.['verify-exports']?.executor === EXECUTOR); // prettier-ignore
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\/dist\/.*\.(c?js|d\.ts)$/.test(file) && !file.includes('node_modules')); // prettier-ignore
const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

const watch = startWatch();
await watch.settled();
const started = performance.now();
const faults = [];
const resident = [];
let edits = 0;
let unlike = 0;
// The batch prints its results.
const { log } = console;
console.log = () => {};
const healthy = await freshFindings();
const isOver = () => (performance.now() - started) / 60_000 > Number(values.minutes);
for (; edits < Number(values.edits) && !isOver(); edits++) {
  const { what, isReal } = edit(edits % 10 === 9);
  if (isReal) await watch.settled();
  const expected = await freshFindings();
  if (expected !== healthy) unlike++;
  let actual = findingsIn(readFileSync(join(root, SARIF), 'utf8'));
  // A round may be late on a busy machine; a result that stays wrong is a fault.
  for (let wait = 0; wait < 20 && actual !== expected; wait++) {
    await setTimeout(500);
    actual = findingsIn(readFileSync(join(root, SARIF), 'utf8'));
  }
  if (actual !== expected) faults.push(`edit ${edits}: ${what}`);
  if (edits % 20 === 0) resident.push(watch.megabytes());
  if (edits % 100 === 0) console.error(`${edits} edits, ${resident.at(-1)} MB, ${faults.length} different`);
}
console.log = log;
await watch.stop();
rmSync(parent, { recursive: true, force: true });
const at = (part) => resident[Math.min(resident.length - 1, Math.floor(part * resident.length))] ?? 0;
for (const fault of faults.slice(0, 10)) console.log(fault);
console.log(
  `${edits} edits in ${Math.round((performance.now() - started) / 1000)} s, ${unlike} of them with other findings than the healthy workspace, ` +
    `${faults.length} different from a fresh batch; resident ${at(0.1)} MB after a tenth, ${at(0.5)} MB in the middle, ${at(1)} MB at the end`,
);
process.exitCode = faults.length > 0 || unlike === 0 || at(1) > at(0.1) * 1.3 ? 1 : 0;

/** Changes one built file, or makes all files healthy again. */
function edit(heals) {
  const changed = heals ? files.filter((file) => textOf(file) !== texts.get(file)) : [];
  for (const file of changed) writeFileSync(join(root, file), texts.get(file) ?? '');
  if (heals) return { what: 'heals', isReal: changed.length > 0 };
  const file = rand.pick(files);
  const before = textOf(file) ?? '';
  const lines = before.split('\n');
  const line = rand.int(0, lines.length - 1);
  const [what, text] = rand.pick([
    ['removes a line', lines.toSpliced(line, 1).join('\n')],
    ['doubles a line', lines.toSpliced(line, 0, lines[line] ?? '').join('\n')],
    ['cuts the end off', before.slice(0, rand.int(0, before.length))],
    ['renames', before.replace(/export (const|function) (\w)/, 'export $1 x$2')],
    ['takes another text', textOf(rand.pick(files)) ?? ''],
    ['adds an export', `${before}\nexport const added${rand.int(0, 9)} = 1;\n`],
    ['deletes', undefined],
    ['restores', texts.get(file) ?? ''],
  ]);
  if (text === undefined) rmSync(join(root, file), { force: true });
  else writeFileSync(join(root, file), text);
  return { what: `${what}: ${file}`, isReal: textOf(file) !== before };
}

function textOf(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

/** What a fresh batch of all projects finds. */
async function freshFindings() {
  const tasks = Object.fromEntries(
    names.map((project) => [
      `${project}:verify-exports`,
      { id: `${project}:verify-exports`, target: { project, target: 'verify-exports' }, overrides: {}, outputs: [], cache: false }, // prettier-ignore
    ]),
  );
  const none = Object.fromEntries(Object.keys(tasks).map((id) => [id, []]));
  const taskGraph = { roots: Object.keys(tasks), tasks, dependencies: none, continuousDependencies: none };
  const inputs = Object.fromEntries(
    names.map((name) => [
      `${name}:verify-exports`,
      graph.nodes[name].data.targets['verify-exports'].options ?? {},
    ]),
  );
  const context = {
    root,
    cwd: root,
    isVerbose: false,
    projectGraph: graph,
    taskGraph,
    nxJsonConfiguration: {},
  };
  for await (const result of (batch.default ?? batch)(taskGraph, inputs, {}, context)) void result;
  const reports = names.map((name) =>
    JSON.parse(
      readFileSync(join(root, '.verify-exports', graph.nodes[name].data.root, 'report.json'), 'utf8'),
    ),
  );
  return findingsIn(engine.renderReport('sarif', engine.mergeReports(reports)));
}

/** Rules, places and fingerprints; the same for the same findings. */
function findingsIn(sarif) {
  return JSON.stringify(JSON.parse(sarif).runs[0].results);
}

function startWatch() {
  const args = [nx, 'run', `${names[0]}:verify-exports:watch`, '--all', '--sarif', SARIF];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  let last = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    printed = `${printed}${chunk}`.slice(-100_000);
    last = performance.now();
  });
  return {
    /** Waits for the end of a round, and for silence after it. */
    async settled() {
      const from = performance.now();
      printed = '';
      const isEnded = () => /- watching\s*$/.test(printed) && performance.now() - last > SILENCE_MS;
      while (!isEnded() && performance.now() - from < LONGEST_MS) await setTimeout(25);
    },
    /** The memory of Nx and of the process in which it runs the target. */
    megabytes: () =>
      [child.pid ?? 0, ...below(child.pid ?? 0)].map(residentOf).reduce((sum, one) => sum + one, 0),
    stop() {
      child.kill('SIGTERM');
      return new Promise((resolve) => child.on('close', resolve));
    },
  };
}

function below(pid) {
  const out = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = out
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const direct = pairs.filter(([, above]) => above === pid).map(([own]) => own ?? 0);
  return direct.flatMap((each) => [each, ...below(each)]);
}

function residentOf(pid) {
  const out = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Math.round(Number(out.trim()) / 1000);
}
