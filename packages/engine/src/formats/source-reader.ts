import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

/** A larger file is generated, and a frame of it helps no one. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * Reads the files that a report names. A report may come from elsewhere, so a path that leaves the
 * workspace, also through a link, is not read.
 *
 * @returns a function that returns undefined for such a path, and for a file that cannot be read
 */
export function sourceReader(root: string): (file: string) => string | undefined {
  const texts = new Map<string, string | undefined>();
  return (file) => {
    if (!texts.has(file)) texts.set(file, readInside(root, file));
    return texts.get(file);
  };
}

function readInside(root: string, file: string): string | undefined {
  try {
    const base = realpathSync.native(root);
    const path = realpathSync.native(join(base, file));
    const inside = relative(base, path);
    if (isAbsolute(file) || inside.startsWith('..') || isAbsolute(inside)) return undefined;
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > MOST_BYTES) return undefined;
    // A byte order mark has no column.
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
