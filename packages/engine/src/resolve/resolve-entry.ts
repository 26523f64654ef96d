import type { EntryResolution, Mode } from '../model/demand.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { browserMainOf } from './browser-field.js';
import { conditionsOf, entryAt, entryFailure, existing } from './entry-outcome.js';
import type { EntryAsk } from './entry-outcome.js';
import { resolveExports } from './exports-map.js';
import { mainFileOf } from './main-fields.js';
import { decodedPath } from './map-target.js';
import { requiredFile } from './required-file.js';
import { resolveTypesEntry } from './resolve-types-entry.js';

/**
 * The file that an entry point of a package resolves to, or why there is none. At run time this is
 * Node's PACKAGE_RESOLVE and the algorithm of `require`, for types TypeScript's `nodenext`.
 *
 * @param subpath `.` or `./x`
 */
export function resolveEntry(
  disk: Disk,
  pkg: WorkspacePackage,
  subpath: string,
  ask: EntryAsk,
): EntryResolution {
  const { published: manifest } = pkg;
  if (!manifest) return { outcome: 'no-entry', subpath };
  if (ask.phase === 'types') return resolveTypesEntry(disk, pkg, manifest, subpath, ask);
  const { exports } = manifest.json;
  if (exports !== undefined && exports !== null) {
    const resolution = resolveExports(exports, subpath, conditionsOf(ask));
    if (resolution.outcome !== 'target') return entryFailure(manifest, subpath, resolution, ask);
    return entryAt(disk, pkg, manifest, subpath, resolution);
  }
  return subpath === '.'
    ? mainEntry(disk, pkg, manifest, ask.browser)
    : deepEntry(disk, pkg, subpath, ask.mode);
}

function mainEntry(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  browser: boolean | undefined,
): EntryResolution {
  const { json } = manifest;
  const bundled = browser ? browserMainOf(disk, pkg.publishedRoot, json) : undefined;
  if (bundled) {
    const { field, target, file } = bundled;
    const at = locateInManifest(manifest, [field], 'value');
    return { outcome: 'file', subpath: '.', conditions: [], target, file, place: at };
  }
  const found = mainFileOf(disk, pkg.publishedRoot, json);
  const target = typeof json.main === 'string' ? json.main : '';
  const place = target === '' ? undefined : locateInManifest(manifest, ['main'], 'value');
  const entry = { subpath: '.', conditions: [] };
  if (found?.field) return { outcome: 'file', ...entry, target, file: found.file, ...(place && { place }) };
  // Node ignores a `main` without a file if there is an index file.
  if (found) return { outcome: 'file', ...entry, target: 'index.js', file: found.file };
  if (!place) return bundledEntry(disk, pkg, manifest) ?? { outcome: 'no-entry', subpath: '.' };
  return existing(disk, pkg, { ...entry, target, file: joinPath(pkg.publishedRoot, target), place });
}

/** A field that bundlers read and Node does not. It is unknown here whether a bundler is used. */
function bundledEntry(
  disk: Disk,
  { publishedRoot }: WorkspacePackage,
  { json }: Manifest,
): EntryResolution | undefined {
  const named = [json.module, json.browser].find((target) => typeof target === 'string');
  const bundled = named ? requiredFile(disk, joinPath(publishedRoot, named)) : undefined;
  if (!bundled) return undefined;
  const entry = {
    subpath: '.',
    conditions: [],
    target: 'index.js',
    file: joinPath(publishedRoot, 'index.js'),
  };
  return { outcome: 'file-missing', ...entry, near: [bundled], bundled };
}

/**
 * Without `exports` every file can be imported: by `import` as written, by `require` also without
 * extension or as a folder.
 */
function deepEntry(disk: Disk, pkg: WorkspacePackage, subpath: string, mode: Mode): EntryResolution {
  // For `import` a subpath is a part of a URL.
  const file = joinPath(pkg.publishedRoot, (mode === 'import' && decodedPath(subpath)) || subpath);
  const entry = { subpath, conditions: [], target: subpath };
  const found = mode === 'require' ? requiredFile(disk, file) : undefined;
  if (found !== undefined) return { outcome: 'file', ...entry, file: found };
  const failed = existing(disk, pkg, { ...entry, file });
  if (failed.outcome !== 'file-missing' && failed.outcome !== 'directory') return failed;
  const bundled = requiredFile(disk, file);
  return bundled === undefined ? failed : { ...failed, near: [bundled], bundled };
}
