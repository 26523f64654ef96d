import nodePath from 'node:path';
import type { FilePath } from '../model/place.js';

/**
 * The functions of `node:path` that depend on the platform; a parameter so that both styles can be
 * tested anywhere.
 */
export type PathStyle = Pick<typeof nodePath, 'relative' | 'resolve' | 'sep'>;

/**
 * An absolute path of the platform as a FilePath; on another Windows drive it stays absolute, with
 * `/`.
 */
export function filePathOf(root: string, absolute: string, style: PathStyle = nodePath): FilePath {
  const relative = style.relative(root, absolute);
  return (style.sep === '/' ? relative : relative.replaceAll(style.sep, '/')) || '.';
}

/** The platform's absolute path of a FilePath. */
export function absoluteOf(root: string, file: FilePath, style: PathStyle = nodePath): string {
  return style.resolve(root, file);
}

/**
 * Joins and normalises. A leading `./` and a trailing `/` are removed; `.` is the workspace root.
 */
export function joinPath(folder: FilePath, ...parts: readonly string[]): FilePath {
  const joined = nodePath.posix.join(folder || '.', ...parts);
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

/**
 * The folder of the file; undefined at the top of the file system, or above a path of only `..`.
 */
export function folderOf(file: FilePath): FilePath | undefined {
  if (file === '.' || file === '/' || /(^|\/)\.\.$/.test(file)) return undefined;
  return nodePath.posix.dirname(file);
}

/** The last segment. */
export function baseNameOf(file: FilePath): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Whether the file is the folder or is inside it. */
export function isWithin(folder: FilePath, file: FilePath): boolean {
  if (folder === '.') return file !== '..' && !file.startsWith('../') && !nodePath.posix.isAbsolute(file);
  return file === folder || (file.startsWith(folder) && file[folder.length] === '/');
}

/** The path from a folder to a file below it; `.` for the folder itself. */
export function pathWithin(folder: FilePath, file: FilePath): FilePath {
  if (folder === '.') return file;
  return file === folder ? '.' : file.slice(folder.length + 1);
}

/** Plain order of code units, so that listings do not depend on a locale. */
export function comparePaths(a: FilePath, b: FilePath): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
