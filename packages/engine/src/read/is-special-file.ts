import { statSync } from 'node:fs';

/**
 * Whether a pipe, a socket or a device is at a path. Reading it could wait forever.
 *
 * @param path absolute
 */
export function isSpecialFile(path: string): boolean {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats !== undefined && !stats.isFile() && !stats.isDirectory();
  } catch {
    return false;
  }
}
