import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

/**
 * Writes a file completely or not at all: first to a temporary file next to it, which is then
 * renamed. A link at the file's own path is replaced and not followed.
 *
 * @param file absolute
 * @param within an absolute folder that links on the way to the file may not leave. With it, temporary files of killed
 *   processes are removed, too.
 * @throws Error of the file system, or if a link leaves the folder; the temporary file is removed
 */
export function writeWhole(file: string, content: string | Uint8Array, within?: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  if (within !== undefined) checkInside(dirname(file), within);
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (within !== undefined) removeLeftovers(file);
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    discard(temporary);
    throw error;
  }
}

/** The folders of the path that exist decide: those that are missing are created without links. */
function checkInside(folder: string, within: string): void {
  let existing = folder;
  let real = realPath(existing);
  while (real === undefined && existing !== dirname(existing)) {
    existing = dirname(existing);
    real = realPath(existing);
  }
  const path = relative(realPath(within) ?? within, real ?? existing);
  if (path === '..' || /^\.\.[\\/]/.test(path) || isAbsolute(path))
    throw new Error(`${basename(existing)} is a link that leads out of the workspace`);
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** A process that is killed just before it renames its file leaves it behind, in a folder that caches may store. */
function removeLeftovers(file: string): void {
  const start = `${basename(file)}.`;
  for (const name of readdirSync(dirname(file))) {
    const pid = name.startsWith(start) ? /^(\d+)\.tmp$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) discard(join(dirname(file), name));
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** The first error is the one to report: if a file cannot be written, removing one may fail too. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Then there is nothing to remove.
  }
}
