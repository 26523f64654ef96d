import { statSync } from 'node:fs';

/** In milliseconds, the coarsest resolution of a file's times (FAT), and some time for skewed clocks. */
const COARSEST_TIME = 3000;

/**
 * Identifies the content of a file without reading it: by its size, its times and its number on the
 * disk. No write of the same content changes that back, because no program can set `ctime`.
 *
 * @param absolute path of the platform
 * @returns undefined if it is no plain file; empty if the content may change without a trace, because
 *   it was written just now, and the times of some file systems are coarse
 */
export function signatureAt(absolute: string): string | undefined {
  const now = Date.now();
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (!stats?.isFile()) return undefined;
  const { size, mtimeMs, ctimeMs, ino } = stats;
  if (Math.max(mtimeMs, ctimeMs) > now - COARSEST_TIME) return '';
  return [size, mtimeMs, ctimeMs, ino].join(' ');
}
