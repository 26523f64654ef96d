import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import { Disk } from '../read/disk.js';
import { readWorkspace } from '../read/read-workspace.js';
import type { RequestMode } from './resolution.js';
import { Resolver } from './resolver.js';

const RUNTIME: RequestMode = { mode: 'import', phase: 'runtime' };
const REQUIRE: RequestMode = { mode: 'require', phase: 'runtime' };
const TYPES: RequestMode = { mode: 'import', phase: 'types' };

const FILES: Readonly<Record<string, unknown>> = {
  'tsconfig.base.json': {
    compilerOptions: {
      baseUrl: '.',
      paths: {
        '@x/a': ['packages/a/src/index.ts'],
        '@x/a/testing': ['libs/testing/src/index.ts'],
        '@x/plain': ['libs/plain/src/index.ts'],
        '@x/plain/*': ['libs/plain/src/*'],
        '@x/named': ['libs/named/src/index.ts'],
        '~/*': ['packages/b/src/*'],
        '*': ['types/*'],
      },
    },
  },
  'packages/a/package.json': {
    name: '@x/a',
    exports: { '.': './dist/index.js', './sub': './dist/sub.js' },
    imports: { '#i/*': './dist/i/*.js', '#dep': 'dep', '#self': '@x/b', '#fs': 'fs' },
  },
  'packages/a/src/index.ts': '',
  'packages/a/src/near.ts': '',
  'packages/a/src/view.vue': '',
  'packages/a/dist/index.js': '',
  'packages/a/dist/index.d.ts': '',
  'packages/a/dist/i/x.js': '',
  'packages/a/dist/src/deep.js': '',
  'packages/a/dist/folder/index.js': '',
  'packages/a/dist/style.css': '',
  'packages/b/package.json': { name: '@x/b', main: './index.js' },
  'packages/b/index.js': '',
  'packages/b/src/tool.ts': '',
  'packages/b/dist/left.js': '',
  'packages/b/node_modules/@x/a/package.json': { name: '@x/a', version: '0.1.0', main: 'old.js' },
  'packages/b/node_modules/@x/a/old.js': '',
  'libs/testing/src/index.ts': '',
  'libs/plain/src/index.ts': '',
  'libs/plain/src/deep/x.ts': '',
  'dist/libs/plain/src/index.js': '',
  'dist/libs/plain/src/index.d.ts': '',
  'libs/named/package.json': { name: '@x/named', version: '1.0.0' },
  'libs/named/src/index.ts': '',
  'node_modules/dep/package.json': {
    name: 'dep',
    exports: { '.': { types: './t.d.ts', require: './r.cjs', default: './i.js' } },
  },
  'node_modules/dep/i.js': '',
  'node_modules/dep/r.cjs': '',
  'node_modules/dep/t.d.ts': '',
};

const PROJECTS = [
  { name: 'a', root: 'packages/a', outputs: ['packages/a/dist'] },
  { name: 'b', root: 'packages/b', outputs: ['packages/b/dist'] },
  ...['testing', 'plain', 'named'].map((name) => ({ name, root: `libs/${name}` })),
];

function resolving<T>(
  question: (resolver: Resolver, show: (specifier: string, from: string, ask?: RequestMode) => string) => T,
): T {
  using workspace = writeWorkspace(
    new Map(
      Object.entries(FILES).map(([path, value]) => [
        path,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  );
  const disk = new Disk(workspace.root);
  const resolver = new Resolver(disk, readWorkspace(disk, { root: workspace.root, projects: PROJECTS }), {
    conditions: [],
  });
  return question(resolver, (specifier, from, ask = RUNTIME) => {
    const found = resolver.resolve(specifier, from, ask);
    expect(resolver.resolve(specifier, from, ask)).toBe(found);
    switch (found.kind) {
      case 'package':
        return `${found.pkg.project} ${found.subpath} ${found.entry.outcome}${'file' in found.entry ? ` ${found.entry.file}` : ''}`;
      case 'file':
        return `${found.file}${found.extensionless ? ' (bundlers)' : ''}`;
      case 'external':
        return `external ${found.file ?? 'not installed'}`;
      case 'missing':
        return `missing ${found.tried}, near ${found.near.join(' ') || 'nothing'}`;
      default:
        return found.kind;
    }
  });
}

const OUT = 'packages/a/dist/index.js';
const SRC = 'packages/a/src/index.ts';

describe('Resolver', () => {
  it.each<[string, string, RequestMode, string]>([
    // Relative, in built output: as Node.
    ['./i/x.js', OUT, RUNTIME, 'packages/a/dist/i/x.js'],
    ['./i/x', OUT, RUNTIME, 'packages/a/dist/i/x.js (bundlers)'],
    ['./i/x', OUT, REQUIRE, 'packages/a/dist/i/x.js'],
    ['./folder', OUT, RUNTIME, 'packages/a/dist/folder/index.js (bundlers)'],
    ['./folder', OUT, REQUIRE, 'packages/a/dist/folder/index.js'],
    ['.', 'packages/a/dist/folder/x.js', REQUIRE, 'packages/a/dist/folder/index.js'],
    ['..', 'packages/a/dist/folder/x.js', REQUIRE, 'packages/a/dist/index.js'],
    ['./style.css', OUT, RUNTIME, 'packages/a/dist/style.css'],
    ['./deep.js', OUT, RUNTIME, 'missing packages/a/dist/deep.js, near packages/a/dist/src/deep.js'],
    ['../../../../../../../zzz.js', OUT, RUNTIME, 'missing ../../../../zzz.js, near nothing'],
    // Relative, in sources: as TypeScript and bundlers.
    ['./near.js', SRC, RUNTIME, 'packages/a/src/near.ts'],
    ['./near', SRC, RUNTIME, 'packages/a/src/near.ts'],
    ['./view.vue', SRC, RUNTIME, 'packages/a/src/view.vue'],
    // Relative, in declarations.
    ['./index.js', 'packages/a/dist/x.d.ts', TYPES, 'packages/a/dist/index.d.ts'],
    ['./index', 'packages/a/dist/x.d.ts', TYPES, 'packages/a/dist/index.d.ts'],
    ['./index.ts', 'packages/a/dist/x.d.ts', TYPES, 'packages/a/dist/index.d.ts'],
    ['.', 'packages/a/dist/x.d.ts', TYPES, 'packages/a/dist/index.d.ts'],
    ['./i/x.js', 'packages/a/dist/x.d.ts', TYPES, 'packages/a/dist/i/x.js'],
    ['./no.js', 'packages/a/dist/x.d.ts', TYPES, 'missing packages/a/dist/no.js, near nothing'],
    // Packages of the workspace.
    ['@x/a', 'libs/plain/src/index.ts', RUNTIME, 'a . file packages/a/dist/index.js'],
    ['@x/a', 'libs/plain/src/index.ts', TYPES, 'a . file packages/a/dist/index.d.ts'],
    ['@x/a/sub', 'libs/plain/src/index.ts', RUNTIME, 'a ./sub file-missing packages/a/dist/sub.js'],
    ['@x/a/none', 'libs/plain/src/index.ts', RUNTIME, 'a ./none not-listed'],
    ['@x/a', SRC, RUNTIME, 'a . file packages/a/dist/index.js'],
    ['@x/a', 'packages/b/index.js', RUNTIME, 'external packages/b/node_modules/@x/a/old.js'],
    ['@x/b', SRC, REQUIRE, 'b . file packages/b/index.js'],
    // Path aliases.
    ['@x/a/testing', SRC, RUNTIME, 'testing ./testing file libs/testing/src/index.ts'],
    ['@x/plain', SRC, RUNTIME, 'plain . file dist/libs/plain/src/index.js'],
    ['@x/plain', SRC, TYPES, 'plain . file dist/libs/plain/src/index.d.ts'],
    ['@x/plain/deep/x', SRC, RUNTIME, 'plain ./deep/x file-missing dist/libs/plain/src/deep/x.js'],
    ['@x/named', SRC, RUNTIME, 'named . file libs/named/src/index.ts'],
    ['~/tool', 'packages/b/index.js', RUNTIME, 'packages/b/src/tool.ts'],
    ['~/tool', 'packages/b/dist/left.js', RUNTIME, 'opaque'],
    // Subpath imports.
    ['#i/x', OUT, RUNTIME, 'packages/a/dist/i/x.js'],
    ['#i/no', OUT, RUNTIME, 'missing packages/a/dist/i/no.js, near nothing'],
    ['#dep', OUT, RUNTIME, 'external node_modules/dep/i.js'],
    ['#self', OUT, RUNTIME, 'b . file packages/b/index.js'],
    ['#fs', OUT, RUNTIME, 'builtin'],
    ['#none', OUT, RUNTIME, 'opaque'],
    // From outside.
    ['dep', OUT, RUNTIME, 'external node_modules/dep/i.js'],
    ['dep', OUT, REQUIRE, 'external node_modules/dep/r.cjs'],
    ['dep', OUT, TYPES, 'external node_modules/dep/t.d.ts'],
    ['dep/none', OUT, RUNTIME, 'external not installed'],
    ['absent', OUT, RUNTIME, 'external not installed'],
    ['fs', OUT, RUNTIME, 'builtin'],
    ['node:sqlite', OUT, RUNTIME, 'builtin'],
    ['fs/promises', OUT, RUNTIME, 'builtin'],
    // Of no package.
    ...[
      'virtual:x',
      'cloudflare:workers',
      'https://x/y.js',
      'data:text/plain,x',
      './style.css?raw',
      'raw-loader!./x',
      '/abs.js',
      'C:\\x',
      '@/x',
      '',
      '\0x',
      '%x%',
    ].map((specifier): [string, string, RequestMode, string] => [specifier, OUT, RUNTIME, 'opaque']),
  ])('%j from %s', (specifier, from, ask, expected) => {
    resolving((_, show) => expect(show(specifier, from, ask)).toBe(expected));
  });

  it('finds the package of a file', () => {
    resolving((resolver) => {
      const owner = (file: string): string | undefined => resolver.workspacePackageOf(file)?.project;
      expect(
        [
          'packages/a/src/x/y.ts',
          'dist/libs/plain/index.js',
          'packages/a/node_modules/z/i.js',
          'tools/x.js',
        ].map(owner),
      ).toEqual(['a', 'plain', undefined, undefined]);
    });
  });

  it('returns a reason for opaque specifiers', () => {
    resolving((resolver) => {
      expect(resolver.resolve('virtual:x', OUT, RUNTIME)).toEqual({
        kind: 'opaque',
        reason: '"virtual:" is resolved by a bundler or the platform',
      });
      expect(resolver.resolve('#none', OUT, RUNTIME)).toEqual({
        kind: 'opaque',
        reason: '"imports" of packages/a/package.json has no target for "#none"',
        unlisted: 'packages/a/package.json',
      });
    });
  });
});
