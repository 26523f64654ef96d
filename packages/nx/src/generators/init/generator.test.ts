import type { Tree } from '@nx/devkit';
import { describe, expect, it, vi } from 'vitest';
import initGenerator from './generator';

function treeOf(files: Record<string, string>) {
  const written: string[] = [];
  const read = (file: string) => files[file] ?? null;
  const write = (file: string, text: string) => void ((files[file] = text), written.push(file));
  const exists = (file: string) => file in files;
  return { files, written, tree: { read, write, exists } as unknown as Tree };
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
    ['package-lock.json', {}, 'npx nx run-many -t verify-exports'],
    ['pnpm-lock.yaml', { targetName: 'check' }, 'pnpm exec nx run-many -t check'],
  ])('prints the command to run, with %s, and only once', async (lockFile, options, check) => {
    const { tree } = treeOf({ 'nx.json': '{}', [lockFile]: '' });
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    (await initGenerator(tree, options))?.();
    const printed = log.mock.calls.map(([line]) => String(line)).join('\n');
    log.mockRestore();
    expect(printed).toContain(`    ${check}\n`);
    expect(printed).toContain(':baseline');
    expect(await initGenerator(tree, options), 'printed once').toBeUndefined();
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
