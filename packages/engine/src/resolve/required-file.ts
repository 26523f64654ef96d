import type { FilePath } from '../model/place.js';
import { VerifyError } from '../model/problem.js';
import type { Manifest } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { readManifest } from '../read/read-manifest.js';
import { mainFileOf } from './main-fields.js';

/** The file that `require` finds at a path: Node's LOAD_AS_FILE, then LOAD_AS_DIRECTORY. */
export function requiredFile(disk: Disk, path: FilePath): FilePath | undefined {
  if (disk.isFile(path)) return path;
  const added = ['.js', '.json', '.node'].map((ending) => path + ending).find((file) => disk.isFile(file));
  if (added !== undefined || disk.kindOf(path) !== 'directory') return added;
  return mainFileOf(disk, path, tolerantManifest(disk, joinPath(path, 'package.json'))?.json ?? {})?.file;
}

/** The manifest of a folder on the way of a path; a broken one counts as empty. */
export function tolerantManifest(disk: Disk, file: FilePath): Manifest | undefined {
  if (!disk.isFile(file)) return undefined;
  try {
    return readManifest(disk, file);
  } catch (error) {
    if (error instanceof VerifyError) return undefined;
    throw error;
  }
}
