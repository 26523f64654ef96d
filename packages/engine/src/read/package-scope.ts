import type { FilePath } from '../model/place.js';
import type { Manifest } from '../model/workspace.js';
import { VerifyError } from '../model/problem.js';
import type { Disk } from './disk.js';
import { fieldInText } from './field-in-text.js';
import { baseNameOf, folderOf, joinPath } from './file-path.js';
import { readManifest } from './read-manifest.js';

/** The package.json that governs a file. */
export interface PackageScope {
  readonly folder: FilePath;
  /** The package.json. */
  readonly file: FilePath;
  /** Node ignores other values of `type`. */
  readonly type?: 'module' | 'commonjs';
  /** Absent if the package.json is broken; then only its `type` is read. */
  readonly manifest?: Manifest;
}

const scopesByDisk = new WeakMap<Disk, Map<FilePath, PackageScope | undefined>>();

/**
 * Node's LOOKUP_PACKAGE_SCOPE: the nearest package.json at or above the file's folder, up to the
 * folder inside node_modules. The search ends at the workspace root, so that a manifest above it
 * does not change results.
 */
export function packageScopeOf(disk: Disk, file: FilePath): PackageScope | undefined {
  let scopes = scopesByDisk.get(disk);
  if (!scopes) scopesByDisk.set(disk, (scopes = new Map()));
  const passed: FilePath[] = [];
  let scope: PackageScope | undefined;
  for (let folder = folderOf(file); folder !== undefined; folder = folderOf(folder)) {
    if (scopes.has(folder)) {
      scope = scopes.get(folder);
      break;
    }
    passed.push(folder);
    if (baseNameOf(folder) === 'node_modules') break;
    scope = scopeAt(disk, folder);
    if (scope) break;
  }
  for (const folder of passed) scopes.set(folder, scope);
  return scope;
}

function scopeAt(disk: Disk, folder: FilePath): PackageScope | undefined {
  const file = joinPath(folder, 'package.json');
  if (!disk.isFile(file)) return undefined;
  try {
    const manifest = readManifest(disk, file);
    const type = manifest?.json.type;
    const known = type === 'module' || type === 'commonjs';
    return { folder, file, ...(known && { type }), ...(manifest && { manifest }) };
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    const type = fieldInText(disk.readText(file) ?? '', 'type');
    return { folder, file, ...((type === 'module' || type === 'commonjs') && { type }) };
  }
}

/**
 * Node's ESM_FILE_FORMAT for a JavaScript or TypeScript file. Without a `type` Node (from 20.19 and
 * 22.7 on) detects the format from the syntax; TypeScript does not do so for declarations, which
 * are then CommonJS.
 *
 * @param hasModuleSyntax whether the text has `import`, `export` or `import.meta`
 */
export function formatOf(disk: Disk, file: FilePath, hasModuleSyntax: boolean): 'esm' | 'commonjs' {
  if (/\.m[jt]s$/.test(file)) return 'esm';
  if (/\.c[jt]s$/.test(file)) return 'commonjs';
  const type = packageScopeOf(disk, file)?.type;
  if (type) return type === 'module' ? 'esm' : 'commonjs';
  return hasModuleSyntax && !file.endsWith('.d.ts') ? 'esm' : 'commonjs';
}
