import { readFileSync, statSync } from 'node:fs';

/**
 * In bytes. A larger file is no source that people import from; the project's own task reports it.
 */
const LARGEST = 16 * 1024 * 1024;

/**
 * Reads a file while Nx creates the project graph, where nothing may throw or wait.
 *
 * @returns undefined if there is no regular file (reading a pipe would wait forever), or if it is
 *   unreadable or too large
 */
export function readFileText(file: string): string | undefined {
  try {
    // Most projects lack most of the files that are looked for, and an exception costs more than
    // this question.
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() && found.size <= LARGEST ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
