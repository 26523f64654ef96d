import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProjectGraph } from '@nx/devkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskTree } from '../../../test/disk-tree';
import surfaceGenerator from './generator';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'verify-exports-surface-'))));
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** A published package, a private one and one that is not built. */
beforeEach(() => {
  write('package.json', '{ "workspaces": ["packages/*"] }');
  write('packages/kit/package.json', '{ "name": "kit", "version": "1.0.0", "exports": "./index.mjs" }');
  write('packages/kit/index.mjs', 'export const run = () => {};\n');
  write('packages/app/package.json', '{ "name": "app", "private": true, "exports": "./index.mjs" }');
  write('packages/app/index.mjs', 'export class App {}\n');
  write(
    'packages/raw/package.json',
    '{ "name": "raw", "version": "1.0.0", "main": "dist/a.js", "scripts": { "build": "tsc" } }',
  );
});

function graph(): ProjectGraph {
  const targets = { 'verify-exports': { executor: '@verify-exports/nx:verify-exports' } };
  const node = (name: string) => [name, { name, type: 'lib', data: { root: `packages/${name}`, targets } }];
  return {
    nodes: Object.fromEntries(['kit', 'app', 'raw'].map(node)),
    dependencies: {},
  } as unknown as ProjectGraph;
}

async function generate(options: Parameters<typeof surfaceGenerator>[1] = {}) {
  const { tree, pending, flush } = diskTree(root);
  let said = '';
  await surfaceGenerator(tree, options, graph(), (text) => (said = text));
  const written = new Map(pending);
  flush();
  return { said, written };
}

describe('the surface generator', () => {
  it('writes the files of published packages, and says which one is not built', async () => {
    const { said, written } = await generate();
    expect([...written.keys()]).toEqual(['packages/kit/exports.surface.txt']);
    expect(written.get('packages/kit/exports.surface.txt')).toContain(
      'entry . [import require]\n  run function\n',
    );
    expect(said).toMatch(
      /^Wrote packages\/kit\/exports\.surface\.txt\.\nCould not write packages\/raw\/exports\.surface\.txt: "raw" is not built/,
    );
  });

  it('writes the file of a private project that is named, and keeps it up to date afterwards', async () => {
    expect((await generate({ project: 'app' })).written.get('packages/app/exports.surface.txt')).toContain(
      'App class',
    );
    write('packages/app/index.mjs', 'export class Other {}\n');
    const { written } = await generate({ project: 'kit,app' });
    expect([...written.keys()].sort()).toEqual([
      'packages/app/exports.surface.txt',
      'packages/kit/exports.surface.txt',
    ]);
    expect((await generate({ project: 'kit,app' })).said).toBe('Every surface file is up to date.');
  });

  it('refuses an unknown project', async () => {
    await expect(generate({ project: 'nope' })).rejects.toThrow(
      'No project "nope" has a verify-exports target.',
    );
  });
});
