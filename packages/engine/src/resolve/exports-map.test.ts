import { describe, expect, it } from 'vitest';
import { resolveExports, resolveImports, typesCandidates } from './exports-map.js';
import { listTargets } from './map-leaves.js';

const IMPORT = new Set(['node', 'import', 'module-sync']);
const TYPES = new Set(['types', 'import', 'node']);

describe('resolveExports', () => {
  it.each<[string, unknown, string, object]>([
    ['a path', './a.js', '.', { outcome: 'target', path: 'a.js', conditions: [], jsonPath: ['exports'] }],
    [
      'conditions alone',
      { import: './a.js' },
      '.',
      { path: 'a.js', conditions: ['import'], jsonPath: ['exports', 'import'] },
    ],
    [
      'nesting',
      { '.': { node: { require: './r.cjs', import: './i.js' } } },
      '.',
      { path: 'i.js', conditions: ['node', 'import'], jsonPath: ['exports', '.', 'node', 'import'] },
    ],
    [
      'a nested dead end',
      { '.': { node: { require: './r.cjs' }, default: './d.js' } },
      '.',
      { path: 'd.js', conditions: ['default'] },
    ],
    [
      'an array',
      { '.': ['bad', { require: './r.js' }, './a.js'] },
      '.',
      { path: 'a.js', jsonPath: ['exports', '.', 2] },
    ],
    ['a wildcard', { './*': './dist/*/*.js' }, './x', { path: 'dist/x/x.js', target: './dist/*/*.js' }],
    ['the longer base', { './*': './a/*.js', './x/*': './b/*.js' }, './x/y', { path: 'b/y.js' }],
    ['a trailer', { './*': './a/*', './*.js': './b/*.js' }, './x.js', { path: 'b/x.js' }],
    ['the exact key', { './*': './a/*', './x': './b.js' }, './x', { path: 'b.js' }],
    ['an escape', './a%20b.js', '.', { path: 'a b.js' }],
    [
      'an unlisted subpath',
      { '.': './a.js', './b': './b.js' },
      './c',
      { outcome: 'not-listed', offered: ['.', './b'], jsonPath: ['exports'] },
    ],
    ['subpaths of a bare path', './a.js', './b', { outcome: 'not-listed', offered: ['.'] }],
    ['a folder mapping', { './x/': './dist/' }, './x/a.js', { outcome: 'not-listed' }],
    ['a wildcard that would match nothing', { './x/*': './a/*' }, './x/', { outcome: 'not-listed' }],
    [
      'null',
      { './*': './dist/*', './internal/*': null },
      './internal/x',
      { outcome: 'blocked', pattern: './internal/*', jsonPath: ['exports', './internal/*'] },
    ],
    ['an empty array', { '.': [] }, '.', { outcome: 'blocked' }],
    [
      'no condition',
      { '.': { require: { node: './r.js' }, browser: './b.js' } },
      '.',
      {
        outcome: 'no-condition',
        pattern: '.',
        offered: [['require', 'node'], ['browser']],
        jsonPath: ['exports', '.'],
      },
    ],
    [
      'a bare target',
      { '.': 'dist/a.js' },
      '.',
      {
        outcome: 'invalid-target',
        reason: '"dist/a.js" does not begin with "./"',
        jsonPath: ['exports', '.'],
      },
    ],
    [
      'a target outside',
      { '.': './../a.js' },
      '.',
      { outcome: 'invalid-target', reason: '"./../a.js" has the segment ".."' },
    ],
    [
      'a number',
      { '.': { import: 3 } },
      '.',
      { outcome: 'invalid-target', reason: 'a number is not a target', jsonPath: ['exports', '.', 'import'] },
    ],
    ['an escaped slash', './a%2fb.js', '.', { outcome: 'invalid-target' }],
    ['a way out through *', { './*': './dist/*.js' }, './x/../../y', { outcome: 'invalid-target' }],
    [
      'comment keys',
      { '.': { '//': 'import first', import: './a.js' } },
      '.',
      { path: 'a.js', conditions: ['import'] },
    ],
  ])('resolves %s', (_, exports, subpath, expected) => {
    expect(resolveExports(exports, subpath, IMPORT)).toMatchObject(expected);
  });

  it('resolves imports, also to packages', () => {
    const imports = { '#dep': 'dep/sub', '#fs': 'node:fs', '#x/*': './src/*.js', '#up': '../x.js' };
    expect(resolveImports(imports, '#dep', IMPORT)).toMatchObject({
      outcome: 'package',
      specifier: 'dep/sub',
    });
    expect(resolveImports(imports, '#x/y', IMPORT)).toMatchObject({
      outcome: 'target',
      path: 'src/y.js',
      jsonPath: ['imports', '#x/*'],
    });
    expect(resolveImports(imports, '#up', IMPORT)).toMatchObject({ outcome: 'invalid-target' });
    expect(resolveImports(imports, '#fs', IMPORT)).toMatchObject({ outcome: 'invalid-target' });
    expect(resolveImports(imports, '#no', IMPORT)).toMatchObject({ outcome: 'not-listed' });
  });
});

it('typesCandidates continues after a target at which Node stops, until null', () => {
  const exports = {
    '.': {
      import: './a.js',
      types: ['bad', './b.d.ts'],
      'types@<4': './old.d.ts',
      'types@>=5': './new.d.ts',
      node: null,
      default: './z.js',
    },
  };
  const { candidates, blocked } = typesCandidates('exports', exports, '.', TYPES);
  expect(candidates.map(({ path }) => path)).toEqual(['a.js', 'b.d.ts', 'new.d.ts']);
  expect(blocked).toEqual({ outcome: 'blocked', pattern: '.', jsonPath: ['exports', '.', 'node'] });
  expect(typesCandidates('exports', exports, './x', TYPES)).toEqual({ candidates: [] });
});

it('listTargets returns every leaf with its conditions and place', () => {
  const exports = {
    '.': { '//': 'note', import: [{ types: './a.d.ts' }, './a.js'], default: null },
    './x': './x.js',
  };
  expect(listTargets('exports', exports)).toEqual([
    {
      pattern: '.',
      target: './a.d.ts',
      conditions: ['import', 'types'],
      jsonPath: ['exports', '.', 'import', 0, 'types'],
      array: ['exports', '.', 'import'],
    },
    {
      pattern: '.',
      target: './a.js',
      conditions: ['import'],
      jsonPath: ['exports', '.', 'import', 1],
      array: ['exports', '.', 'import'],
    },
    { pattern: '.', target: null, conditions: ['default'], jsonPath: ['exports', '.', 'default'] },
    { pattern: './x', target: './x.js', conditions: [], jsonPath: ['exports', './x'] },
  ]);
  expect(listTargets('exports', './a.js')).toEqual([
    { pattern: '.', target: './a.js', conditions: [], jsonPath: ['exports'] },
  ]);
});
