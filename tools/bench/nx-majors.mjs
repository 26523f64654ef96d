// Measures a workspace of built packages on every Nx major: single tasks, one batch, and a replay from the cache.
// Usage: npm run bench:nx -- [--majors 20,24] [--packages 100] [--modules 50] [--runs 3]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateWorkspace } from './generate-workspace.mjs';
import { linkedPackages } from './linked-packages.mjs';
import { measure, median } from './measure.mjs';
import { nxEnvironment } from '../nx-environment.mjs';

const repository = join(import.meta.dirname, '../..');
/** The newest version of each major that the tests run on. */
const VERSIONS = { 20: '20.8.4', 21: '21.6.11', 22: '22.7.12', 23: '23.3.2', 24: '24.0.6' };

const { values } = parseArgs({
  options: {
    majors: { type: 'string', default: Object.keys(VERSIONS).join(',') },
    packages: { type: 'string', default: '100' },
    modules: { type: 'string', default: '50' },
    runs: { type: 'string', default: '3' },
  },
});
const [packages, modules, runs] = [values.packages, values.modules, values.runs].map(Number);
const rows = [];
for (const major of values.majors.split(',')) rows.push(await row(major));
console.log(
  [
    `${packages} packages × ${modules} modules, medians of ${runs} runs, Nx's daemon off; ${cpus().length} cores (${cpus()[0].model.trim()}), ` +
      `Node ${process.versions.node}, load average ${loadavg()[1].toFixed(1)} over the last minutes. Seconds, CPU seconds in brackets.`,
    '',
    '| Nx | single | batch | replayed |',
    '|---|---:|---:|---:|',
    ...rows,
  ].join('\n'),
);

async function row(major) {
  const version = VERSIONS[major];
  if (version === undefined)
    throw new Error(`--majors accepts ${Object.keys(VERSIONS).join(', ')}; not ${major}.`);
  const nx = install(version);
  const root = join(repository, `.cache/bench/nx-majors-${major}`);
  generateWorkspace({ root, packages, modules, links: linkedPackages(nx) });
  /** @type {Record<string, import('./measure.mjs').Measured[]>} */
  const times = { single: [], batch: [], replayed: [] };
  for (let round = 0; round < runs; round++) {
    for (const way of Object.keys(times)) {
      if (way !== 'replayed')
        for (const folder of ['.nx', '.verify-exports'])
          rmSync(join(root, folder), { recursive: true, force: true });
      const measured = await measure(command(nx, way), { cwd: root, env: nxEnvironment });
      times[way].push(measured);
      console.error(`Nx ${version}  ${way.padEnd(9)} ${measured.seconds.toFixed(2)} s`);
    }
  }
  const cells = Object.values(times).map((samples) => {
    const of = (field) => median(samples.map((one) => one[field]));
    const cpu = samples.every((one) => one.cpu !== undefined) ? ` (${of('cpu').toFixed(1)})` : '';
    return `${of('seconds').toFixed(1)}${cpu}`;
  });
  return `| ${version} | ${cells.join(' | ')} |`;
}

function command(nx, way) {
  const bin = ['dist/bin/nx.js', 'bin/nx.js'].map((file) => join(nx, file)).find((file) => existsSync(file));
  if (!bin) throw new Error(`${nx} has no nx command.`);
  const batch = way === 'batch' ? ['--batch'] : [];
  return [process.execPath, bin, 'run-many', '-t', 'verify-exports', ...batch];
}

/** Installs Nx alone, once for each version. @returns its folder */
function install(version) {
  const folder = join(repository, `.cache/bench/nx-${version}`);
  const nx = join(folder, 'node_modules/nx');
  if (existsSync(nx)) return nx;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { nx: version } }),
  );
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: folder,
    stdio: 'ignore',
  });
  return nx;
}
