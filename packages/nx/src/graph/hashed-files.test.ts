import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashedFiles } from './hashed-files';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'hashed-'))));
afterEach(() => rmSync(root, { recursive: true }));

describe('hashedFiles', () => {
  it('follows the list of Nx, and git for a file that is not in it', () => {
    execFileSync('git', ['init', '-q'], { cwd: root });
    writeFileSync(join(root, '.gitignore'), 'dist\n');
    mkdirSync(join(root, '.nx/workspace-data'), { recursive: true });
    const fileMap = { projectFileMap: { a: [{ file: 'a/dist/listed.js', hash: '1' }] }, nonProjectFiles: [] };
    writeFileSync(join(root, '.nx/workspace-data/file-map.json'), JSON.stringify({ fileMap }, undefined, 2));
    const isHashed = hashedFiles(root);
    expect(isHashed('a/dist/listed.js')).toBe(true);
    expect(isHashed('a/dist/index.js')).toBe(false);
    expect(isHashed('a/src/new.ts')).toBe(true);
    expect(isHashed('node_modules/a/index.js')).toBe(false);
  });

  it.each([[0], [2]])('follows the list alone if there is no git, indented by %d', (indent) => {
    mkdirSync(join(root, '.nx/workspace-data'), { recursive: true });
    const a = ['a/src/index.ts', 'a/src/größe "1".ts'].map((file) => ({ file, hash: '1' }));
    const map = { fileMap: { projectFileMap: { a }, nonProjectFiles: [] } };
    writeFileSync(join(root, '.nx/workspace-data/file-map.json'), JSON.stringify(map, undefined, indent));
    const isHashed = hashedFiles(root);
    for (const { file } of a) expect(isHashed(file), file).toBe(true);
    for (const file of ['a/dist/index.js', 'src/index.ts', 'a/src/index.t'])
      expect(isHashed(file), file).toBe(false);
  });

  it('takes every file for a source if there is neither a list nor git', () => {
    expect(hashedFiles(root)('a/dist/index.js')).toBe(true);
  });
});
