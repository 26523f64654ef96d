import { posix } from 'node:path';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';

/** How many paths are tried to find the folder that all of them are relative to. */
const SAMPLE = 40;

/**
 * Turns the paths in a bundler's report into files of the workspace. Relative paths start at the
 * folder in which the bundler ran. Of the likely folders, the one with the most existing files is
 * used. Absolute paths may come from another machine, so the longest ending that is a file of the
 * workspace counts.
 *
 * @returns a function that returns undefined for files outside the workspace; undefined itself if
 *   almost no path exists
 */
export function inputLocator(
  disk: Disk,
  pkg: WorkspacePackage,
  beside: FilePath,
  paths: readonly string[],
): ((path: string) => FilePath | undefined) | undefined {
  const own = paths.filter((path) => !path.includes('node_modules/'));
  const sample = own.slice(0, SAMPLE);
  const relative = sample.filter((path) => !isAbsolute(path));
  const bases = [...new Set([pkg.root, '.', ...pkg.outputs, ...foldersAbove(beside)])];
  const ranked = bases
    .map((base) => ({ base, hits: relative.filter((path) => disk.isFile(joinPath(base, path))).length }))
    .toSorted((a, b) => b.hits - a.hits);
  const base = ranked[0]!;
  const locate = (path: string): FilePath | undefined => {
    const file = isAbsolute(path) ? fromElsewhere(disk, pkg, path) : joinPath(base.base, path);
    return file !== undefined && disk.isFile(file) ? file : undefined;
  };
  return sample.some((path) => locate(path) !== undefined) ? locate : undefined;
}

function foldersAbove(file: FilePath): readonly FilePath[] {
  const folders: FilePath[] = [];
  for (let folder = folderOf(file); folder !== undefined; folder = folderOf(folder)) folders.push(folder);
  return folders;
}

function isAbsolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}

function fromElsewhere(disk: Disk, pkg: WorkspacePackage, path: string): FilePath | undefined {
  const plain = path.replaceAll('\\', '/');
  const here = disk.toFilePath(path);
  if (!here.startsWith('..') && !posix.isAbsolute(here)) return here;
  if (plain.includes('/node_modules/')) return undefined;
  const segments = plain.split('/').slice(1);
  for (let from = 0; from < segments.length - 1; from++) {
    const end = segments.slice(from).join('/');
    if (disk.isFile(end)) return end;
    const inPackage = joinPath(pkg.root, end);
    if (disk.isFile(inPackage)) return inPackage;
  }
  return undefined;
}
