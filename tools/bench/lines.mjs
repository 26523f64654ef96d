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
import { renderWidePackage } from './render-wide-package.mjs';

/**
 * The lines of the benchmark's table. Every line is a separate, new process.
 *
 * @typedef {import('./measure.mjs').Measured} Measured
 * @typedef {{ id: string; title: string; command: (root: string) => string[]; env?: NodeJS.ProcessEnv; before?: (root: string) => void; after?: (root: string) => void; part?: (measured: Measured) => { seconds: number; cpu: number } }} Line
 *   `before` and `after` are not measured. `part`: reads from the output the time of the part that the line is about.
 */

const repository = join(import.meta.dirname, '../..');
const node = process.execPath;
const script = (name) => join(import.meta.dirname, name);
const bin = (path) => join(repository, 'node_modules', path);

const runMany = (target, ...args) => [node, bin('nx/dist/bin/nx.js'), 'run-many', '-t', target, ...args];
const nx = (...args) => runMany('verify-exports', ...args);
const engine = (root, ...args) => [node, script('run-engine.mjs'), root, '--cold', ...args];
const cacheOf = (root) => join(root, '../engine-cache');
const nxEnvironment = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  CI: 'true',
  FORCE_COLOR: '0',
};

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
    id: 'warm',
    title: 'engine, warm (second run in one process)',
    command: (root) => [node, script('run-engine.mjs'), root],
    part: ({ stdout }) => JSON.parse(stdout).warm,
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
    id: 'nx-single',
    title: '`nx run-many`, single, first run',
    command: () => nx(),
    env: nxEnvironment,
    before: forget,
  },
  {
    id: 'nx-single-again',
    title: '`nx run-many --skip-nx-cache`, single, second run',
    command: () => nx('--skip-nx-cache'),
    env: nxEnvironment,
  },
  {
    id: 'nx-batch',
    title: '`nx run-many --batch`',
    command: () => nx('--batch'),
    env: nxEnvironment,
    before: forget,
  },
  { id: 'nx-replayed', title: '`nx run-many`, replayed from cache', command: () => nx(), env: nxEnvironment },
  {
    id: 'nx-changed',
    title: '`nx run-many`, one source changed',
    command: () => nx(),
    env: nxEnvironment,
    before: changeOne,
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
  {
    id: 'oxlint',
    title: 'oxlint, import rules',
    command: (root) => [
      node,
      bin('oxlint/bin/oxlint'),
      '--no-ignore',
      '-c',
      join(root, '.oxlintrc.json'),
      ...sourceFolders(root),
    ],
  },
];

function forget(root) {
  for (const folder of ['.nx', '.verify-exports'])
    rmSync(join(root, folder), { recursive: true, force: true });
}

/** Adds a comment to one module of the package in the middle. Every call writes a different text, so that no cache has it. */
function changeOne(root) {
  const packages = readdirSync(join(root, 'packages')).sort();
  const folder = join(root, 'packages', packages[packages.length >> 1], 'src');
  appendFileSync(join(folder, readdirSync(folder).sort()[0]), '// changed\n');
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

function sourceFolders(root) {
  return readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'src'));
}
