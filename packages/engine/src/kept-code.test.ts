import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadScript } from './kept-code.js';
import { CacheFolder } from './read/cache-folder.js';

describe('the kept code of a script', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kept-code-'));
    file = join(folder, 'script.cjs');
    writeScript('one');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const code = () => join(folder, 'code');
  function writeScript(value: string): void {
    writeFileSync(
      file,
      `exports.value = '${value}';\nexports.twice = (n) => 2 * n;\nexports.path = require('node:path');\nexports.module = module;\nexports.place = __filename;\n`,
    );
  }
  /** Loads the script as a new process does. */
  function load() {
    delete createRequire(file).cache[file];
    const { exports, ...loaded } = loadScript(file, new CacheFolder(code()));
    return { ...loaded, exports: exports as { value: string; twice: (n: number) => number } };
  }
  function kept(): string {
    return join(code(), readdirSync(code())[0]!);
  }

  it('is used by the next process', () => {
    const first = load();
    expect(first.exports.twice(2)).toBe(4);
    first.keepCode();
    const second = load();
    expect([first.isKept, second.isKept]).toEqual([false, true]);
    expect(second.exports).toMatchObject({ value: 'one', place: file, path: { sep: '/' } });
    expect(second.exports.twice(4)).toBe(8);
  });

  it('belongs to one module, which `require` finds', () => {
    const { exports } = load();
    expect(createRequire(file)(file)).toBe(exports);
    expect(loadScript(file, new CacheFolder(code())).exports).toBe(exports);
  });

  it('is not used for another text of the same length', () => {
    load().keepCode();
    writeScript('two');
    expect(load()).toMatchObject({ isKept: false, exports: { value: 'two' } });
  });

  it.each([
    ['damaged', (bytes: Buffer) => bytes.fill(0x41, bytes.length >> 1, (bytes.length >> 1) + 8)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['empty', () => Buffer.alloc(0)],
    ['of something else', () => Buffer.from('x'.repeat(5000))],
  ])('is not used if it is %s, and is written again', (_, change) => {
    load().keepCode();
    writeFileSync(kept(), change(readFileSync(kept())));
    const again = load();
    expect(again).toMatchObject({ isKept: false, exports: { value: 'one' } });
    again.keepCode();
    expect(load()).toMatchObject({ isKept: true });
  });

  it('exists for a few versions of Node at most', () => {
    mkdirSync(code());
    for (let at = 0; at < 9; at++) {
      writeFileSync(join(code(), `${at}.code`), 'x');
      utimesSync(join(code(), `${at}.code`), 1000 + at, 1000 + at);
    }
    load().keepCode();
    expect(readdirSync(code())).toHaveLength(4);
    expect(readdirSync(code())).toEqual(expect.arrayContaining(['6.code', '7.code', '8.code']));
    expect(load()).toMatchObject({ isKept: true });
  });

  it('costs only time if the folder cannot be written', () => {
    writeFileSync(code(), 'a file');
    const loaded = load();
    loaded.keepCode();
    expect(loaded).toMatchObject({ isKept: false, exports: { value: 'one' } });
  });
});
