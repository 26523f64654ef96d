import { parseTsconfig } from 'get-tsconfig';
import type { TsConfigJsonResolved } from 'get-tsconfig';
import { extendsTooMuch } from './tsconfig-reads.js';

/**
 * A tsconfig with everything that it extends.
 *
 * @param path absolute
 * @throws Error if it cannot be read, or extends files in too many ways
 */
export function readTsconfig(path: string): TsConfigJsonResolved {
  if (extendsTooMuch(path)) throw new Error('it extends other files in too many ways');
  return parseTsconfig(path);
}
