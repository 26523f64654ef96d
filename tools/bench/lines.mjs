import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { FAMILIES } from './families.mjs';
import { generateWorkspace } from './generate-workspace.mjs';
import { nxEnvironment } from '../nx-environment.mjs';
import { linkedPackages } from './linked-packages.mjs';
import { pluginSeconds } from './plugin-seconds.mjs';
import { renderWidePackage } from './render-wide-package.mjs';

/**
 * The lines of the benchmark's table. Every line is a separate, new process.
 *
 * @typedef {import('./measure.mjs').Measured} Measured
 * @typedef {{ id: string; title: string; command: (root: string) => string[]; cwd?: (root: string) => string; env?: NodeJS.ProcessEnv; before?: (root: string) => void; after?: (root: string) => void; part?: (measured: Measured) => { seconds: number; cpu?: number }; once?: boolean; statuses?: number[] }} Line
 *   `before` and `after` are not measured. `part`: reads from the output the time of the part that the line is about. `once`: it
 *   takes so long that one round has to be enough. `statuses`: the accepted exit statuses.
 */

const repository = join(import.meta.dirname, '../..');
const node = process.execPath;
const script = (name) => join(import.meta.dirname, name);
const bin = (path) => join(repository, 'node_modules', path);

const nxBin = bin('nx/dist/bin/nx.js');
const runMany = (target, ...args) => [node, nxBin, 'run-many', '-t', target, ...args];
const nx = (...args) => runMany('verify-exports', ...args);
const engine = (root, ...args) => [node, script('run-engine.mjs'), root, '--cold', ...args];
const cacheOf = (root) => join(root, '../engine-cache');
const familyRoot = (root, family) => join(root, '../families', family);
/** The size for which the goal of graph creation holds. */
const graphRoot = (root) => join(root, '../graph-100');
const oxlint = (root, folder) => [
  node,
  bin('oxlint/bin/oxlint'),
  '--no-ignore',
  '-c',
  join(root, '.oxlintrc.json'),
  ...foldersOf(root, folder),
];

/** The projects that the last run of the line `hub` has checked. */
let affected = [];

/** @type {readonly Line[]} */
export const LINES = [
  {
    id: 'parse',
    title: 'one oxc-parser pass over the sources',
    command: (root) => [node, script('parse-sources.mjs'), root],
  },
  { id: 'cold', title: 'engine, cold', command: (root) => engine(root) },
  {
    id: 'filling',
    title: 'engine, cold, and writes its cache folder',
    command: (root) => engine(root, '--cache', cacheOf(root)),
    before: (root) => rmSync(cacheOf(root), { recursive: true, force: true }),
  },
  {
    id: 'again',
    title: 'engine, new process, nothing changed',
    command: (root) => engine(root, '--cache', cacheOf(root)),
  },
  {
    id: 'broken',
    title: 'engine, cold, one built file of a hub deleted',
    command: (root) => engine(root, '--broken'),
    before: (root) => renameSync(lostFile(root), `${lostFile(root)}.lost`),
    after: (root) => renameSync(`${lostFile(root)}.lost`, lostFile(root)),
  },
  {
    id: 'wide',
    title: 'engine, one import from a package of 3,000 subpaths in two formats',
    command: (root) => engine(wideRoot(root), '--project', 'app'),
    before: writeWide,
  },
  {
    id: 'nx-empty',
    title: '`nx run-many` of an empty executor',
    command: () => runMany('empty'),
    env: nxEnvironment,
    before: forget,
  },
  {
    id: 'nx-empty-replayed',
    title: '`nx run-many` of an empty executor, replayed from cache',
    command: () => runMany('empty'),
    env: nxEnvironment,
  },
  {
    id: 'nx-batch',
    title: '`nx run-many --batch`, first run',
    command: () => nx('--batch'),
    env: nxEnvironment,
    before: forget,
  },
  {
    id: 'nx-single',
    title: '`nx run-many`, one process per task, first run',
    command: () => nx(),
    env: nxEnvironment,
    before: forget,
  },
  {
    id: 'nx-single-again',
    title: '`nx run-many --skip-nx-cache`, one process per task, second run',
    command: () => nx('--skip-nx-cache'),
    env: nxEnvironment,
  },
  { id: 'nx-replayed', title: '`nx run-many`, replayed from cache', command: () => nx(), env: nxEnvironment },
  {
    id: 'hub',
    title: '`nx run-many`, one process per task, one source of a hub changed',
    command: () => nx('--output-style=static'),
    env: nxEnvironment,
    before: changeHub,
    part: (measured) => {
      affected = projectsThatRan(measured.stdout);
      return measured;
    },
  },
  {
    id: 'hub-empty',
    title: '`nx run-many` of an empty executor, the same number of tasks',
    command: () => {
      if (affected.length === 0) throw new Error('Measure the line "hub" as well: it finds the tasks.');
      return runMany('empty', '--skip-nx-cache', `--projects=${affected.join(',')}`);
    },
    env: nxEnvironment,
  },
  {
    id: 'graph',
    title: 'project graph of 100 × 50 without the daemon, part of the plugin',
    command: () => [node, nxBin, 'show', 'projects'],
    cwd: graphRoot,
    env: { ...nxEnvironment, NX_PERF_LOGGING: 'true' },
    before: writeForGraph,
    part: ({ stdout, stderr }) => ({ seconds: pluginSeconds(stdout + stderr) }),
  },
  {
    id: 'graph-daemon',
    title: 'project graph of 100 × 50 with the daemon after one edit, part of the plugin',
    command: (root) => [node, script('graph-after-edit.mjs'), graphRoot(root)],
    before: writeForGraph,
    part: ({ stdout }) => JSON.parse(stdout),
    once: true,
  },
  {
    id: 'watch',
    title: 'watch, from saving one built file to the first finding',
    command: () => [node, script('watch.mjs'), '--packages', '40', '--edits', '8', '--json'],
    part: ({ stdout }) => JSON.parse(stdout),
    once: true,
  },
  {
    id: 'typescript',
    title: 'TypeScript 7 `--noEmit`',
    command: (root) => [node, bin('typescript/bin/tsc'), '--noEmit', '-p', root],
  },
  {
    id: 'typescript6',
    title: 'TypeScript 6 `--noEmit`',
    command: (root) => [node, bin('typescript6/bin/tsc'), '--noEmit', '-p', root],
  },
  {
    id: 'esbuild',
    title: 'esbuild, every entry point bundled',
    command: (root) => [node, script('bundle-entries.mjs'), root, 'esbuild'],
  },
  {
    id: 'rolldown',
    title: 'rolldown, every entry point bundled',
    command: (root) => [node, script('bundle-entries.mjs'), root, 'rolldown'],
  },
  {
    id: 'node',
    title: 'Node imports every entry point',
    command: (root) => [node, script('bundle-entries.mjs'), root, 'node'],
  },
  { id: 'oxlint', title: 'oxlint, import rules, sources', command: (root) => oxlint(root, 'src') },
  {
    id: 'oxlint-output',
    title: 'oxlint, import rules, output',
    command: (root) => oxlint(root, 'dist'),
    // It reads declarations of CommonJS as if they were CommonJS themselves, and reports their exports.
    statuses: [0, 1],
  },
  {
    id: 'knip',
    title: 'knip',
    command: () => [node, bin('knip/bin/knip.js'), '--no-exit-code', '--no-config-hints'],
  },
  {
    id: 'publint',
    title: 'publint, every package',
    command: (root) => [node, script('lint-packages.mjs'), root, 'publint'],
  },
  {
    id: 'attw',
    title: 'are-the-types-wrong, every package',
    command: (root) => [node, script('lint-packages.mjs'), root, 'attw'],
    once: true,
  },
];

/** The same for published packages. @type {readonly Line[]} */
export const FAMILY_LINES = FAMILIES.flatMap((family) => [
  {
    id: `${family}-parse`,
    title: `${family}: one oxc-parser pass over the JavaScript`,
    command: (root) => [node, script('parse-sources.mjs'), familyRoot(root, family), '--javascript'],
  },
  {
    id: `${family}-cold`,
    title: `${family}: engine, cold, and writes its cache folder`,
    command: (root) =>
      engine(familyRoot(root, family), '--published', '--cache', join(cacheOf(root), family)),
    before: (root) => rmSync(join(cacheOf(root), family), { recursive: true, force: true }),
  },
  {
    id: `${family}-again`,
    title: `${family}: engine, new process, nothing changed`,
    command: (root) =>
      engine(familyRoot(root, family), '--published', '--cache', join(cacheOf(root), family)),
  },
]);

/** @param {string} output of `nx run-many --output-style=static` */
export function projectsThatRan(output) {
  return [...output.matchAll(/^> nx run (\S+):verify-exports$/gm)].map(([, project]) => project);
}

function forget(root) {
  for (const folder of ['.nx', '.verify-exports'])
    rmSync(join(root, folder), { recursive: true, force: true });
}

/** Adds a comment to one module of the first package, which most others depend on. Every call writes another text. */
function changeHub(root) {
  const [first] = readdirSync(join(root, 'packages')).sort();
  const folder = join(root, 'packages', first, 'src');
  appendFileSync(join(folder, readdirSync(folder).sort()[0]), '// changed\n');
}

/** A workspace for which Nx has created the graph once. */
function writeForGraph(root) {
  const workspace = graphRoot(root);
  if (existsSync(workspace)) return;
  generateWorkspace({ root: workspace, packages: 100, modules: 50, links: linkedPackages() });
  execFileSync(node, [nxBin, 'show', 'projects'], { cwd: workspace, env: nxEnvironment, stdio: 'ignore' });
}

/** A built module of the first package, which most others depend on. */
function lostFile(root) {
  const [first] = readdirSync(join(root, 'packages')).sort();
  const dist = join(root, 'packages', first, 'dist');
  const [, name] = /'\.\/(\w+\.js)'/.exec(readFileSync(join(dist, 'index.js'), 'utf8')) ?? [];
  return join(dist, name);
}

function wideRoot(root) {
  return join(root, '../wide');
}

function writeWide(root) {
  const wide = wideRoot(root);
  if (existsSync(wide)) return;
  const files = renderWidePackage({ name: '@bench/icons', folder: 'packages/icons', entries: 3000 });
  const text = "import { icon1 } from '@bench/icons/icon1';\nexport const icon = icon1;\n";
  const exports = { types: './dist/index.d.ts', default: './dist/index.js' };
  const dependencies = { '@bench/icons': '^1.0.0' };
  const manifest = { name: '@bench/app', version: '1.0.0', type: 'module', exports, dependencies };
  files.set('package.json', '{ "private": true, "workspaces": ["packages/*"] }');
  files.set('packages/app/package.json', JSON.stringify(manifest));
  files.set('packages/app/src/index.ts', text);
  files.set('packages/app/dist/index.js', text);
  files.set('packages/app/dist/index.d.ts', 'export declare const icon: { d: string };\n');
  for (const [file, content] of files) {
    mkdirSync(dirname(join(wide, file)), { recursive: true });
    writeFileSync(join(wide, file), content);
  }
}

function foldersOf(root, folder) {
  return readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, folder));
}
