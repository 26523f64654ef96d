import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { watchFiles } from './file-watcher';

let stop = () => {};
let root: string;
afterEach(() => {
  stop();
  rmSync(root, { recursive: true, force: true });
});

function write(file: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), 'x');
}

/** @returns the changed paths so far, and a wait until all the given ones are among them */
async function start(files: readonly string[], isRecursive?: boolean) {
  root = mkdtempSync(join(tmpdir(), 'verify-exports-watch-'));
  for (const file of files) write(file);
  // FSEvents reports what happened shortly before a watch started.
  if (process.platform === 'darwin') await setTimeout(1000);
  let changed: string[] = [];
  const lost: string[] = [];
  const close = watchFiles(
    root,
    ['cached'],
    { changed: (paths) => void (changed = [...changed, ...paths]), lost: (reason) => void lost.push(reason) },
    isRecursive,
  );
  stop = close;
  const until = async (...wanted: readonly string[]) => {
    for (let waited = 0; waited < 10_000; waited += 20) {
      if (wanted.every((path) => changed.includes(path))) break;
      await setTimeout(20);
    }
    const found = changed;
    changed = [];
    expect(found).toEqual(expect.arrayContaining([...wanted]));
    return found;
  };
  return { until, lost, close };
}

describe('watchFiles', () => {
  it.each([
    ['the strategy of this system', undefined] as const,
    ['one watch for each folder', false] as const,
  ])('reports changed, new and deleted files with %s', async (_, isRecursive) => {
    const { until, lost } = await start(['packages/a/dist/index.js', 'packages/a/dist/old.js'], isRecursive);
    write('packages/a/dist/index.js');
    write('packages/b/dist/deep/new.js');
    rmSync(join(root, 'packages/a/dist/old.js'));
    await until('packages/a/dist/index.js', 'packages/b/dist/deep/new.js', 'packages/a/dist/old.js');
    write('packages/b/dist/deep/later.js');
    await until('packages/b/dist/deep/later.js');
    expect(lost).toEqual([]);
  });

  it('reports the files of a folder that a build deletes and creates again', async () => {
    const { until } = await start(['packages/a/dist/lib/index.js'], false);
    for (let build = 0; build < 3; build++) {
      rmSync(join(root, 'packages/a/dist'), { recursive: true });
      write('packages/a/dist/lib/index.js');
      write(`packages/a/dist/lib/${build}.js`);
      await until('packages/a/dist/lib/index.js', `packages/a/dist/lib/${build}.js`);
      await setTimeout(50);
      write('packages/a/dist/lib/index.js');
      await until('packages/a/dist/lib/index.js');
    }
  });

  it('reports the files of a folder that replaces another', async () => {
    const { until } = await start(['a/dist/index.js', 'a/next/sub/other.js'], false);
    rmSync(join(root, 'a/dist'), { recursive: true });
    renameSync(join(root, 'a/next'), join(root, 'a/dist'));
    await until('a/dist/sub/other.js');
    write('a/dist/sub/more.js');
    await until('a/dist/sub/more.js');
  });

  it('ignores installed packages, reports, and the folders that the caller names', async () => {
    const { until } = await start(['cached/x.js', 'a/node_modules/b/index.js', 'a/cached/x.js'], false);
    for (const file of ['cached/x.js', 'a/node_modules/b/index.js', '.verify-exports/a/report.json'])
      write(file);
    write('.git/index');
    write('a/cached/x.js');
    const found = await until('a/cached/x.js');
    expect(found.filter((path) => path !== 'a/cached/x.js')).toEqual([]);
  });

  it('does not follow links when it starts', async () => {
    const { until } = await start(['a/index.js'], false);
    symlinkSync(root, join(root, 'a/self'), 'dir');
    await until('a/self');
  });

  it('reports nothing after it is stopped', async () => {
    const { until, close } = await start(['a/index.js'], false);
    write('a/index.js');
    await until('a/index.js');
    close();
    write('a/index.js');
    await setTimeout(100);
    await expect(Promise.resolve(until())).resolves.toEqual([]);
  });

  it('throws an error with the path of a folder that cannot be watched', () => {
    root = mkdtempSync(join(tmpdir(), 'verify-exports-watch-'));
    const listener = { changed: () => {}, lost: () => {} };
    expect(() => watchFiles(join(root, 'absent'), [], listener)).toThrow(/absent/);
  });
});
