/**
 * A package with several entry points and several targets for each: dual builds, wildcards, nested conditions, null targets,
 * `#imports`, self-reference.
 *
 * @param {import('../../bench/random.mjs').Random} random
 * @returns {{ modules: import('./workspace.mjs').ModuleFile[]; json: Record<string, unknown>; subpaths: string[]; names: string[] }}
 */
export function generateManifest(random) {
  const root = 'packages/base';
  const names = random.some(NAMES, random.int(2, 4));
  const modules = STEMS.flatMap((stem) => buildsOf(random, `${root}/dist/${stem}`, names));
  const keys = ['.', ...random.some(KEYS, random.int(1, 4))];
  const exports = Object.fromEntries(keys.map((key) => [key, waysTo(random, targetStem(random, key))]));
  const json = {
    name: '@w/base',
    ...random.pick([{ type: 'module' }, { type: 'commonjs' }, {}]),
    ...(random.chance(0.2) && {
      main: './dist/index.cjs',
      module: './dist/index.mjs',
      types: './dist/index.d.cts',
    }),
    exports: random.chance(0.1) ? exports['.'] : exports,
    imports: {
      '#one': waysTo(random, 'one'),
      '#browser': { browser: './dist/one.mjs' },
      '#never': random.pick([
        null,
        { import: './dist/one.mjs' },
        { require: null, default: './dist/one.cjs' },
      ]),
      '#dist/*': random.pick(['./dist/*.mjs', { import: './dist/*.mjs', require: './dist/*.cjs' }]),
    },
  };
  forward(random, modules, `${root}/dist`, names);
  return { modules, json, names, subpaths: [...keys.map(concrete), ...random.some(STRANGERS, 2)] };
}

const NAMES = ['a', 'b', 'c', 'd'];
const STEMS = ['index', 'one', 'two'];
const KEYS = [
  './one',
  './two',
  './features/*',
  './features/*.js',
  './internal/*',
  './deep/*/index',
  './*.js',
  './*',
  './one/*',
  './features/two',
];
const STRANGERS = [
  './features/one',
  './features/two',
  './features/two.js',
  './internal/one',
  './deep/one/index',
  './one.js',
  './two',
  './nowhere',
  './one/one',
];

/** The output for one source: an ES module, CommonJS, declarations for both. Each may have lost a name. */
function buildsOf(random, path, names) {
  const kept = () => (random.chance(0.8) ? names : random.some(names, names.length - 1));
  return [
    {
      path: `${path}.mjs`,
      chunks: ['export {};', ...kept().map((name) => `export const ${name} = '${path} ${name}';`)],
    },
    {
      path: `${path}.cjs`,
      chunks: ["'use strict';", ...kept().map((name) => `exports.${name} = '${path} ${name}';`)],
    },
    {
      path: `${path}.d.mts`,
      chunks: ['export {};', ...kept().map((name) => `export declare const ${name}: string;`)],
    },
    {
      path: `${path}.d.cts`,
      chunks: [
        'export {};',
        ...kept().map((name) => `export interface ${name} {}\nexport declare const ${name}: ${name};`),
      ],
    },
  ];
}

/** The file stem of a key. The key of a wildcard has a wildcard. */
function targetStem(random, key) {
  if (key.includes('*')) return random.chance(0.15) ? null : '*';
  return random.pick(STEMS);
}

function waysTo(random, stem, depth = 0) {
  if (stem === null) return null;
  const file = (extension) => `./dist/${stem}${extension}`;
  const nested = (way) => (depth < 1 && random.chance(0.15) ? waysTo(random, stem, depth + 1) : way);
  return random.pick([
    () => file('.mjs'),
    () => file('.cjs'),
    () => ({ import: nested(file('.mjs')), require: nested(file('.cjs')) }),
    () => ({ import: file('.mjs'), require: file('.cjs') }),
    () => ({
      import: { types: file('.d.mts'), default: file('.mjs') },
      require: { types: file('.d.cts'), default: file('.cjs') },
    }),
    () => ({ types: file('.d.mts'), import: file('.mjs'), require: file('.cjs') }),
    () => ({ import: file('.mjs') }),
    () => ({ require: nested(file('.cjs')) }),
    () => ({ node: file('.cjs'), default: file('.mjs') }),
    () => ({ 'module-sync': file('.mjs'), default: file('.cjs') }),
    () => ({ browser: file('.nowhere'), default: nested(file('.cjs')) }),
    () => [file('.mjs'), file('.cjs')],
    () => ({ types: file('.d.cts'), default: nested(file('.mjs')) }),
    () => ({ node: { import: file('.mjs'), require: file('.cjs') }, default: nested(file('.mjs')) }),
    () => ({ development: file('.nowhere'), import: nested(file('.mjs')), default: file('.cjs') }),
    () => ({ import: { types: file('.d.mts'), node: file('.mjs') }, default: file('.cjs') }),
    () => ({ module: file('.nowhere'), require: file('.cjs'), default: nested(file('.mjs')) }),
    () => [{ require: file('.cjs') }, file('.mjs')],
    () => ({ import: null, default: nested(file('.cjs')) }),
  ])();
}

/** `#imports` and self-reference between the built files. */
function forward(random, modules, folder, names) {
  const [name] = names;
  const into = (file, chunk, fits = true) => {
    if (fits && random.chance(0.2))
      modules.find(({ path }) => path === `${folder}/${file}`).chunks.push(chunk);
  };
  into('index.mjs', `export { ${name} as viaHash } from '#one';`);
  into('index.mjs', "export * as viaPattern from '#dist/two';");
  into('index.mjs', `export { ${name} as viaSelf } from '@w/base/two';`);
  into('two.mjs', "export * from '#dist/one';");
  into('index.d.mts', `export { ${name} as viaHash } from '#one';`);
  into('index.mjs', "import 'node:path';");
  into('two.mjs', "import { a as lost } from '#nowhere'; export { lost };");
  into('one.mjs', "export * from '#browser';");
  into('two.cjs', "require('#browser');");
  into('one.cjs', "require('#never');");
  into('index.cjs', `exports.viaHash = require('#one').${name};`);
}

function concrete(key) {
  return key.replace('*', 'one');
}
