import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { planWorkspace } from './plan-workspace.mjs';
import { renderPackage } from './render-package.mjs';

/**
 * Writes a healthy workspace of built packages, like the output of npm and tsc: sources, ES modules with declarations, manifests,
 * and node_modules with a link to every package. Some packages are CommonJS, too. The same arguments always write the same bytes.
 * Removes everything that was in `root` before.
 *
 * @param {{ root: string; packages: number; modules: number; seed?: number; links?: Record<string, string> }} options
 *   `links`: more packages to link into node_modules, name → absolute folder
 * @returns {{ packages: import('./plan-workspace.mjs').PlannedPackage[]; sources: number; bytes: number }}
 */
export function generateWorkspace({ root, packages, modules, seed = 1, links = {} }) {
  rmSync(root, { recursive: true, force: true });
  const planned = planWorkspace({ packages, modules, seed });
  let [sources, bytes] = [0, 0];
  for (const plan of planned) {
    for (const [file, text] of renderPackage(plan)) {
      write(join(root, plan.folder, file), text);
      if (!file.startsWith('src/')) continue;
      sources += 1;
      bytes += Buffer.byteLength(text);
    }
    link(join(root, plan.folder), join(root, 'node_modules', plan.name));
  }
  for (const [name, target] of Object.entries(links)) link(target, join(root, 'node_modules', name));
  for (const [file, value] of Object.entries(ROOT_FILES))
    write(join(root, file), `${JSON.stringify(value, null, 2)}\n`);
  for (const [file, text] of EMPTY_EXECUTOR) write(join(root, 'tools/empty', file), text);
  // Tools take the folder for a separate repository, so the ignore files of parent folders do not apply.
  mkdirSync(join(root, '.git'));
  return { packages: planned, sources, bytes };
}

/**
 * A target of every package that does nothing: what Nx itself costs. `empty` has the inputs of a target without configuration and
 * is cached.
 */
const EMPTY_EXECUTOR = [
  ['package.json', '{ "type": "commonjs", "executors": "./executors.json" }\n'],
  [
    'executors.json',
    '{ "executors": { "run": { "implementation": "./run.js", "schema": "./schema.json" } } }\n',
  ],
  ['schema.json', '{ "$schema": "https://json-schema.org/schema", "type": "object", "properties": {} }\n'],
  ['run.js', 'module.exports = async () => ({ success: true });\n'],
  [
    'plugin.js',
    [
      "const { dirname } = require('node:path');",
      "const target = { executor: './tools/empty:run', cache: true, options: {} };",
      'const infer = (files) =>',
      '  files.map((file) => [file, { projects: { [dirname(file)]: { targets: { empty: target } } } }]);',
      "exports.name = 'empty';",
      "exports.createNodesV2 = exports.createNodes = ['packages/*/package.json', infer];",
      '',
    ].join('\n'),
  ],
];

const ROOT_FILES = {
  'package.json': { name: 'bench', private: true, type: 'module', workspaces: ['packages/*'] },
  'nx.json': {
    plugins: ['@verify-exports/nx', './tools/empty/plugin.js'],
    analytics: false,
    useDaemonProcess: false,
    cacheDirectory: '.nx/cache',
  },
  'tsconfig.json': {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2023'],
      types: [],
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    },
    include: ['packages/*/src'],
  },
  '.oxlintrc.json': {
    plugins: ['import'],
    categories: { correctness: 'off' },
    rules: Object.fromEntries(
      ['default', 'export', 'named', 'namespace', 'no-duplicates', 'no-self-import'].map((rule) => [
        `import/${rule}`,
        'error',
      ]),
    ),
  },
};

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}
