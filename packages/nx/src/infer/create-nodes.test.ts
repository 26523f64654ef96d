import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inferTargets } from './create-nodes';

let workspaceRoot: string;
beforeEach(() => void (workspaceRoot = mkdtempSync(join(tmpdir(), 'infer-'))));
afterEach(() => rmSync(workspaceRoot, { recursive: true }));

function write(files: Readonly<Record<string, unknown>>): string[] {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
    writeFileSync(join(workspaceRoot, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return Object.keys(files);
}

const roots = (inferred: ReturnType<typeof inferTargets>) =>
  inferred.flatMap(([, { projects }]) => Object.keys(projects ?? {}));

describe('inferTargets', () => {
  it('infers targets for workspace packages and folders with a project.json only', () => {
    const files = write({
      'package.json': { name: 'root', workspaces: ['packages/*'] },
      'packages/a/package.json': { name: '@acme/a' },
      'packages/a/fixtures/x/package.json': { name: 'fixture' },
      'libs/b/project.json': { name: 'b' },
      'libs/c/package.json': { name: '@acme/c' },
      'libs/c/project.json': '{ // comments are fine\n }',
    });
    const inferred = inferTargets(files, {}, { workspaceRoot });
    expect(roots(inferred)).toEqual(['libs/b', 'libs/c', 'packages/a']);
    expect(inferred.map(([file]) => file)).toEqual([
      'libs/b/project.json',
      'libs/c/package.json',
      'packages/a/package.json',
    ]);
  });

  it('skips a manifest that cannot be read, and infers targets for the others', () => {
    const files = write({
      'package.json': { workspaces: ['packages/*'] },
      'packages/a/package.json': '{ "name": "@acme/a", ',
      'packages/b/package.json': { name: '@acme/b', dependencies: { '@acme/a': '*' } },
    });
    expect(
      roots(inferTargets([...files, 'packages/gone/package.json'], undefined, { workspaceRoot })),
    ).toEqual(['packages/b']);
  });

  it('notices an edit, and returns objects that the caller may change', () => {
    const files = write({
      'package.json': { workspaces: ['packages/*'] },
      'packages/a/package.json': { name: '@acme/a' },
      'packages/b/package.json': { name: '@acme/b' },
    });
    const [, first] = inferTargets(files, {}, { workspaceRoot })[0]!;
    first.projects!['packages/a']!.targets!['verify-exports']!.dependsOn = [];
    const again = inferTargets(files, {}, { workspaceRoot })[0]![1];
    expect(again.projects!['packages/a']!.targets!['verify-exports']!.dependsOn).toEqual(['build', '^build']);
    write({ 'packages/a/package.json': { name: '@acme/a', dependencies: { '@acme/b': '*' } } });
    const edited = inferTargets(files, {}, { workspaceRoot })[0]![1];
    expect(edited.projects!['packages/a']!.targets!['verify-exports']!.dependsOn).toHaveLength(3);
  });

  it('adds a watch target under its own name, or none', () => {
    const files = write({
      'package.json': { workspaces: ['packages/*'] },
      'packages/a/package.json': { name: '@acme/a', dependencies: { '@acme/b': '*' } },
      'packages/b/package.json': { name: '@acme/b' },
    });
    const targetsOf = (options: unknown) =>
      inferTargets(files, options, { workspaceRoot })[0]![1].projects!['packages/a']!.targets!;
    const { 'verify-exports': once, 'verify-exports:watch': watch } = targetsOf({});
    expect(watch).toMatchObject({ executor: '@verify-exports/nx:watch', continuous: true, cache: false });
    expect(watch!.dependsOn).toEqual(once!.dependsOn);
    expect(Object.keys(targetsOf({ targetName: 'exports' }))).toEqual(['exports', 'exports:watch']);
    expect(Object.keys(targetsOf({ watchTargetName: 'watch-exports' }))).toEqual([
      'verify-exports',
      'watch-exports',
    ]);
    for (const watchTargetName of ['', false])
      expect(Object.keys(targetsOf({ watchTargetName }))).toEqual(['verify-exports']);
  });

  it('lists TypeScript configurations outside the project, and notices a changed extends', () => {
    const files = write({
      'package.json': { workspaces: ['packages/*'] },
      'packages/a/package.json': { name: '@acme/a' },
      'tsconfig.base.json': { extends: './config/paths.json' },
      'config/paths.json': {},
      'config/other.json': {},
    });
    const inputs = () => {
      const [, { projects }] = inferTargets(files, {}, { workspaceRoot })[0]!;
      return projects!['packages/a']!.targets!['verify-exports']!.inputs!.filter((input) =>
        String(input).includes('config/'),
      );
    };
    expect(inputs()).toEqual(['{workspaceRoot}/config/paths.json']);
    write({ 'tsconfig.base.json': { extends: './config/other.json' } });
    expect(inputs()).toEqual(['{workspaceRoot}/config/other.json']);
  });

  it('infers with the defaults if an option of the plugin is wrong', () => {
    const files = write({
      'package.json': { workspaces: ['packages/*'] },
      'packages/a/package.json': { name: '@acme/a' },
    });
    const infer = (options: unknown) => inferTargets(files, options, { workspaceRoot });
    for (const wrong of [{ target: 'x' }, { buildTarget: 1 }, { watchTargetName: true }, [], 'x', null])
      expect(infer(wrong)).toEqual(infer({}));
    expect(infer({ targetName: 'exports', buildTarget: 1 })).toEqual(infer({ targetName: 'exports' }));
  });

  it('skips what cannot be read, and never throws or waits', () => {
    const files = write({
      'package.json': { workspaces: ['packages/*', 'x'.repeat(100_000), 5, '{{{'] },
      'pnpm-workspace.yaml': 'packages: [ {',
      'nx.json': '['.repeat(100_000),
      'tsconfig.base.json': '{ "extends": 5 ',
      'packages/a/package.json': { name: '@acme/a', dependencies: 5, nx: { targets: [] } },
      'packages/deep/package.json': '['.repeat(100_000),
      'packages/deeper/project.json': `{ "a": ${'['.repeat(100_000)}`,
      'packages/huge/package.json': `{ "name": "huge", "x": "${'x'.repeat(17 * 1024 * 1024)}" }`,
      'packages/list/package.json': '[]',
      'packages/folder/package.json/file': '',
    });
    mkdirSync(join(workspaceRoot, 'packages/pipe'));
    execFileSync('mkfifo', [join(workspaceRoot, 'packages/pipe/package.json')]);
    const found = [...files, 'packages/folder/package.json', 'packages/pipe/package.json'];
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(roots(inferTargets(found, {}, { workspaceRoot }))).toEqual(['packages/a']);
    vi.restoreAllMocks();
  });
});
