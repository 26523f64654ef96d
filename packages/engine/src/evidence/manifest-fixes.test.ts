import type { FixIdea } from '../model/fix-idea.js';
import { describe, expect, it } from 'vitest';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { subpathFix } from './entry-fixes.js';
import { dependencyFix } from './manifest-fixes.js';

/** The manifest of `app` after declaring `lib`, whose manifest and siblings are given. */
function declared(files: { app: string; lib?: string; sibling?: string }): { title: string; text: string } {
  const { app, lib = '{ "name": "@acme/lib", "version": "2.1.0" }', sibling } = files;
  using workspace = writeWorkspace(
    new Map([
      ['packages/app/package.json', app],
      ['packages/lib/package.json', lib],
      ['packages/other/package.json', sibling ?? '{ "name": "@acme/other" }'],
    ]),
  );
  const run = openRun({ root: workspace.root });
  const dependent = run.packageOf('@acme/app')!;
  const fix = dependencyFix(dependent, run.packageOf('@acme/lib')!, run.workspace.packages)!;
  return { title: fix.title, text: applied(fix, app) };
}

function applied({ edits }: FixIdea, text: string): string {
  return edits.reduceRight(
    (before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end),
    text,
  );
}

describe('declaring a dependency', () => {
  it.each([
    ['nobody else to learn from', undefined, '*'],
    [
      'workspace:*',
      '{ "name": "@acme/other", "dependencies": { "@acme/lib": "workspace:*" } }',
      'workspace:*',
    ],
    [
      'workspace:^',
      '{ "name": "@acme/other", "devDependencies": { "@acme/app": "workspace:^" } }',
      'workspace:^',
    ],
    [
      'workspace: with a version',
      '{ "name": "@acme/other", "dependencies": { "@acme/app": "workspace:^1.0.0" } }',
      'workspace:^2.1.0',
    ],
    ['a catalog', '{ "name": "@acme/other", "dependencies": { "@acme/lib": "catalog:own" } }', 'catalog:own'],
    [
      'a catalog of another package',
      '{ "name": "@acme/other", "dependencies": { "@acme/app": "catalog:own" } }',
      '*',
    ],
    ['a caret', '{ "name": "@acme/other", "dependencies": { "@acme/lib": "^1.0.0" } }', '^2.1.0'],
    ['an exact version', '{ "name": "@acme/other", "dependencies": { "@acme/lib": "1.0.0" } }', '2.1.0'],
    ['only packages from outside', '{ "name": "@acme/other", "dependencies": { "chalk": "^5.0.0" } }', '*'],
  ])('writes the range like other manifests of the workspace: %s', (_, sibling, range) => {
    const { title } = declared({ app: '{ "name": "@acme/app" }', ...(sibling && { sibling }) });
    expect(title).toBe(`add "@acme/lib": "${range}" to the dependencies in packages/app/package.json`);
  });

  it.each([
    [
      'spaces',
      '{\n    "name": "@acme/app"\n}\n',
      '{\n    "name": "@acme/app",\n    "dependencies": {\n        "@acme/lib": "*"\n    }\n}\n',
    ],
    [
      'tabs',
      '{\n\t"name": "@acme/app"\n}\n',
      '{\n\t"name": "@acme/app",\n\t"dependencies": {\n\t\t"@acme/lib": "*"\n\t}\n}\n',
    ],
    [
      'an entry that is there',
      '{\n  "name": "@acme/app",\n  "dependencies": {\n    "chalk": "5.0.0"\n  }\n}\n',
      '{\n  "name": "@acme/app",\n  "dependencies": {\n    "chalk": "5.0.0",\n    "@acme/lib": "*"\n  }\n}\n',
    ],
    [
      'CRLF',
      '{\r\n  "name": "@acme/app"\r\n}\r\n',
      '{\r\n  "name": "@acme/app",\r\n  "dependencies": {\r\n    "@acme/lib": "*"\r\n  }\r\n}\r\n',
    ],
  ])('keeps the style of the manifest: %s', (_, app, after) => {
    expect(declared({ app }).text).toBe(after);
  });
});

/**
 * The target that the fix gives the subpath ./testing, for a package with these exports and built
 * files.
 */
function listed(manifest: object, built: readonly string[], field: readonly string[] = ['exports']): unknown {
  const files = built.map((file) => `-- packages/lib/${file} --\n`).join('');
  const text = JSON.stringify({ name: '@acme/lib', ...manifest }, null, 2);
  using workspace = writeWorkspace(parseTextFiles(`-- packages/lib/package.json --\n${text}\n${files}`));
  const run = openRun({ root: workspace.root });
  const fix = subpathFix(run.disk, run.packageOf('@acme/lib')!, './testing');
  if (!fix) return undefined;
  const changed: unknown = JSON.parse(applied(fix, `${text}\n`));
  return [...field, './testing'].reduce((value, key) => (value as Record<string, unknown>)[key], changed);
}

describe('listing a subpath', () => {
  it.each([
    ['a string', './dist/index.js', ['dist/testing.js'], './dist/testing.js'],
    ['a folder', './dist/index.js', ['dist/testing/index.js'], './dist/testing/index.js'],
    [
      'conditions, nested',
      { types: './dist/index.d.ts', import: './dist/index.mjs', require: { default: './dist/index.cjs' } },
      ['dist/testing.d.ts', 'dist/testing.mjs', 'dist/testing.cjs'],
      {
        types: './dist/testing.d.ts',
        import: './dist/testing.mjs',
        require: { default: './dist/testing.cjs' },
      },
    ],
  ])('uses the same kind of targets as the main entry: %s', (_, main, built, target) => {
    expect(listed({ exports: { '.': main } }, ['dist/index.js', ...built])).toEqual(target);
  });

  it('omits declarations that were not built', () => {
    const main = { types: './dist/index.d.ts', default: './dist/index.js' };
    expect(listed({ exports: { '.': main } }, ['dist/testing.js'])).toEqual({ default: './dist/testing.js' });
  });

  it('creates a map from a single target, and from conditions alone', () => {
    expect(listed({ exports: './dist/index.js' }, ['dist/testing.js'])).toBe('./dist/testing.js');
    const conditions = { import: './dist/index.js' };
    expect(listed({ exports: conditions }, ['dist/testing.js'])).toEqual({ import: './dist/testing.js' });
  });

  it('edits the exports that consumers get', () => {
    const manifest = {
      exports: { '.': './src/index.ts' },
      publishConfig: { exports: { '.': './dist/index.js' } },
    };
    expect(listed(manifest, ['dist/testing.js'], ['publishConfig', 'exports'])).toBe('./dist/testing.js');
  });

  it.each([
    [
      'one of the targets was not built',
      { exports: { '.': { import: './dist/index.mjs', require: './dist/index.cjs' } } },
      ['dist/testing.mjs'],
    ],
    ['the build made no such file', { exports: { '.': './dist/index.js' } }, ['dist/other.js']],
    ['a target is an array', { exports: { '.': ['./dist/index.js'] } }, ['dist/testing.js']],
  ])('has no fix if %s', (_, manifest, built) => {
    expect(listed(manifest, ['dist/index.js', ...built])).toBeUndefined();
  });
});
