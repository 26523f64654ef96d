import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRun } from '../session.js';
import { verify } from '../verify.js';
import { CacheFolder } from './cache-folder.js';

let root: string;
let outside: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cache-folder-'));
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'precious.txt'), '');
  writeFileSync(join(outside, `${'a'.repeat(32)}.facts`), '');
});
afterEach(() => {
  rmSync(root, { recursive: true });
  rmSync(outside, { recursive: true });
});

const BYTES = Buffer.from('x');
const NAME = `${'b'.repeat(32)}.facts`;
const none = (): boolean => false;

describe('the folder for caches', () => {
  it('is not written or cleaned through a link', () => {
    const before = readdirSync(outside);
    symlinkSync(outside, join(root, 'cache'), 'junction');
    new CacheFolder(join(root, 'cache')).write(NAME, BYTES, none);
    new CacheFolder(join(root, 'cache'), root).write(NAME, BYTES, none);
    new CacheFolder(join(root, 'cache/below'), root).write(NAME, BYTES, none);
    expect(readdirSync(outside)).toEqual(before);
  });

  it('may be outside of the workspace, if the caller names it', () => {
    new CacheFolder(join(outside, 'cache'), root).write(NAME, BYTES, none);
    expect(readdirSync(join(outside, 'cache'))).toEqual([]);
    new CacheFolder(join(outside, 'cache'), root).write(NAME, BYTES, () => true);
    expect(readdirSync(join(outside, 'cache'))).toEqual([NAME]);
  });

  it('keeps files that the engine has not written', () => {
    new CacheFolder(outside).write(NAME, BYTES, (name) => name === NAME);
    expect(readdirSync(outside).toSorted()).toEqual([NAME, 'precious.txt']);
  });

  it('contains only plain names, whatever the names of packages and folders are', () => {
    mkdirSync(join(root, 'packages/..evil'), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{ "workspaces": ["packages/*"] }');
    const name = '../../../../tmp/evil';
    writeFileSync(
      join(root, 'packages/..evil/package.json'),
      JSON.stringify({ name, type: 'module', exports: './index.js' }),
    );
    writeFileSync(join(root, 'packages/..evil/index.js'), 'export const a = 1;\n');
    const cacheFolder = join(root, '.cache/engine');
    const projects = [{ name, root: 'packages/..evil' }];
    const run = openRun({ root, projects, cacheFolder, keepReports: true });
    verify({ run, project: name });
    run.saveCache();
    expect(readdirSync(cacheFolder).length).toBeGreaterThan(0);
    for (const file of readdirSync(cacheFolder)) expect(file).toMatch(/^[0-9a-f]{32}\.[a-z]+$/);
    expect(readdirSync(root).toSorted()).toEqual(['.cache', 'package.json', 'packages']);
    expect(existsSync('/tmp/evil')).toBe(false);
  });
});
