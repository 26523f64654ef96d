import type { Tree } from '@nx/devkit';
import { createTree } from 'nx/src/generators/testing-utils/create-tree';
import { describe, expect, it, vi } from 'vitest';
import initGenerator from './generator';

function treeOf(files: Record<string, string>) {
  const written: string[] = [];
  const read = (file: string) => files[file] ?? null;
  const write = (file: string, text: string) => void ((files[file] = text), written.push(file));
  return { files, written, tree: { read, write } as unknown as Tree };
}

describe('init', () => {
  it('adds the plugin to the others and keeps comments and formatting', async () => {
    const nxJson = '{\n  // ours\n  "plugins": [\n    "@nx/eslint/plugin"\n  ],\n  "parallel": 2\n}\n';
    const { tree, files } = treeOf({ 'nx.json': nxJson, '.gitignore': 'dist\nnode_modules' });
    await initGenerator(tree);
    expect(files['nx.json']).toBe(
      '{\n  // ours\n  "plugins": [\n    "@nx/eslint/plugin",\n    {\n      "plugin": "@verify-exports/nx"\n    }\n  ],\n  "parallel": 2\n}\n',
    );
    expect(files['.gitignore']).toBe('dist\nnode_modules\n.verify-exports\n');
  });

  it('works without plugins, without a .gitignore and with options', async () => {
    const { tree, files } = treeOf({ 'nx.json': '{}' });
    await initGenerator(tree, { buildTarget: 'compile' });
    expect(JSON.parse(files['nx.json']!)).toEqual({
      plugins: [{ plugin: '@verify-exports/nx', options: { buildTarget: 'compile' } }],
    });
    expect(files['.gitignore']).toBe('.verify-exports\n');
  });

  it.each([
    '"@verify-exports/nx"',
    '{ "plugin": "@verify-exports/nx", "options": { "targetName": "check" } }',
  ])('changes nothing if nx.json already lists %s', async (entry) => {
    const { tree, written } = treeOf({
      'nx.json': `{ "plugins": [${entry}] }`,
      '.gitignore': '/.verify-exports/\r\n',
    });
    await initGenerator(tree);
    expect(written).toEqual([]);
  });

  it.each([
    [3, 0],
    [12, 1],
  ])('mentions batches only if there are many projects: %i', async (count, times) => {
    const tree = createTree();
    tree.write('nx.json', '{}');
    tree.write('package.json', '{ "name": "root", "workspaces": ["packages/*"] }');
    for (let i = 0; i < count; i++) tree.write(`packages/p${i}/package.json`, `{ "name": "p${i}" }`);
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    (await initGenerator(tree))?.();
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    expect(lines.filter((line) => line.includes('-t verify-exports --batch'))).toHaveLength(times);
    expect(await initGenerator(tree), 'printed once').toBeUndefined();
  });

  it('names a file that cannot be read', async () => {
    await expect(initGenerator(treeOf({ 'nx.json': '{\n  "plugins": [,\n' }).tree)).rejects.toThrow(
      'nx.json is not valid JSON (line 2)',
    );
    await expect(initGenerator(treeOf({ 'nx.json': '{ "plugins": {} }' }).tree)).rejects.toThrow(
      '"plugins" of nx.json',
    );
  });
});
