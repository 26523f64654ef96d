import { describe, expect, it } from 'vitest';
import { askPackage } from '../../test/inspect-package.js';
import type { EntryResolution } from '../model/demand.js';

describe('resolveEntry', () => {
  it('points at the manifest and at the intended target', () => {
    const exports = {
      '.': './dist/index.js',
      './blocked': null,
      './r': { require: './dist/r.cjs' },
      './dir': './dist',
    };
    askPackage(
      { name: 'p', exports },
      ['dist/src/index.js', 'dist/index.mjs', 'dist/other.js'],
      ({ resolve, text }) => {
        const at = (resolution: EntryResolution): string =>
          'place' in resolution && resolution.place
            ? text.slice(resolution.place.start, resolution.place.end)
            : '';
        const missing = resolve('.');
        expect(missing).toMatchObject({
          outcome: 'file-missing',
          file: 'p/dist/index.js',
          near: ['p/dist/index.mjs', 'p/dist/src/index.js'],
        });
        expect(at(missing)).toBe('"./dist/index.js"');
        expect(resolve('./nope')).toMatchObject({ outcome: 'not-listed', offered: Object.keys(exports) });
        expect(at(resolve('./nope'))).toBe('"exports"');
        expect(at(resolve('./blocked'))).toBe('null');
        expect(resolve('./r')).toMatchObject({
          outcome: 'no-condition',
          asked: ['node', 'import', 'module-sync', 'node-addons'],
          offered: [['require']],
        });
        expect(at(resolve('./r'))).toBe('"./r"');
        expect(resolve('./dir').outcome).toBe('directory');
      },
    );
  });

  it('accepts extra conditions', () => {
    askPackage(
      { name: 'p', exports: { development: './src.ts', default: './a.js' } },
      ['src.ts', 'a.js'],
      ({ resolve }) => {
        expect(resolve('.', { conditions: ['development'] })).toMatchObject({ file: 'p/src.ts' });
        expect(resolve('.')).toMatchObject({ file: 'p/a.js' });
      },
    );
  });

  it('resolves every file if there are no exports, and marks files that only bundlers find', () => {
    askPackage({ name: 'p' }, ['lib/a.js', 'lib/d/index.js'], ({ resolve }) => {
      expect(resolve('./lib/a.js').outcome).toBe('file');
      expect(resolve('./lib/a')).toMatchObject({ outcome: 'file-missing', near: ['p/lib/a.js'] });
      expect(resolve('./lib/a', { mode: 'require' })).toMatchObject({ outcome: 'file', file: 'p/lib/a.js' });
      expect(resolve('./lib/d')).toMatchObject({ outcome: 'directory', near: ['p/lib/d/index.js'] });
      expect(resolve('.')).toEqual({ outcome: 'no-entry', subpath: '.' });
    });
  });

  it('distinguishes missing declarations from no declarations', () => {
    const types = { phase: 'types' } as const;
    askPackage({ name: 'p', exports: { types: './t.d.ts', default: './a.js' } }, ['a.js'], ({ resolve }) => {
      expect(resolve('.', types)).toMatchObject({ outcome: 'file-missing', file: 'p/t.d.ts' });
    });
    askPackage({ name: 'p', exports: './a.js' }, ['a.js'], ({ resolve, text }) => {
      expect(resolve('.', types)).toMatchObject({
        outcome: 'no-entry',
        place: { start: text.indexOf('"./a.js"') },
      });
    });
    askPackage(undefined, [], ({ resolve }) =>
      expect(resolve('.', types)).toEqual({ outcome: 'no-entry', subpath: '.' }),
    );
  });
});
