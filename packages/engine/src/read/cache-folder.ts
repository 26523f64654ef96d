import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './write-whole.js';

/** Older temporary files are left over from processes that ended while they wrote. */
const OLDEST_TEMPORARY = 60 * 60 * 1000;
const TEMPORARY = /\.tmp$/;

/**
 * A folder of whole files outside of the workspace's own files. Nothing depends on it: without the
 * folder, or if it cannot be read or written, everything takes longer and no result changes.
 */
export class CacheFolder {
  readonly #folder: string;

  /** @param folder absolute; it need not exist */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The bytes of a file; undefined if there is none. */
  read(name: string): Buffer | undefined {
    try {
      return readFileSync(join(this.#folder, name));
    } catch {
      return undefined;
    }
  }

  /** Changes whenever another process writes the file; undefined if there is no file. */
  versionOf(name: string): string | undefined {
    try {
      const { mtimeMs, size, ino } = statSync(join(this.#folder, name));
      return `${mtimeMs} ${size} ${ino}`;
    } catch {
      return undefined;
    }
  }

  /** The names of all files, the one that was written last first. */
  names(): readonly string[] {
    const files = listed(this.#folder).map((name) => [name, changedAt(join(this.#folder, name))] as const);
    return files.toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  }

  /**
   * Writes a file completely or not at all: other processes see the old file or the new one.
   *
   * @param isKept whether a file is still of use. The others are removed if this is a new file.
   */
  write(name: string, bytes: Buffer, isKept: (name: string) => boolean): void {
    try {
      const isNew = this.versionOf(name) === undefined;
      writeWhole(join(this.#folder, name), bytes);
      if (isNew) this.#removeOthers(isKept);
    } catch {
      // Then later processes take longer.
    }
  }

  #removeOthers(isKept: (name: string) => boolean): void {
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      if (TEMPORARY.test(name) ? isOld(file) : !isKept(name)) remove(file);
    }
  }
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isOld(file: string): boolean {
  return Date.now() - changedAt(file) > OLDEST_TEMPORARY;
}

/** In milliseconds since 1970. A file that does not exist any more has just changed. */
function changedAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return Date.now();
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Another process uses it. It does no harm.
  }
}
