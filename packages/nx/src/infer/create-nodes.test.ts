import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it('names nx.json and the option if an option of the plugin is wrong', () => {
    const infer = (options: unknown) => () => inferTargets([], options, { workspaceRoot });
    expect(infer({ target: 'x' })).toThrow(
      'nx.json, plugin "@verify-exports/nx": "target" is not an option of the plugin.',
    );
    expect(infer({ buildTarget: 1 })).toThrow(
      'The plugin\'s option "buildTarget" is 1. Use the name of a target, or an array of names.',
    );
    expect(infer({ watchTargetName: true })).toThrow('"watchTargetName" is true. Use a string, or false');
    expect(infer([])).toThrow('must be an object');
  });
});
