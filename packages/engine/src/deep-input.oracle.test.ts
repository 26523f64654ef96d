import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../test/text-workspace.js';
import { openRun } from './session.js';
import { verify } from './verify.js';

/** Files of the package `lib`, by name, and the fields of its manifest. An app imports the name `deep` from it. */
interface Shape {
  readonly manifest: object | string;
  readonly files: Readonly<Record<string, string>>;
}

const LENGTH = 2500;
const ESM = { type: 'module', exports: './0.js' };

/** `count` modules, each with what `link` says about the next one; the last exports `deep`. */
function chain(count: number, end: string, link: (next: number) => string, last: string): Shape['files'] {
  const links = Array.from({ length: count - 1 }, (_, at) => [`${at}${end}`, link(at + 1)] as const);
  return Object.fromEntries([...links, [`${count - 1}${end}`, last]]);
}

/** Node and bundlers load these, so the import is met. */
const FOLLOWED: Readonly<Record<string, Shape>> = {
  'a chain of `export *`': {
    manifest: ESM,
    files: chain(5000, '.js', (next) => `export * from './${next}.js';`, 'export const deep = 1;'),
  },
  'a chain of `export *` with other names': {
    manifest: ESM,
    files: chain(
      LENGTH,
      '.js',
      (next) => `export * from './${next}.js';\nexport const n${next} = 1;`,
      'export const deep = 1;',
    ),
  },
  'a chain of re-exports by name': {
    manifest: ESM,
    files: chain(5000, '.js', (next) => `export { deep } from './${next}.js';`, 'export const deep = 1;'),
  },
  'a chain of imports that are exported': {
    manifest: ESM,
    files: chain(
      LENGTH,
      '.js',
      (next) => `import { deep } from './${next}.js';\nexport { deep };`,
      'export const deep = 1;',
    ),
  },
  'a chain of imports for their effects': {
    manifest: ESM,
    files: chain(
      10_000,
      '.js',
      (next) => `import './${next}.js';\nexport const deep = 1;`,
      'export const deep = 1;',
    ),
  },
  'a circle of `export *`': {
    manifest: ESM,
    files: chain(
      LENGTH,
      '.js',
      (next) => `export * from './${next}.js';`,
      "export * from './0.js'; export const deep = 1;",
    ),
  },
  'a chain of `export *` in declarations': {
    manifest: { type: 'module', exports: { types: './0.d.ts', default: './main.js' } },
    files: {
      'main.js': 'export const deep = 1;',
      ...chain(
        LENGTH,
        '.d.ts',
        (next) => `export * from './${next}.js';`,
        'export declare const deep: number;',
      ),
    },
  },
  'a chain of `require` calls': {
    manifest: { main: './0.js' },
    files: chain(
      5000,
      '.js',
      (next) => `exports.next = require('./${next}.js');\nexports.deep = 1;`,
      'exports.deep = 1;',
    ),
  },
};

const SHAPES: Readonly<Record<string, Shape>> = {
  'a chain of `module.exports = require()`': {
    manifest: { main: './0.js' },
    files: chain(LENGTH, '.js', (next) => `module.exports = require('./${next}.js');`, 'exports.deep = 1;'),
  },
  'a circle of CommonJS and ES modules': {
    manifest: { main: './0.js' },
    files: {
      '0.js': `const { __exportStar } = require('tslib'); __exportStar(require('./1.mjs'), exports); exports.deep = 1;`,
      '1.mjs': `export * from './0.js';`,
    },
  },
};

function check(
  { manifest, files }: Shape,
  more: Shape['files'] = {},
  order: readonly string[] = ['@acme/app', '@acme/lib'],
) {
  const fields = typeof manifest === 'string' ? manifest : JSON.stringify({ name: '@acme/lib', ...manifest });
  using workspace = writeWorkspace(
    new Map([
      ['packages/lib/package.json', fields],
      ...Object.entries(files).map(([name, text]) => [`packages/lib/${name}`, text] as const),
      [
        'packages/app/package.json',
        '{ "name": "@acme/app", "private": true, "dependencies": { "@acme/lib": "*" } }',
      ],
      ['packages/app/index.mjs', "import { deep } from '@acme/lib';\nconsole.log(deep);\n"],
      ...Object.entries(more),
    ]),
  );
  const run = openRun({ root: workspace.root });
  return order
    .map((project) => verify({ run, project }))
    .toSorted((a, b) => (a.project < b.project ? -1 : 1));
}

describe('input that is nested or chained very deeply', () => {
  it.each(Object.entries(SHAPES))('ends in an unknown import, not in a stack overflow: %s', (_, shape) => {
    const [app] = check(shape);
    expect(app!.coverage.demands).toEqual({ met: 0, unmet: 0, unknown: 1 });
    expect(app!.coverage.unknownBy).toEqual({ VE904: 1 });
  });

  it.each(Object.entries(FOLLOWED))('follows %s to its end', (_, shape) => {
    const reports = check(shape);
    for (const { coverage } of reports) expect(coverage.demands).toEqual({ met: 1, unmet: 0, unknown: 0 });
    expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('has the same result in whatever order the modules of a long chain are linked', () => {
    const files = chain(
      700,
      '.js',
      (next) => `module.exports = require('./${next}.js');`,
      'exports.deep = 1;',
    );
    const manifest = { exports: { '.': './0.js', './late': './400.js' } };
    const more = { 'packages/app/late.mjs': "import { deep } from '@acme/lib/late';\nconsole.log(deep);\n" };
    const [app] = check({ manifest, files }, more);
    expect(app!.coverage.demands).toEqual({ met: 1, unmet: 0, unknown: 1 });
    const [again] = check({ manifest, files }, more, ['@acme/lib', '@acme/app']);
    expect(again).toEqual(app);
  });

  it('costs only its own package the result if a manifest is nested too deeply', () => {
    const manifest = `{ "name": "@acme/lib", "main": "0.js", "deep": ${'['.repeat(5000)}${']'.repeat(5000)} }`;
    const [app, lib] = check({ manifest, files: { '0.js': 'exports.deep = 1;' } });
    const problem = 'packages/lib/package.json is nested more than 100 levels deep.';
    expect(lib!.problems.map(({ message }) => message)).toEqual([problem]);
    expect(app!.coverage.demands.unknown).toBe(1);
  });
});
