// From saving a provider's built entry point to the verdict on those who import from it, while a watch runs. Breaks 20 providers of
// the generated workspace, one after the other, and mends them. Usage: npm run bench:watch -- [--packages 100] [--modules 50] [--edits 20]
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { generateWorkspace } from './generate-workspace.mjs';
import { median } from './measure.mjs';

const repository = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    packages: { type: 'string', default: '100' },
    modules: { type: 'string', default: '50' },
    edits: { type: 'string', default: '20' },
  },
});
const [packages, modules, edits] = [values.packages, values.modules, values.edits].map(Number);
const END = / - watching$/m;
const NEWS = Symbol('something was printed');

const root = join(repository, '.cache/bench/watched');
const { packages: planned } = generateWorkspace({ root, packages, modules, links: links() });
const providers = providersOf(planned);
const rows = [...(await sample('--all')), ...(await sample())];
console.log(table(rows));

/** Starts one watch and breaks all providers in turn; without `--all`, a watch of a dependent for each. */
async function sample(...options) {
  const samples = [];
  let watch = options.length > 0 ? await start(providers[0].name, ...options) : undefined;
  const [first] = watch?.took ?? [];
  for (const { name, folder } of providers) {
    const importers = watch ? dependentsOf(name) : [importerOf(name)];
    const watching = watch ?? (await start(importers[0].name));
    samples.push(
      await breakAndMend(watching, { name, importers, file: join(root, folder, 'dist/index.js') }),
    );
    if (!watch) await watching.stop();
  }
  await watch?.stop();
  const title = options.length > 0 ? `all ${packages} packages` : 'one package';
  return [
    ...(first === undefined ? [] : [[`${title}: the first verdict on everything`, [first]]]),
    [`${title}: broken, to the first finding`, samples.map(({ told }) => told)],
    [`${title}: broken, to the end of the round`, samples.map(({ broken }) => broken)],
    [`${title}: mended, to the end of the round`, samples.map(({ mended }) => mended)],
  ];
}

async function breakAndMend(watching, { name, importers, file }) {
  const text = readFileSync(file, 'utf8');
  const broken = withoutOne(text, name, importers);
  const told = await watching.after(() => writeFileSync(file, broken), / - error VE201 /, END);
  const mended = await watching.after(() => writeFileSync(file, text), END);
  return { told: told[0], broken: told[1], mended: mended[0] };
}

/** Without the first named re-export of which one of the importers asks for a name from the package itself. */
function withoutOne(text, name, importers) {
  const lines = text.split('\n');
  const imported = importers.flatMap(({ folder }) => importsOf(join(root, folder, 'dist'), name));
  const index = lines.findIndex(
    (line) => line.startsWith('export {') && imported.some((each) => new RegExp(`\\b${each}\\b`).test(line)),
  );
  if (index < 0) throw new Error(`Nobody imports a name that ${name} re-exports by name.`);
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

/** The first that imports names from the package itself. */
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

/** Starts a watch. @returns once it has told its first verdict */
async function start(project, ...options) {
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  const child = spawn(process.execPath, [nx, 'run', `${project}:verify-exports:watch`, ...options], {
    cwd: root,
    env: {
      ...process.env,
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
      CI: 'true',
      FORCE_COLOR: '0',
    },
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
        if (outcome !== NEWS) throw new Error(`The watch does not tell what is waited for:\n${printed}`);
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

/** Packages that others import from, with most dependents and with fewest alike. */
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
      ([title, times]) => `| ${title} | ${number(median(times))} | ${number(Math.max(...times))} |`,
    ),
  ].join('\n');
}

function links() {
  return {
    nx: join(repository, 'node_modules/nx'),
    '@verify-exports/nx': join(repository, 'packages/nx'),
    '@verify-exports/engine': join(repository, 'packages/engine'),
  };
}
