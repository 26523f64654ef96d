// Measures a watch: the time from saving a provider's built entry point to the results of its dependents. Breaks 20 providers of the
// generated workspace, one after the other, and fixes them again.
// Usage: npm run bench:watch -- [--packages 100] [--modules 50] [--edits 20] [--json]
// `--json`: only the watch of all packages, and only the median time to the first finding, in seconds.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { generateWorkspace } from './generate-workspace.mjs';
import { linkedPackages } from './linked-packages.mjs';
import { median } from './measure.mjs';
import { nxEnvironment } from '../nx-environment.mjs';

const repository = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    packages: { type: 'string', default: '100' },
    modules: { type: 'string', default: '50' },
    edits: { type: 'string', default: '20' },
    json: { type: 'boolean' },
  },
});
const [packages, modules, edits] = [values.packages, values.modules, values.edits].map(Number);
const FIRST = 'broken, to the first finding';
const END = / - watching$/m;
const NEWS = Symbol('something was printed');

const root = join(repository, '.cache/bench/watched');
const { packages: planned } = generateWorkspace({ root, packages, modules, links: linkedPackages() });
const providers = providersOf(planned);
if (values.json) {
  const times = (await sample('--all')).flatMap(({ title, times: of }) => (title.endsWith(FIRST) ? of : []));
  console.log(JSON.stringify({ seconds: median(times) }));
} else {
  console.log(table([...(await sample('--all')), ...(await sample())]));
}

/** Breaks all providers in turn. With `--all`, one watch sees them all. Without it, a dependent of each provider is watched. */
async function sample(...options) {
  const samples = [];
  let watch = options.length > 0 ? await start(providers[0].name, ...options) : undefined;
  const [first] = watch?.took ?? [];
  for (const { name, folder } of providers) {
    const importers = watch ? dependentsOf(name) : [importerOf(name)];
    const watching = watch ?? (await start(importers[0].name));
    samples.push(await breakAndFix(watching, { name, importers, file: join(root, folder, 'dist/index.js') }));
    if (!watch) await watching.stop();
  }
  await watch?.stop();
  const title = options.length > 0 ? `all ${packages} packages` : 'one package';
  return [
    ...(first === undefined ? [] : [{ title: `${title}: the first result`, times: [first] }]),
    { title: `${title}: ${FIRST}`, times: samples.map(({ found }) => found) },
    { title: `${title}: broken, to the end of the round`, times: samples.map(({ broken }) => broken) },
    { title: `${title}: fixed, to the end of the round`, times: samples.map(({ fixed }) => fixed) },
  ];
}

async function breakAndFix(watching, { name, importers, file }) {
  const text = readFileSync(file, 'utf8');
  const broken = withoutOne(text, name, importers);
  const found = await watching.after(() => writeFileSync(file, broken), / - error VE201 /, END);
  const fixed = await watching.after(() => writeFileSync(file, text), END);
  return { found: found[0], broken: found[1], fixed: fixed[0] };
}

/** Removes the first named re-export that has a name which an importer imports from the package itself. */
function withoutOne(text, name, importers) {
  const lines = text.split('\n');
  const imported = importers.flatMap(({ folder }) => importsOf(join(root, folder, 'dist'), name));
  const index = lines.findIndex(
    (line) => line.startsWith('export {') && imported.some((each) => new RegExp(`\\b${each}\\b`).test(line)),
  );
  if (index < 0) throw new Error(`No package imports a name that ${name} re-exports by name.`);
  return lines.toSpliced(index, 1).join('\n');
}

function importsOf(folder, name) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  return files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/import \{([^}]*)\} from '([^']*)'/g)].flatMap(
      ([, names, from]) => (from === name ? names.split(',').map((each) => each.trim().split(' ')[0]) : []),
    ),
  );
}

/** The first dependent that imports names from the package itself. */
function importerOf(name) {
  const found = dependentsOf(name).find(
    ({ folder }) => importsOf(join(root, folder, 'dist'), name).length > 0,
  );
  if (!found) throw new Error(`No package imports a name from ${name}.`);
  return found;
}

function dependentsOf(name) {
  return planned.filter(({ dependencies }) => dependencies.includes(name));
}

/** Starts a watch. @returns after the watch has printed its first result */
async function start(project, ...options) {
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  const child = spawn(process.execPath, [nx, 'run', `${project}:verify-exports:watch`, ...options], {
    cwd: root,
    env: nxEnvironment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  let heard = () => {};
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    printed += chunk;
    heard();
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const after = async (act, ...patterns) => {
    printed = '';
    const started = performance.now();
    act();
    const times = [];
    for (const pattern of patterns) {
      while (!pattern.test(printed)) {
        const news = new Promise((resolve) => (heard = () => resolve(NEWS)));
        const outcome = await Promise.race([ended, setTimeout(120_000, undefined, { ref: false }), news]);
        if (outcome !== NEWS) throw new Error(`The watch did not print the expected text:\n${printed}`);
      }
      times.push((performance.now() - started) / 1000);
    }
    return times;
  };
  const took = await after(() => {}, END);
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { after, stop, took };
}

/** Packages with dependents: some with many of them, some with few. */
function providersOf(plan) {
  const found = plan.filter(({ name }) => dependentsOf(name).length > 0);
  const step = Math.max(1, Math.floor(found.length / edits));
  return found.filter((_, index) => index % step === 0).slice(0, edits);
}

function table(rows) {
  const number = (value) => value.toFixed(2);
  return [
    `${packages} packages × ${modules} modules, ${providers.length} edits; ${cpus().length} cores (${cpus()[0].model.trim()}), Node ${process.versions.node}, load average ${loadavg()[1].toFixed(1)} over the last minutes.`,
    '',
    '| seconds from saving | median | worst |',
    '|---|---:|---:|',
    ...rows.map(
      ({ title, times }) => `| ${title} | ${number(median(times))} | ${number(Math.max(...times))} |`,
    ),
  ].join('\n');
}
