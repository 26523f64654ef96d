import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The lines of the benchmark's table. Every line is a separate, new process.
 *
 * @typedef {import('./measure.mjs').Measured} Measured
 * @typedef {{ id: string; title: string; command: (root: string) => string[]; env?: NodeJS.ProcessEnv; before?: (root: string) => void; part?: (measured: Measured) => { seconds: number; cpu: number } }} Line
 *   `before`: runs first and is not measured. `part`: reads from the output the time of the part that the line is about.
 */

const repository = join(import.meta.dirname, '../..');
const node = process.execPath;
const script = (name) => join(import.meta.dirname, name);
const bin = (path) => join(repository, 'node_modules', path);

const nx = (...args) => [node, bin('nx/dist/bin/nx.js'), 'run-many', '-t', 'verify-exports', ...args];
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
  { id: 'cold', title: 'engine, cold', command: (root) => [node, script('run-engine.mjs'), root, '--cold'] },
  {
    id: 'warm',
    title: 'engine, warm (second run in one process)',
    command: (root) => [node, script('run-engine.mjs'), root],
    part: ({ stdout }) => JSON.parse(stdout).warm,
  },
  {
    id: 'nx-single',
    title: '`nx run-many`, single',
    command: () => nx(),
    env: nxEnvironment,
    before: forget,
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

function sourceFolders(root) {
  return readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'src'));
}
