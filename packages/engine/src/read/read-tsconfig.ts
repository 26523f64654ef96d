import { parseTsconfig } from 'get-tsconfig';
import type { TsConfigJsonResolved } from 'get-tsconfig';
import type { FilePath } from '../model/place.js';
import type { Disk } from './disk.js';
import { extendsTooMuch } from './tsconfig-reads.js';

/**
 * A tsconfig with everything that it extends.
 *
 * @throws Error if it cannot be read, or extends files in too many ways
 */
export function readTsconfig(disk: Disk, file: FilePath): TsConfigJsonResolved {
  const path = disk.toAbsolute(file);
  const { observed } = disk;
  if (!observed) return parsed(path);
  const calls = new Map<string, never>();
  try {
    return parsed(path, calls);
  } catch (error) {
    // The file that is missing is not among the calls.
    observed.untraceable = true;
    throw error;
  } finally {
    for (const call of calls.keys()) observe(disk, call);
  }
}

function parsed(path: string, calls?: Map<string, never>): TsConfigJsonResolved {
  if (extendsTooMuch(path)) throw new Error('it extends other files in too many ways');
  return parseTsconfig(path, calls);
}

/** Repeats a call that get-tsconfig has remembered as `name:path:options`. */
function observe(disk: Disk, call: string): void {
  const [, name, path] = /^(\w+):(.*?)(?::utf8)?$/s.exec(call) ?? [];
  if (path === undefined) disk.observed!.untraceable = true;
  else if (name === 'readFileSync') disk.readText(disk.toFilePath(path));
  else if (name === 'realpathSync') disk.realPath(disk.toFilePath(path));
  else disk.kindOf(disk.toFilePath(path));
}
