import { describe, expect, it } from 'vitest';
import { askPackage } from '../../test/inspect-package.js';

describe('entryPointsOf', () => {
  it('lists the variants of exports with their places', () => {
    const exports = {
      '.': { '//': 'x', types: './d.d.ts', import: './i.js', require: './r.cjs' },
      './css': './s.css',
      './no': null,
      './package.json': './package.json',
    };
    askPackage(
      { name: 'p', exports },
      ['i.js', 'd.d.ts', 'r.cjs', 'r.d.cts', 's.css'],
      ({ entries, variants, text }) => {
        expect(entries).toEqual({
          '.': ['types [types] p/d.d.ts', 'runtime [import] p/i.js', 'runtime [require] p/r.cjs'],
          './css': ['asset [] p/s.css'],
          './package.json': ['asset [] p/package.json'],
        });
        expect(variants.slice(0, 3).map(({ place }) => text.slice(place.start, place.end))).toEqual([
          '"./d.d.ts"',
          '"./i.js"',
          '"./r.cjs"',
        ]);
      },
    );
  });

  it('finds declarations that the manifest does not name, each next to its own file', () => {
    const exports = {
      import: { types: './i.d.ts', default: './i.js' },
      require: './r.cjs',
      browser: './b.mjs',
    };
    askPackage(
      { name: 'p', exports },
      ['i.js', 'i.d.ts', 'r.cjs', 'r.d.cts', 'b.mjs', 'b.d.ts'],
      ({ entries }) => {
        expect(entries['.']).toEqual([
          'types [import types] p/i.d.ts',
          'runtime [import default] p/i.js',
          'runtime [require] p/r.cjs',
          'types implied [require] p/r.d.cts',
          'runtime [browser] p/b.mjs',
        ]);
      },
    );
    askPackage({ name: 'p', exports: './src/i.ts' }, ['src/i.ts'], ({ entries }) =>
      expect(entries['.']).toEqual(['runtime [] p/src/i.ts']),
    );
  });

  it('expands wildcards to existing files, and respects null targets and earlier keys', () => {
    const exports = {
      './*': { types: './lib/*.d.ts', default: './lib/*.js' },
      './x': './other.js',
      './internal/*': null,
      './gone/*': './gone/*.js',
      './t/*/*': './t',
    };
    askPackage(
      { name: 'p', exports },
      ['lib/a.js', 'lib/a.d.ts', 'lib/b.js', 'lib/x.js', 'lib/internal/i.js', 'lib/deep/d.js'],
      ({ entries }) => {
        expect(entries).toEqual({
          './a': ['types [types] p/lib/a.d.ts', 'runtime [default] p/lib/a.js'],
          './b': ['runtime [default] p/lib/b.js'],
          './deep/d': ['runtime [default] p/lib/deep/d.js'],
          './gone/*': ['runtime [] p/gone/*.js absent'],
          './t/*/*': ['runtime [] p/t absent'],
          './x': ['runtime [] p/other.js absent'],
        });
      },
    );
    askPackage(
      { name: 'p', exports: { './*': './f/*/*.js' } },
      ['f/a/a.js', 'f/a/b.js', 'f/q/r/q/r.js'],
      ({ entries }) => {
        expect(Object.keys(entries)).toEqual(['./a', './q/r']);
      },
    );
  });

  it('selects the existing target of an array', () => {
    askPackage(
      { name: 'p', exports: { './a': ['./no.js', './a.js'], './b': ['./no.js', './neither.js'] } },
      ['a.js'],
      ({ entries }) => {
        expect(entries).toEqual({ './a': ['runtime [] p/a.js'], './b': ['runtime [] p/no.js absent'] });
      },
    );
  });

  it.each<[string, object, readonly string[], readonly string[] | undefined]>([
    [
      'main without extension',
      { main: 'lib/a' },
      ['lib/a.js', 'lib/a.d.ts'],
      ['runtime [] p/lib/a.js', 'types implied [] p/lib/a.d.ts'],
    ],
    ['main as a folder', { main: './lib/' }, ['lib/index.js'], ['runtime [] p/lib/index.js']],
    ['no main', {}, ['index.js', 'index.d.ts'], ['runtime [] p/index.js', 'types implied [] p/index.d.ts']],
    [
      'main to nowhere',
      { main: 'no.js', types: 'no.d.ts' },
      [],
      ['runtime [] p/no.js absent', 'types [types] p/no.d.ts absent'],
    ],
    [
      'module, browser, typings',
      { main: 'a.cjs', module: 'a.mjs', browser: 'b.js', typings: 'a' },
      ['a.cjs', 'a.mjs', 'b.js', 'a.d.ts'],
      [
        'runtime [] p/a.cjs',
        'runtime [module] p/a.mjs',
        'runtime [browser] p/b.js',
        'types [types] p/a.d.ts',
      ],
    ],
    [
      'typesVersions',
      { main: 'a.js', types: 'a.d.ts', typesVersions: { '>=4': { '*': ['new/*'] } } },
      ['a.js', 'new/a.d.ts'],
      ['runtime [] p/a.js', 'types [types] p/new/a.d.ts'],
    ],
    ['nothing', { version: '1.0.0' }, ['src/index.ts'], undefined],
  ])('falls back to %s', (_, manifest, files, expected) => {
    askPackage({ name: 'p', ...manifest }, files, ({ entries }) => expect(entries['.']).toEqual(expected));
  });

  it('creates entry points from aliases for a package without a manifest', () => {
    const place = { file: 'tsconfig.json', start: 0, end: 1 };
    const aliases = [
      { pattern: '@x/p', targets: ['p/src/index.ts'], place },
      { pattern: '@x/p/testing', targets: ['p/src/testing.ts'], place },
      { pattern: '@x/*', targets: ['p/*'], place },
    ];
    const files = ['src/index.ts', 'src/testing.ts', 'out/index.js', 'out/index.d.ts'];
    askPackage(
      undefined,
      files,
      ({ entries }) =>
        expect(entries).toEqual({
          '.': ['runtime [] p/src/index.ts'],
          './testing': ['runtime [] p/src/testing.ts'],
        }),
      { aliases },
    );
    askPackage(
      undefined,
      files,
      ({ entries }) =>
        expect(entries).toEqual({
          '.': ['runtime [] p/out/index.js', 'types [types] p/out/index.d.ts'],
          './testing': ['runtime [] p/out/src/testing.js absent'],
        }),
      { aliases, outputs: ['p/out'] },
    );
  });
});
