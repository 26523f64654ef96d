import type { FilePath } from '../model/place.js';
import type { Disk } from './disk.js';
import { baseNameOf, folderOf, joinPath } from './file-path.js';

/**
 * The folder in which Node finds a package by name: in the `node_modules` of the start folder, or
 * else of the nearest folder above it that has the package (NODE_MODULES_PATHS).
 */
export function nearestInstalled(disk: Disk, start: FilePath, name: string): FilePath | undefined {
  for (let folder: FilePath | undefined = start; folder !== undefined; folder = folderOf(folder)) {
    if (baseNameOf(folder) === 'node_modules') continue;
    const installed = joinPath(folder, 'node_modules', name);
    if (disk.kindOf(installed) === 'directory') return installed;
  }
  return undefined;
}
