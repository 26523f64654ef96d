import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filePathOf } from '../read/file-path.js';
import { movedOutputOf, patternDriftOf } from './moved-output.js';

const pkg = { root: 'packages/x', outputs: ['packages/x/dist'] };

describe('movedOutputOf', () => {
  it.each<[string, string, readonly string[], readonly string[], object | undefined]>([
    [
      'the folder src',
      'p/dist/index.js',
      ['p/dist/src/index.js'],
      [],
      { written: 'p/dist/src/index.js', added: 'src' },
    ],
    [
      'the whole path from the root',
      'dist/packages/x/a/index.js',
      ['dist/packages/x/packages/x/src/a/index.js'],
      [],
      { written: 'dist/packages/x/packages/x/src/a/index.js', added: 'packages/x/src' },
    ],
    [
      'the end of the path',
      'packages/x/dist/index.js',
      ['packages/x/dist/x/src/index.js'],
      [],
      { added: 'x/src' },
    ],
    [
      'the folder src left out',
      'p/dist/src/index.js',
      ['p/dist/index.js'],
      [],
      { written: 'p/dist/index.js' },
    ],
    ['.mjs for .js', 'p/dist/index.js', ['p/dist/index.mjs'], [], { written: 'p/dist/index.mjs' }],
    [
      '.cjs for .js, of two',
      'p/dist/index.js',
      ['p/dist/index.cjs', 'p/dist/index.mjs'],
      ['require'],
      { written: 'p/dist/index.cjs' },
    ],
    [
      '.d.mts for .d.ts',
      'p/dist/index.d.ts',
      ['p/dist/index.d.mts'],
      ['import', 'types'],
      { written: 'p/dist/index.d.mts' },
    ],
    [
      'both at once',
      'p/dist/index.js',
      ['p/dist/src/index.mjs'],
      [],
      { written: 'p/dist/src/index.mjs', added: 'src' },
    ],
    [
      'two formats and no way to tell',
      'p/dist/index.js',
      ['p/dist/index.cjs', 'p/dist/index.mjs'],
      ['types'],
      undefined,
    ],
    ['two places', 'p/dist/index.js', ['p/dist/src/index.js', 'p/dist/x/index.js'], [], undefined],
    ["another module's file of the same name", 'p/dist/index.js', ['p/dist/forms/index.js'], [], undefined],
    ['another output', 'p/dist/index.js', ['q/dist/index.js'], [], undefined],
    [
      'the output left out',
      'packages/x/types/a.d.ts',
      ['packages/x/dist/types/a.d.ts'],
      [],
      { written: 'packages/x/dist/types/a.d.ts' },
    ],
    ['nothing', 'p/dist/index.js', [], [], undefined],
  ])('%s', (_, file, candidates, conditions, expected) => {
    const drift = movedOutputOf(pkg, file, candidates, conditions);
    if (expected) expect(drift).toMatchObject(expected);
    else expect(drift).toBeUndefined();
  });
});

describe('patternDriftOf', () => {
  it.each<[string, string, readonly string[], object | undefined]>([
    [
      'the folder src',
      'packages/x/dist/*.js',
      ['packages/x/dist/src/a.js'],
      { written: 'packages/x/dist/src/*.js', added: 'src' },
    ],
    [
      'the package alone',
      'packages/x/dist/f/*.js',
      ['packages/x/dist/x/src/f/a.js'],
      { written: 'packages/x/dist/x/src/f/*.js' },
    ],
    [
      'another extension',
      'packages/x/dist/*.js',
      ['packages/x/dist/a.mjs'],
      { written: 'packages/x/dist/*.mjs' },
    ],
    [
      'declarations',
      'packages/x/dist/*.d.ts',
      ['packages/x/dist/src/a.d.ts'],
      { written: 'packages/x/dist/src/*.d.ts' },
    ],
    [
      'nothing that matches',
      'packages/x/dist/f/*.js',
      ['packages/x/dist/g/a.js', 'packages/x/dist/f/a.css'],
      undefined,
    ],
    ['what no build writes', 'packages/x/*.js', [], undefined],
  ])('%s', (_, pattern, files, expected) => {
    const drift = patternDriftOf(pkg, pattern, files);
    if (expected) expect(drift).toMatchObject(expected);
    else expect(drift).toBeUndefined();
  });
});

describe.each([
  ['POSIX', posix, '/home/dev/shop'],
  ['Windows', win32, 'C:\\work\\shop'],
])('movedOutputOf by %s paths', (_, style, root) => {
  const fileOf = (...segments: string[]): string => filePathOf(root, style.join(root, ...segments), style);

  it('compares folders with both path separators', () => {
    const written = fileOf('packages', 'x', 'dist', 'packages', 'x', 'src', 'index.js');
    const builder = { root: fileOf('packages', 'x'), outputs: [fileOf('packages', 'x', 'dist')] };
    const drift = movedOutputOf(builder, fileOf('packages', 'x', 'dist', 'index.js'), [written], []);
    expect(drift).toEqual({ written: 'packages/x/dist/packages/x/src/index.js', added: 'packages/x/src' });
  });
});
