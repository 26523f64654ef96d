// One table of times. Usage: npm run bench -- [--packages 100] [--modules 50] [--runs 5] [--only parse,cold,…] [--growth 10,30,100]
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateWorkspace } from './generate-workspace.mjs';
import { LINES } from './lines.mjs';
import { GNU_TIME, measure, median } from './measure.mjs';

const repository = join(import.meta.dirname, '../..');
const options = readOptions();
const size = { packages: options.packages, modules: options.modules };
await main();

async function main() {
  const root = join(repository, '.cache/bench/workspace');
  const { sources, bytes } = generateWorkspace({ root, ...size, links: links() });
  console.error(
    `${size.packages} packages × ${size.modules} modules: ${sources} sources of ${Math.round(bytes / sources)} bytes on average.`,
  );
  const samples = await sample(root);
  const rows = LINES.filter(({ id }) => samples.has(id)).map((line) => summarise(line, samples.get(line.id)));
  console.log(`\n${table(rows, sources, bytes)}`);
  if (options.growth.length > 0) console.log(`\n${await growth()}`);
}

/** Every round runs all lines, so that a slow minute of the machine affects all of them. */
async function sample(root) {
  const lines = LINES.filter(({ id }) => !options.only || options.only.includes(id));
  /** @type {Map<string, import('./measure.mjs').Measured[]>} */
  const samples = new Map(lines.map(({ id }) => [id, []]));
  for (let round = 1; round <= options.runs; round++) {
    for (const line of lines) {
      line.before?.(root);
      const measured = await measure(line.command(root), { cwd: root, env: line.env ?? process.env }).finally(
        () => line.after?.(root),
      );
      const sampled = { ...measured, ...line.part?.(measured) };
      samples.get(line.id)?.push(sampled);
      console.error(`round ${round}/${options.runs}  ${line.id.padEnd(12)} ${sampled.seconds.toFixed(2)} s`);
    }
  }
  return samples;
}

function summarise({ title }, samples) {
  const of = (field) =>
    samples.every((one) => one[field] !== undefined) ? median(samples.map((one) => one[field])) : undefined;
  return { title, seconds: of('seconds'), cpu: of('cpu'), megabytes: of('megabytes') };
}

function table(rows, sources, bytes) {
  const [first] = rows;
  const number = (value, digits) => (value === undefined ? '–' : value.toFixed(digits));
  const body = rows.map(
    ({ title, seconds, cpu, megabytes }) =>
      `| ${title} | ${number(seconds, 2)} | ${number(seconds / first.seconds, 2)} | ${number(cpu, 2)} | ${number(megabytes, 0)} |`,
  );
  const { model } = cpus()[0];
  return [
    `${size.packages} packages × ${size.modules} modules (${sources} sources, ${(bytes / 1e6).toFixed(1)} MB), medians of ${options.runs} runs; ` +
      `${cpus().length} cores (${model.trim()}), Node ${process.versions.node}, load average ${loadavg()[1].toFixed(1)} over the last minutes. Memory: the largest process of the line` +
      `${existsSync(GNU_TIME) ? '' : ' (not known here: GNU time is not installed)'}.`,
    '',
    `| | seconds | × first line | CPU seconds | peak MB |`,
    '|---|---:|---:|---:|---:|',
    ...body,
    '',
    'TypeScript and oxlint read the sources, TypeScript against the built declarations of the other packages, as through `exports`.',
  ].join('\n');
}

async function growth() {
  const rows = [];
  for (const packages of options.growth) {
    const root = join(repository, `.cache/bench/growth-${packages}`);
    generateWorkspace({ root, packages, modules: size.modules });
    const [cold] = LINES.filter(({ id }) => id === 'cold');
    const samples = [];
    for (let round = 0; round < options.runs; round++) {
      const { stdout } = await measure(cold.command(root), { cwd: root });
      samples.push(JSON.parse(stdout).cold);
    }
    const [seconds, cpu] = [median(samples.map((one) => one.seconds)), median(samples.map((one) => one.cpu))];
    const per = (count) => ((cpu / count) * 1000).toFixed(2);
    rows.push(
      `| ${packages} | ${seconds.toFixed(2)} | ${cpu.toFixed(2)} | ${per(packages)} | ${per(samples[0].met / 1000)} |`,
    );
  }
  return [
    'Growth of the cold engine, without the start of Node. The first packages have few to depend on, hence the last column.',
    '',
    '| packages | seconds | CPU seconds | CPU ms per package | CPU ms per 1000 demands |',
    '|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

function links() {
  return {
    nx: join(repository, 'node_modules/nx'),
    '@verify-exports/nx': join(repository, 'packages/nx'),
    '@verify-exports/engine': join(repository, 'packages/engine'),
  };
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      packages: { type: 'string', default: '100' },
      modules: { type: 'string', default: '50' },
      runs: { type: 'string', default: '5' },
      only: { type: 'string' },
      growth: { type: 'string', default: '10,30,100' },
    },
  });
  const count = (name, value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < 1)
      throw new Error(`--${name} takes a whole number from 1, not "${value}".`);
    return number;
  };
  const only = values.only?.split(',');
  const unknown = (only ?? []).filter((id) => !LINES.some((line) => line.id === id));
  if (unknown.length > 0)
    throw new Error(`--only accepts ${LINES.map(({ id }) => id).join(', ')}; not ${unknown.join(', ')}.`);
  return {
    packages: count('packages', values.packages),
    modules: count('modules', values.modules),
    runs: count('runs', values.runs),
    growth:
      values.growth === '' || values.growth === 'none'
        ? []
        : values.growth.split(',').map((value) => count('growth', value)),
    ...(only ? { only } : {}),
  };
}
