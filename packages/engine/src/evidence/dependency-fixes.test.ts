import type { FixIdea } from '../model/fix-idea.js';
import { describe, expect, it } from 'vitest';
import { parseTextFiles, writeWorkspace } from '../../test/text-workspace.js';
import { openRun } from '../session.js';
import { declareFix } from './dependency-fixes.js';

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
  const fix = declareFix(run.workspace, dependent, '@acme/lib', SHIPPED)!;
  return { title: fix.title, text: applied(fix, app) };
}

const SHIPPED = { developmentOnly: false, optional: false };

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

/** The fix that declares `@acme/lib` (or another package) in `@acme/app`, and the manifest after it. */
function fixed(
  text: string,
  { name = '@acme/lib', use = {} }: { name?: string; use?: Partial<typeof SHIPPED> } = {},
): { title: string; manifest: unknown } {
  using workspace = writeWorkspace(parseTextFiles(text));
  const run = openRun({ root: workspace.root });
  const app = run.packageOf('@acme/app')!;
  const { title, edits } = declareFix(run.workspace, app, name, { ...SHIPPED, ...use })!;
  return { title, manifest: JSON.parse(applied({ title, edits }, app.source!.text)) };
}

const manifest = (folder: string, json: object): string =>
  `-- packages/${folder}/package.json --\n${JSON.stringify({ name: `@acme/${folder}`, version: '1.0.0', ...json }, null, 2)}\n`;

describe('the range', () => {
  const lib = manifest('lib', { version: '2.1.0' });
  it.each([
    [
      "the dependent's own style",
      manifest('app', { dependencies: { '@acme/other': 'workspace:^' } }) +
        manifest('other', { dependencies: { '@acme/lib': 'workspace:*' } }),
      'workspace:^',
    ],
    [
      'the style of most packages, not of the first',
      manifest('app', {}) +
        manifest('a', { dependencies: { '@acme/other': '1.0.0' } }) +
        manifest('b', { dependencies: { '@acme/other': 'workspace:~' } }) +
        manifest('c', { dependencies: { '@acme/other': 'workspace:~' } }) +
        manifest('other', {}),
      'workspace:~',
    ],
    [
      'most packages before the root',
      `-- package.json --\n{ "workspaces": ["packages/*"], "devDependencies": { "@acme/lib": "workspace:*" } }\n` +
        manifest('app', {}) +
        manifest('other', { dependencies: { '@acme/lib': 'workspace:^' } }),
      'workspace:^',
    ],
    [
      'the root if no package has an entry',
      `-- package.json --\n{ "workspaces": ["packages/*"], "devDependencies": { "@acme/lib": "workspace:*" } }\n` +
        manifest('app', {}),
      'workspace:*',
    ],
  ])('is %s', (_, others, range) => {
    expect(fixed(others + lib).manifest).toMatchObject({ dependencies: { '@acme/lib': range } });
  });
});

describe('the field', () => {
  const lib = manifest('lib', {});
  const usesPeer = (name: string, dev: boolean): string =>
    manifest(name, {
      peerDependencies: { '@acme/lib': '^1.0.0' },
      ...(dev && { devDependencies: { '@acme/lib': 'workspace:*' } }),
    });

  it('is devDependencies for imports that do not ship', () => {
    const { manifest: after } = fixed(manifest('app', {}) + lib, { use: { developmentOnly: true } });
    expect(after).toMatchObject({ devDependencies: { '@acme/lib': '*' } });
    expect(after).not.toHaveProperty('dependencies');
  });

  it('is peerDependencies if more siblings list it as a peer than as a dependency', () => {
    const siblings =
      usesPeer('a', true) + usesPeer('b', true) + manifest('c', { dependencies: { '@acme/lib': '*' } });
    const { manifest: after } = fixed(manifest('app', {}) + lib + siblings);
    expect(after).toMatchObject({
      peerDependencies: { '@acme/lib': '^1.0.0' },
      devDependencies: { '@acme/lib': 'workspace:*' },
    });
    expect(after).not.toHaveProperty('dependencies');
  });

  it('is dependencies in a private package, whatever its siblings list', () => {
    const { manifest: after } = fixed(manifest('app', { private: true }) + lib + usesPeer('a', false));
    expect(after).toHaveProperty('dependencies');
    expect(after).not.toHaveProperty('peerDependencies');
  });

  it('keeps the entry in devDependencies beside a peer', () => {
    const app = manifest('app', { devDependencies: { '@acme/lib': 'workspace:*' } });
    const { manifest: after } = fixed(app + lib + usesPeer('a', true));
    expect(after).toMatchObject({
      peerDependencies: { '@acme/lib': '^1.0.0' },
      devDependencies: { '@acme/lib': 'workspace:*' },
    });
  });

  it('moves an entry, and leaves none behind', () => {
    const app = manifest('app', { devDependencies: { '@acme/lib': 'workspace:^', left: '1' } });
    const { manifest: after } = fixed(app + lib);
    expect(after).toMatchObject({
      dependencies: { '@acme/lib': 'workspace:^' },
      devDependencies: { left: '1' },
    });
    expect(after).not.toHaveProperty(['devDependencies', '@acme/lib']);
  });

  it('is an optional peer for a package that users bring along', () => {
    const app = manifest('app', { devDependencies: { bundler: '5.1.0' } });
    const { title, manifest: after } = fixed(app, { name: 'bundler', use: { optional: true } });
    expect(title).toBe(
      'add "bundler": "^5.1.0" to the peerDependencies in packages/app/package.json, and mark it as optional in peerDependenciesMeta',
    );
    expect(after).toMatchObject({
      peerDependencies: { bundler: '^5.1.0' },
      peerDependenciesMeta: { bundler: { optional: true } },
      devDependencies: { bundler: '5.1.0' },
    });
  });
});

describe('no edit', () => {
  const untouched = (text: string): string => {
    const { title, manifest: after } = fixed(text);
    expect(after).not.toHaveProperty('dependencies');
    return title;
  };

  it('makes a published package depend on a private one', () => {
    expect(untouched(manifest('app', {}) + manifest('lib', { private: true }))).toMatch(
      /^publish "@acme\/lib"/,
    );
  });

  it('closes a cycle, direct or through other packages', () => {
    const direct = manifest('app', {}) + manifest('lib', { devDependencies: { '@acme/app': '*' } });
    expect(untouched(direct)).toContain('"@acme/lib" already depends on "@acme/app", so');
    const through =
      manifest('app', {}) +
      manifest('lib', { peerDependencies: { '@acme/mid': '*' } }) +
      manifest('mid', { dependencies: { '@acme/app': '*' } });
    expect(untouched(through)).toContain('"@acme/lib" already depends on "@acme/app" through @acme/mid, so');
  });

  it('closes a cycle with dependencies that only sources show', () => {
    using workspace = writeWorkspace(parseTextFiles(manifest('app', {}) + manifest('lib', {})));
    const projects = ['app', 'lib'].map((name) => ({ name, root: `packages/${name}` }));
    const withEdge = projects.map((one) => ({ ...one, ...(one.name === 'lib' && { dependsOn: ['app'] }) }));
    const titleWith = (input: typeof projects): string => {
      const run = openRun({ root: workspace.root, projects: input });
      return declareFix(run.workspace, run.packageOf('app')!, '@acme/lib', SHIPPED)!.title;
    };
    expect(titleWith(projects)).toMatch(/^add "@acme\/lib"/);
    expect(titleWith(withEdge)).toContain('"@acme/lib" already depends on "@acme/app", so');
  });

  it('is refused for a cycle that only other packages have', () => {
    const cycle =
      manifest('lib', { dependencies: { '@acme/mid': '*' } }) +
      manifest('mid', { dependencies: { '@acme/lib': '*' } });
    expect(fixed(manifest('app', {}) + cycle).manifest).toHaveProperty('dependencies');
  });
});
