import { createHash, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Module, createRequire } from 'node:module';
import { dirname } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import type { CacheFolder } from './read/cache-folder.js';

/** One for each version of Node and list of flags that load the script. */
const MOST_FILES = 4;
const HASH_LENGTH = 32;

export interface LoadedScript {
  /** What the script exports. */
  readonly exports: unknown;
  /** Whether V8 used the code of an earlier process. */
  readonly isKept: boolean;
  /** Writes the compiled code to the folder, if it is not there. Call it after the work. It never throws. */
  keepCode(): void;
}

/**
 * Loads a CommonJS script that contains only ASCII characters, as `require` does. V8 uses code that an earlier process has
 * compiled, and so it has less to do.
 *
 * @param file absolute
 * @param folder only for compiled code
 */
export function loadScript(file: string, folder: CacheFolder): LoadedScript {
  const require = createRequire(file);
  const loaded = require.cache[file];
  if (loaded) return { exports: loaded.exports, isKept: false, keepCode: () => undefined };
  const bytes = readFileSync(file);
  const text = bytes.toString('latin1');
  const name = nameOfCode();
  const key = hash('sha256', bytes, 'hex');
  const cachedData = readCode(key, folder.read(name));
  const script = new Script(Module.wrap(text), { filename: file, ...(cachedData && { cachedData }) });
  const isKept = script.cachedDataRejected === false;
  const module = new Module(file);
  module.filename = file;
  const run = script.runInThisContext() as (...scope: unknown[]) => void;
  run.call(module.exports, module.exports, require, module, file, dirname(file));
  module.loaded = true;
  // Everything else that loads the file in this process gets the same module.
  require.cache[file] = module;
  return {
    exports: module.exports,
    isKept,
    keepCode: () => {
      if (isKept) return;
      const kept = [name, ...folder.names()].slice(0, MOST_FILES);
      folder.write(name, writeCode(key, script.createCachedData()), (each) => kept.includes(each));
    },
  };
}

/** V8 uses code only in the version, under the flags and for the processor that compiled it. */
function nameOfCode(): string {
  return `${process.versions.node}-${process.arch}-${cachedDataVersionTag()}.code`;
}

/** V8 does not notice damage, so the code has a hash. */
function writeCode(key: string, code: Buffer): Buffer {
  return Buffer.concat([hashOf(key, code), code]);
}

/** @returns undefined if the bytes are not exactly what `writeCode` wrote for this key */
function readCode(key: string, bytes: Buffer | undefined): Buffer | undefined {
  const code = bytes?.subarray(HASH_LENGTH);
  return code && bytes?.subarray(0, HASH_LENGTH).equals(hashOf(key, code)) ? code : undefined;
}

function hashOf(key: string, code: Buffer): Buffer {
  return createHash('sha256').update(key).update(code).digest();
}
