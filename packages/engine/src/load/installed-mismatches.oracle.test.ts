import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';

// Oracle: Node. Each application imports one thing from an installed package. Node must refuse it exactly if VE311 is an error.

const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  modern: {
    'package.json':
      '{ "type": "module", "exports": { ".": "./index.js", "./sub": "./sub.js", "./old/*": null, "./gone": "./gone.js", "./deep/*": "./deep/*.js" } }',
    'index.js': "export const a = 1;\nexport * from './sub.js';\nexport * as ns from './sub.js';",
    'sub.js': "export const b = 1;\nexport { c as d } from './deep/c.js';",
    'deep/c.js': 'export const c = 1;\nexport default c;',
  },
  stars: {
    'package.json': '{ "type": "module", "exports": "./index.js" }',
    'index.js': "export * from './one.js';\nexport * from './two.js';",
    'one.js': 'export const a = 1;\nexport const b = 1;',
    'two.js': 'export const a = 2;\nexport const c = 2;\nexport default 1;',
  },
  plain: {
    'package.json': '{ "main": "lib" }',
    'lib/index.js': 'exports.a = 1;\nmodule.exports.b = 2;\nexports["c-c"] = 3;',
    'sub.js': 'module.exports = { a: 1, b: 2 };',
    'folder/index.js': 'exports.a = 1;',
    'folder/package.json': '{ "main": "./index.js" }',
  },
  made: {
    'package.json': '{ "version": "1.0.0" }',
    'index.js':
      'module.exports = Object.assign({}, { a: 1 });\nObject.defineProperty(exports, "__esModule", { value: true });',
    'again.js': "module.exports = require('./listed');",
    'listed.js':
      "__exportStar(require('./inner'), exports);\nfunction __exportStar(m, e) { for (const k in m) e[k] = m[k]; }\nexports.own = 1;",
    'inner.js': 'exports.a = 1;',
  },
  conditions: {
    'package.json':
      '{ "exports": { ".": { "import": "./i.mjs", "require": "./r.cjs" }, "./i": { "import": "./i.mjs" }, "./r": { "require": "./r.cjs" }, "./b": { "browser": "./i.mjs" } } }',
    'i.mjs': 'export const a = 1;\nexport default 1;',
    'r.cjs': 'exports.b = 1;',
  },
};

const SPECIFIERS = [
  'modern',
  'modern/sub',
  'modern/old/x',
  'modern/gone',
  'modern/deep/c',
  'modern/deep/x',
  'modern/package.json',
  'stars',
  'plain',
  'plain/sub.js',
  'plain/sub',
  'plain/folder',
  'plain/folder/index.js',
  'plain/x.js',
  'plain/lib',
  'made',
  'made/again.js',
  'made/listed.js',
  'made/listed',
  'conditions',
  'conditions/i',
  'conditions/r',
  'conditions/b',
];
const NAMES = ['default', 'a', 'b', 'c', 'd', 'ns', 'own', 'c-c'];

const STATEMENTS = SPECIFIERS.flatMap((specifier) => [
  { extension: 'mjs', code: `import '${specifier}';` },
  { extension: 'cjs', code: `require('${specifier}');` },
  { extension: 'mjs', code: `export * from '${specifier}';` },
  { extension: 'mjs', code: `import * as ns from '${specifier}';\nexport { ns };` },
  ...NAMES.map((name) => ({ extension: 'mjs', code: `export { '${name}' as x } from '${specifier}';` })),
]);

it('reports an import exactly if Node refuses it', () => {
  const files = new Map<string, string>();
  for (const [name, contents] of Object.entries(PACKAGES))
    for (const [path, text] of Object.entries(contents)) files.set(`node_modules/${name}/${path}`, text);
  STATEMENTS.forEach(({ extension, code }, at) => {
    const dependencies = Object.fromEntries(Object.keys(PACKAGES).map((name) => [name, '*']));
    const manifest = {
      name: `app${at}`,
      private: true,
      main: `main.${extension}`,
      scripts: { start: 'node .' },
      dependencies,
    };
    files.set(`packages/app${at}/package.json`, JSON.stringify(manifest));
    files.set(`packages/app${at}/main.${extension}`, `${code}\n`);
  });
  using workspace = writeWorkspace(files);
  const reported = new Map(
    checkAll(workspace.root).map(({ project, findings }) => [
      project,
      findings.some(({ code, severity }) => code === 'VE311' && severity === 'error'),
    ]),
  );
  const refused = loadAll(
    STATEMENTS.map(({ extension }, at) => join(workspace.root, `packages/app${at}/main.${extension}`)),
  );
  const wrong = STATEMENTS.filter((_, at) => reported.get(`app${at}`) !== refused[at]);
  expect(wrong.map(({ code }) => code)).toEqual([]);
  expect(refused.filter(Boolean).length).toBeGreaterThan(100);
  expect(refused.filter((each) => !each).length).toBeGreaterThan(60);
});

function loadAll(files: readonly string[]): readonly boolean[] {
  const code = `
    const refused = [];
    for (const file of ${JSON.stringify(files)})
      refused.push(await import(file).then(() => false, () => true));
    console.log(JSON.stringify(refused));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as readonly boolean[];
}
