import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file completely or not at all: first to a temporary file next to it, which is then
 * renamed.
 *
 * @param file absolute
 * @throws Error of the file system; the temporary file is removed
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    discard(temporary);
    throw error;
  }
}

/**
 * The first error is the one to report: where a file cannot be written, removing one may fail too.
 */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Then there is nothing to remove.
  }
}
