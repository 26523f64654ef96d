import { expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { ProjectInput } from '../model/workspace.js';
import { Disk } from './disk.js';
import { outputFilesOf, sourceFilesOf } from './package-files.js';
import { formatOf, packageScopeOf } from './package-scope.js';
import { readWorkspace } from './read-workspace.js';

function filesOf(
  paths: readonly string[],
  projects: readonly ProjectInput[],
): { sources: readonly string[]; output: readonly string[] } {
  using workspace = writeWorkspace(
    new Map(paths.map((path) => [path, path.endsWith('large.js') ? ' '.repeat(2 ** 20 + 1) : ''])),
  );
  const disk = new Disk(workspace.root);
  const read = readWorkspace(disk, { root: workspace.root, projects });
  const pkg = read.packages[0]!;
  return { sources: sourceFilesOf(disk, read, pkg), output: outputFilesOf(disk, read, pkg) };
}

it('distinguishes sources from outputs, nested projects, text and vendored scripts', () => {
  const code = [
    'src/a.ts',
    'src/b.d.mts',
    'src/c.vue',
    'src/files/real.ts',
    'src/templates/mail.tsx',
    'vite.config.mts',
  ];
  const other = [
    'dist/index.js',
    'nested/src/x.ts',
    'node_modules/x/i.js',
    '.cache/x.js',
    'src/__fixtures__/x.ts',
    'src/style.css',
    'large.js',
    'templates/app/x.ts',
    'src/generator/schema.json',
    'src/generator/files/x.ts',
  ];
  const { sources, output } = filesOf(
    [...code, ...other].map((path) => `p/${path}`),
    [
      { name: 'p', root: 'p', outputs: ['p/dist', 'p/absent'] },
      { name: 'nested', root: 'p/nested' },
    ],
  );
  expect(sources).toEqual(code.map((path) => `p/${path}`));
  expect(output).toEqual(['p/dist/index.js']);
});

it('uses the sources as output if there is no build, and accepts files as outputs', () => {
  expect(filesOf(['p/index.js', 'p/data.json'], [{ name: 'p', root: 'p' }])).toEqual({
    sources: ['p/index.js'],
    output: ['p/data.json', 'p/index.js'],
  });
  expect(filesOf(['p/a.ts', 'p/a.js'], [{ name: 'p', root: 'p', outputs: ['p/a.js'] }])).toEqual({
    sources: ['p/a.ts'],
    output: ['p/a.js'],
  });
  // An output that holds the whole project takes no sources away.
  expect(filesOf(['p/a.ts'], [{ name: 'p', root: 'p', outputs: ['p'] }]).sources).toEqual(['p/a.ts']);
});

it('finds the package scope and the format of files', () => {
  using workspace = writeWorkspace(
    new Map([
      ['esm/package.json', '{ "type": "module", "exports": { ".": "x", "broken": "y" } }'],
      ['cjs/package.json', '{ "type": "commonjs" }'],
      ['cjs/node_modules/plain.js', ''],
      ['bare/package.json', '{}'],
    ]),
  );
  const disk = new Disk(workspace.root);
  expect(packageScopeOf(disk, 'esm/deep/er/x.js')).toEqual({
    folder: 'esm',
    file: 'esm/package.json',
    type: 'module',
  });
  expect(packageScopeOf(disk, 'cjs/node_modules/plain.js')).toBeUndefined();
  expect(packageScopeOf(disk, 'other/x.js')?.file).toBe('package.json');
  const formats = ['esm/x.js', 'esm/x.cjs', 'cjs/x.js', 'cjs/x.mts', 'bare/x.js', 'bare/x.d.ts'].map(
    (file) => [formatOf(disk, file, true), formatOf(disk, file, false)],
  );
  expect(formats).toEqual([
    ['esm', 'esm'],
    ['commonjs', 'commonjs'],
    ['commonjs', 'commonjs'],
    ['esm', 'esm'],
    ['esm', 'commonjs'],
    ['commonjs', 'commonjs'],
  ]);
});
