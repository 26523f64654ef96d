// Measures checks of a generated workspace and of published packages, beside other tools. Prints Markdown for docs/performance.md.
// Usage: npm run bench -- [--packages 40] [--modules 50] [--runs 3] [--only parse,cold,…] [--growth 100,1000] [--markdown]
// `--only`: only some lines, and nothing else. `--growth none` and `--families none` leave out these tables. `--markdown`: aligned
// columns, as the formatter of this repository wants them.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FAMILIES, familyWorkspaces } from './families.mjs';
import { generateWorkspace } from './generate-workspace.mjs';
import { GOALS, goalRows } from './goals.mjs';
import { FAMILY_LINES, LINES } from './lines.mjs';
import { linkedPackages } from './linked-packages.mjs';
import { GNU_TIME, measure, median } from './measure.mjs';

/** @typedef {{ title: string; seconds?: number; cpu?: number; megabytes?: number }} Result */

const repository = join(import.meta.dirname, '../..');
const folder = join(repository, '.cache/bench');
const options = readOptions();
const size = { packages: options.packages, modules: options.modules };
const began = performance.now();
await main();

async function main() {
  const root = join(folder, 'workspace');
  const { sources, bytes } = generateWorkspace({ root, ...size, links: linkedPackages() });
  const results = await sample(
    LINES.filter(({ id }) => !options.only || options.only.includes(id)),
    root,
  );
  const grown = [];
  for (const packages of options.growth) grown.push(await growth(packages));
  const families = options.families ? await measureFamilies(root) : undefined;
  const parts = [
    heading(sources, bytes),
    ...(options.only ? [] : ['### Goals', goalTable(results, grown)]),
    '### All lines',
    lineTable(results),
    ...(families ? ['### Published packages', familyTable(families)] : []),
    ...(grown.length > 0 ? ['### Growth of the cold engine', growthTable(grown)] : []),
  ];
  const text = parts.join('\n\n');
  console.log(options.markdown ? await aligned(text) : text);
  console.error(`${Math.round((performance.now() - began) / 1000)} s in all`);
}

/** Every round runs all lines, so that a slow minute of the machine affects all of them. */
async function sample(lines, root) {
  /** @type {Map<string, import('./measure.mjs').Measured[]>} */
  const samples = new Map(lines.map(({ id }) => [id, []]));
  for (let round = 1; round <= options.runs; round++) {
    for (const line of lines) {
      if (line.once && round > 1) continue;
      line.before?.(root);
      const where = { cwd: line.cwd?.(root) ?? root, env: line.env ?? process.env, statuses: line.statuses };
      const measured = await measure(line.command(root), where).finally(() => line.after?.(root));
      const sampled = line.part ? { cpu: undefined, ...line.part(measured) } : measured;
      samples.get(line.id)?.push({ ...sampled, stdout: '', stderr: '' });
      console.error(`round ${round}/${options.runs}  ${line.id.padEnd(18)} ${sampled.seconds.toFixed(2)} s`);
    }
  }
  return new Map(lines.map((line) => [line.id, summarise(line, samples.get(line.id) ?? [])]));
}

/** @returns {Result} */
function summarise({ title }, samples) {
  const of = (field) =>
    samples.every((one) => one[field] !== undefined) ? median(samples.map((one) => one[field])) : undefined;
  return { title, seconds: of('seconds'), cpu: of('cpu'), megabytes: of('megabytes') };
}

async function growth(packages) {
  const root = join(folder, `growth-${packages}`);
  generateWorkspace({ root, packages, modules: size.modules });
  const { command } = LINES.find(({ id }) => id === 'cold') ?? { command: () => [] };
  const { seconds, cpu, megabytes } = await measure(command(root), { cwd: root });
  console.error(`growth     ${packages} packages ${seconds.toFixed(2)} s`);
  // 150,000 files are in the way of other tools.
  rmSync(root, { recursive: true });
  return { packages, seconds, cpu, megabytes };
}

async function measureFamilies(root) {
  const workspaces = await familyWorkspaces(join(folder, 'families'));
  const results = await sample(FAMILY_LINES, root);
  return workspaces.map(({ family, packages }) => ({
    family,
    packages,
    parse: results.get(`${family}-parse`),
    cold: results.get(`${family}-cold`),
    again: results.get(`${family}-again`),
  }));
}

function heading(sources, bytes) {
  const { model } = cpus()[0];
  return [
    `${size.packages} packages × ${size.modules} modules (${sources} sources, ${(bytes / 1e6).toFixed(1)} MB), medians of ${options.runs} runs.`,
    `${cpus().length} cores (${model.trim()}), Node ${process.versions.node}, Nx ${nxVersion()}, load average ${loadavg()[2].toFixed(1)} over the last 15 minutes.`,
    `Memory is that of the largest process of a line${existsSync(GNU_TIME) ? '' : '; it is unknown here, because GNU time is not installed'}.`,
  ].join('\n');
}

function goalTable(results, grown) {
  const rows = goalRows(GOALS, results, grown);
  return table(
    ['scenario', 'seconds', 'CPU seconds', 'goal'],
    rows.map(({ title, seconds, cpu, goal }) => [title, seconds, cpu, goal]),
  );
}

function lineTable(results) {
  const parse = results.get('parse');
  const over = (value, base) => (value === undefined || base === undefined ? '–' : (value / base).toFixed(2));
  return table(
    ['line', 'seconds', '× parsing', 'CPU seconds', '× parsing', 'peak MB'],
    [...results.values()].map(({ title, seconds, cpu, megabytes }) => [
      title,
      number(seconds, 2),
      over(seconds, parse?.seconds),
      number(cpu, 2),
      over(cpu, parse?.cpu),
      number(megabytes, 0),
    ]),
  );
}

function familyTable(families) {
  const over = (one, base, field) => (one[field] === undefined ? '–' : (one[field] / base[field]).toFixed(2));
  return table(
    ['packages', 'parsing', 'engine, cold', '× parsing', 'nothing changed', '× parsing'],
    families.map(({ family, packages, parse, cold, again }) => [
      `${packages} of ${family}`,
      `${number(parse.cpu ?? parse.seconds, 2)} s`,
      `${number(cold.cpu ?? cold.seconds, 2)} s`,
      over(cold, parse, cold.cpu === undefined ? 'seconds' : 'cpu'),
      `${number(again.cpu ?? again.seconds, 2)} s`,
      over(again, parse, again.cpu === undefined ? 'seconds' : 'cpu'),
    ]),
  );
}

function growthTable(grown) {
  return table(
    ['packages', 'modules', 'seconds', 'CPU seconds', 'CPU ms per module', 'peak MB'],
    grown.map(({ packages, seconds, cpu, megabytes }) => [
      String(packages),
      String(packages * size.modules),
      number(seconds, 1),
      number(cpu, 1),
      number(cpu === undefined ? undefined : (cpu / packages / size.modules) * 1000, 2),
      number(megabytes, 0),
    ]),
  );
}

function table(titles, rows) {
  return [titles, ['---', ...titles.slice(1).map(() => '---:')], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function number(value, digits) {
  return value === undefined ? '–' : value.toFixed(digits);
}

async function aligned(text) {
  const { format, resolveConfig } = await import('prettier');
  const file = join(repository, 'docs/performance.md');
  return (await format(text, { ...(await resolveConfig(file)), filepath: file })).trimEnd();
}

function nxVersion() {
  return JSON.parse(readFileSync(join(repository, 'node_modules/nx/package.json'), 'utf8')).version;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      packages: { type: 'string', default: '40' },
      modules: { type: 'string', default: '50' },
      runs: { type: 'string', default: '3' },
      only: { type: 'string' },
      growth: { type: 'string' },
      families: { type: 'string', default: FAMILIES.join(',') },
      markdown: { type: 'boolean', default: false },
    },
  });
  const count = (name, value) => {
    const found = Number(value);
    if (!Number.isInteger(found) || found < 1)
      throw new Error(`--${name} takes a whole number from 1, not "${value}".`);
    return found;
  };
  const only = values.only?.split(',');
  const unknown = (only ?? []).filter((id) => !LINES.some((line) => line.id === id));
  if (unknown.length > 0)
    throw new Error(`--only accepts ${LINES.map(({ id }) => id).join(', ')}; not ${unknown.join(', ')}.`);
  const grown = values.growth ?? (only ? 'none' : '100,1000');
  return {
    packages: count('packages', values.packages),
    modules: count('modules', values.modules),
    runs: count('runs', values.runs),
    growth: grown === 'none' ? [] : grown.split(',').map((value) => count('growth', value)),
    families: !only && values.families !== 'none',
    markdown: values.markdown,
    ...(only ? { only } : {}),
  };
}
