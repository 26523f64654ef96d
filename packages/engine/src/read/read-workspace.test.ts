import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { ProjectInput, Workspace, WorkspacePackage } from '../model/workspace.js';
import { Disk } from './disk.js';
import { readWorkspace } from './read-workspace.js';

function read(files: Readonly<Record<string, unknown>>, projects?: readonly ProjectInput[]): Workspace {
  const texts = Object.entries(files).map(
    ([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  using workspace = writeWorkspace(new Map(texts));
  return readWorkspace(new Disk(workspace.root), { root: workspace.root, ...(projects && { projects }) });
}

const summary = ({ packages }: Workspace): unknown[] =>
  packages.map(({ root, project, name }) => [root, project, name]);
const only = ({ packages }: Workspace): WorkspacePackage => packages[0]!;

describe('discovery', () => {
  it('follows workspaces, as an array or with packages, with negation', () => {
    const files = {
      'packages/a/package.json': { name: '@x/a' },
      'packages/b/package.json': { name: 'b' },
      'packages/c/readme.md': '',
    };
    const both = [
      ['packages/a', '@x/a', '@x/a'],
      ['packages/b', 'b', 'b'],
    ];
    expect(summary(read({ ...files, 'package.json': { workspaces: ['./packages/*/'] } }))).toEqual(both);
    expect(
      summary(read({ ...files, 'package.json': { workspaces: { packages: ['packages/**'] } } })),
    ).toEqual(both);
    expect(
      summary(read({ ...files, 'package.json': { workspaces: ['packages/*', '!packages/b'] } })),
    ).toEqual(both.slice(0, 1));
    expect(
      summary(read({ ...files, 'package.json': {}, 'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n" })),
    ).toEqual(both);
  });

  it('includes folders with a project.json, and the root if it can be imported', () => {
    const workspace = read({
      'package.json': { name: 'root', exports: './index.js' },
      'libs/a/project.json': '{ "name": "lib-a", // a comment\n }',
      'libs/b/package.json': { name: '@x/b' },
      'libs/b/project.json': {},
      'libs/b/__fixtures__/w/project.json': { name: 'no' },
      'node_modules/x/project.json': { name: 'no' },
      'dist/libs/a/project.json': { name: 'no' },
    });
    expect(summary(workspace)).toEqual([
      ['.', 'root', 'root'],
      ['libs/a', 'lib-a', undefined],
      ['libs/b', '@x/b', '@x/b'],
    ]);
  });

  it('treats a copy of the manifest inside its own package as output', () => {
    const workspace = read({
      'package.json': { workspaces: ['packages/**'] },
      'packages/a/package.json': { name: 'a', main: 'src/index.js' },
      'packages/a/dist/package.json': { name: 'a', main: 'index.js' },
      'packages/a/dist/esm/package.json': { type: 'module' },
    });
    expect(workspace.packages).toMatchObject([
      { root: 'packages/a', outputs: ['packages/a/dist'], publishedRoot: 'packages/a/dist' },
    ]);
    expect(workspace.problems).toEqual([]);
  });

  it.each([
    [{ 'package.json': { workspaces: 'packages/*' } }, 'package.json', 1, 15],
    [
      { 'package.json': {}, 'pnpm-workspace.yaml': 'packages: 3' },
      'pnpm-workspace.yaml',
      undefined,
      undefined,
    ],
    [{ 'package.json': {}, 'pnpm-workspace.yaml': 'packages:\n - "a' }, 'pnpm-workspace.yaml', 2, 6],
    [{ 'package.json': '{ "workspaces": ["a" }' }, 'package.json', 1, 22],
  ])('reports what it cannot use (%#)', (files, file, line, column) => {
    const { problems, packages } = read(files);
    expect(packages).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ kind: 'invalid-manifest', file, ...(line && { line, column }) });
  });
});

it('rejects a root that does not exist', () => {
  expect(() => readWorkspace(new Disk('/nowhere/at/all'), { root: '/nowhere/at/all' })).toThrow(
    'The workspace root is not a folder',
  );
});

describe('packages', () => {
  const project: ProjectInput = { name: 'a', root: 'libs/a', buildCommand: 'nx build a' };

  it('keep a package with a broken manifest by name, and read the others', () => {
    const workspace = read(
      { 'libs/a/package.json': '{ "name": "@x/a", "main": }', 'libs/b/package.json': { name: 'b' } },
      [project, { name: 'b', root: 'libs/b' }],
    );
    expect(workspace.packages).toMatchObject([
      {
        project: 'a',
        name: '@x/a',
        buildCommand: 'nx build a',
        problem: { kind: 'invalid-manifest', file: 'libs/a/package.json', line: 1, column: 27 },
      },
      { project: 'b', name: 'b' },
    ]);
    expect(workspace.packages[0]).not.toHaveProperty('published');
    expect(workspace.problems).toEqual([]);
  });

  it('report a name that two packages have', () => {
    const { problems, duplicates } = read(
      { 'a/package.json': { name: 'x' }, 'b/package.json': { name: 'x' } },
      [
        { name: 'b', root: 'b' },
        { name: 'a', root: 'a' },
      ],
    );
    expect(problems).toEqual([]);
    expect(duplicates).toMatchObject([
      {
        name: 'x',
        problem: { file: 'b/package.json', line: 1, column: 9, remedy: 'Rename the package in b.' },
      },
    ]);
  });

  it.each<
    [string, Readonly<Record<string, unknown>>, readonly string[] | undefined, string | undefined, string]
  >([
    [
      'a manifest in an output',
      { 'libs/a/package.json': { name: 'a' }, 'out/a/package.json': { name: 'a' } },
      ['out/a'],
      'out/a/package.json',
      'out/a',
    ],
    [
      'a manifest in dist/<root>',
      { 'libs/a/package.json': { name: 'a' }, 'dist/libs/a/package.json': { name: 'a' } },
      undefined,
      'dist/libs/a/package.json',
      'dist/libs/a',
    ],
    [
      'one that a project without a manifest gets',
      { 'dist/libs/a/package.json': { name: 'a' } },
      undefined,
      'dist/libs/a/package.json',
      'dist/libs/a',
    ],
    [
      'not one of another name',
      { 'libs/a/package.json': { name: 'a' }, 'out/a/package.json': { name: 'b' } },
      ['out/a'],
      'libs/a/package.json',
      'libs/a',
    ],
    [
      'not one that only sets the type',
      { 'libs/a/package.json': {}, 'out/a/package.json': { type: 'module' } },
      ['out/a'],
      'libs/a/package.json',
      'libs/a',
    ],
    [
      'publishConfig.directory',
      {
        'libs/a/package.json': { name: 'a', publishConfig: { directory: 'dist' } },
        'libs/a/dist/package.json': { name: 'a' },
      },
      undefined,
      'libs/a/dist/package.json',
      'libs/a/dist',
    ],
    [
      'publishConfig.directory without a manifest',
      { 'libs/a/package.json': { name: 'a', publishConfig: { directory: './dist/' } } },
      undefined,
      'libs/a/package.json',
      'libs/a/dist',
    ],
    [
      "lerna's contents",
      { 'libs/a/package.json': { name: 'a', publishConfig: { contents: 'build' } } },
      undefined,
      'libs/a/package.json',
      'libs/a/build',
    ],
    [
      'the project folder as its own output',
      { 'libs/a/package.json': { name: 'a' } },
      ['libs/a'],
      'libs/a/package.json',
      'libs/a',
    ],
    ['nothing', {}, undefined, undefined, 'libs/a'],
  ])('publish %s', (_, files, outputs, file, root) => {
    const pkg = only(read(files, [{ ...project, ...(outputs && { outputs }) }]));
    expect([pkg.published?.file, pkg.publishedRoot]).toEqual([file, root]);
  });

  it('apply publishConfig and check its fields', () => {
    const source = {
      name: 'a',
      main: 'src/index.ts',
      publishConfig: { access: 'public', main: 'dist/index.js', exports: { '.': './dist/index.js' } },
    };
    const pkg = only(read({ 'libs/a/package.json': source }, [project]));
    expect(pkg.published?.json).toMatchObject({ main: 'dist/index.js', exports: { '.': './dist/index.js' } });
    expect(pkg.published?.json).not.toHaveProperty('access');
    expect(pkg.source?.json.main).toBe('src/index.ts');
    const bad = only(
      read({ 'libs/a/package.json': { name: 'a', publishConfig: { exports: { '.': 'x', y: 'z' } } } }, [
        project,
      ]),
    );
    expect(bad.problem).toMatchObject({ kind: 'invalid-exports', file: 'libs/a/package.json', column: 53 });
  });

  it('use dist/<root> as output if no output is given', () => {
    expect(only(read({ 'dist/libs/a/index.js': '' }, [project])).outputs).toEqual(['dist/libs/a']);
    expect(only(read({}, [project])).outputs).toEqual([]);
    expect(
      only(read({ 'dist/libs/a/index.js': '' }, [{ ...project, outputs: ['libs/a/lib/'] }])).outputs,
    ).toEqual(['libs/a/lib']);
  });
});
