import type { FilePath } from '../model/place.js';
import type { PackageJson } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath, pathWithin } from '../read/file-path.js';
import { packageScopeOf } from '../read/package-scope.js';
import { requiredFile } from './required-file.js';

/**
 * The entry file of a package without `exports` for bundlers that build for browsers: a `browser`
 * path, else `module`. Undefined if neither names a file; then `main` applies.
 *
 * https://github.com/defunctzombie/package-browser-field-spec,
 * https://esbuild.github.io/api/#main-fields
 */
export function browserMainOf(
  disk: Disk,
  folder: FilePath,
  json: PackageJson,
): { readonly field: 'browser' | 'module'; readonly target: string; readonly file: FilePath } | undefined {
  for (const field of ['browser', 'module'] as const) {
    const target = json[field];
    if (typeof target !== 'string' || target === '') continue;
    const file = requiredFile(disk, joinPath(folder, target));
    if (file !== undefined) return { field, target, file };
  }
  return undefined;
}

/**
 * The file that replaces another one for browsers, by the `browser` map of the package.json that
 * governs it; the file itself if none does. A file that is mapped to `false` is replaced by an
 * empty module, which no path can represent: it stays.
 */
export function browserFileOf(disk: Disk, file: FilePath): FilePath {
  const scope = packageScopeOf(disk, file);
  const map = scope?.manifest?.json.browser;
  if (!scope || typeof map !== 'object' || map === null) return file;
  const path = pathWithin(scope.folder, file);
  const entries = map as Readonly<Record<string, unknown>>;
  const extensionless = path.replace(/\.(?:[cm]?js|json)$/, '');
  const keys = [
    `./${path}`,
    path,
    `./${extensionless}`,
    extensionless,
    `./${extensionless.replace(/\/index$/, '')}`,
  ];
  const target = keys
    .map((key) => (Object.hasOwn(entries, key) ? entries[key] : undefined))
    .find((one) => one !== undefined);
  if (typeof target !== 'string' || !target.startsWith('.')) return file;
  return requiredFile(disk, joinPath(scope.folder, target)) ?? joinPath(scope.folder, target);
}
