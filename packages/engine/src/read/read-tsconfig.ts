import { parseTsconfig } from 'get-tsconfig';
import type { TsConfigJsonResolved } from 'get-tsconfig';
import type { FilePath } from '../model/place.js';
import type { Disk } from './disk.js';
import { isSpecialFile } from './is-special-file.js';
import { extendsTooMuch } from './tsconfig-reads.js';

/**
 * A tsconfig with everything that it extends.
 *
 * @throws Error if it cannot be read, or extends files in too many ways
 */
export function readTsconfig(disk: Disk, file: FilePath): TsConfigJsonResolved {
  const path = disk.toAbsolute(file);
  const { observed } = disk;
  if (!observed) return parsed(path, new Calls());
  const calls = new Calls();
  try {
    return parsed(path, calls);
  } catch (error) {
    // Otherwise it is another error than a missing file, and nothing shows whether it is the same later.
    const isMissing = disk.kindOf(file) === undefined || [...calls.values()].includes(false);
    if (!isMissing) observed.untraceable = true;
    throw error;
  } finally {
    for (const call of calls.keys()) observe(disk, call);
  }
}

function parsed(path: string, calls: Calls): TsConfigJsonResolved {
  if (extendsTooMuch(path)) throw new Error('it extends other files in too many ways');
  return parseTsconfig(path, calls as Map<string, never>);
}

/** What get-tsconfig remembers. It looks here before each call, so this keeps it from reading a pipe. */
class Calls extends Map<string, unknown> {
  override get(call: string): unknown {
    const known = super.get(call);
    if (known !== undefined) return known;
    const { name, path } = partsOf(call);
    if (name === 'readFileSync' && path !== undefined && isSpecialFile(path))
      throw new Error(`${path} is not a file`);
    return undefined;
  }
}

/** A call that get-tsconfig has remembered as `name:path:options`. */
function partsOf(call: string): { readonly name?: string; readonly path?: string } {
  return /^(?<name>\w+):(?<path>.*?)(?::utf8)?$/s.exec(call)?.groups ?? {};
}

/** Repeats a call, so that the disk observes it. */
function observe(disk: Disk, call: string): void {
  const { name, path } = partsOf(call);
  if (path === undefined) {
    disk.observed!.untraceable = true;
    return;
  }
  const file = disk.toFilePath(path);
  if (name === 'realpathSync') disk.realPath(file);
  // It does not remember that it could not read a file.
  if (disk.kindOf(file) === 'file') tolerant(() => disk.readText(file));
}

function tolerant(read: () => unknown): void {
  try {
    read();
  } catch {
    // The disk has noticed that this cannot be compared later.
  }
}
