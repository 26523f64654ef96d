import { isRecord } from '../model/is-record.js';
import { posix } from 'node:path';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';

const SOURCE_EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/**
 * The source that a built file was made from: by its source map if that names a single file,
 * otherwise by the usual folders (`dist/x.js` ← `src/x.ts`), without format folders such as
 * `dist/esm/`.
 *
 * @returns undefined if there is no such file
 */
export function sourceEntryOf(disk: Disk, pkg: WorkspacePackage, built: FilePath): FilePath | undefined {
  return fromSourceMap(disk, built) ?? byFolders(disk, pkg, built);
}

function fromSourceMap(disk: Disk, built: FilePath): FilePath | undefined {
  const text = disk.kindOf(`${built}.map`) === 'file' ? disk.readText(`${built}.map`) : undefined;
  if (text === undefined) return undefined;
  try {
    const map: unknown = JSON.parse(text);
    if (!isRecord(map) || !Array.isArray(map['sources']) || map['sources'].length !== 1) return undefined;
    const root = typeof map['sourceRoot'] === 'string' ? map['sourceRoot'] : '';
    const source = posix.join(posix.dirname(built), root, String(map['sources'][0]));
    return disk.kindOf(source) === 'file' ? source : undefined;
  } catch {
    // A broken map only costs the hint; the folders may still show the source.
    return undefined;
  }
}

function byFolders(disk: Disk, pkg: WorkspacePackage, built: FilePath): FilePath | undefined {
  for (const path of pathsInside(pkg, built)) {
    const stem = path.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
    // Bundlers write the format behind the name: `index.esm.js`.
    const stems = [...new Set([stem, stem.replace(/\.(?:esm?|cjs|umd|iife|module|min|common)$/, '')])];
    for (const name of stems) {
      for (const folder of ['src', '', 'lib', 'source']) {
        const path = posix.join(pkg.root, folder, name);
        if (disk.kindOf(posix.dirname(path)) !== 'directory') continue;
        for (const extension of SOURCE_EXTENSIONS) {
          const candidate = `${path}${extension}`;
          if (isSourceOf(candidate, built) && disk.kindOf(candidate) === 'file') return candidate;
        }
      }
    }
  }
  return undefined;
}

/**
 * Beside a built file only TypeScript is a source. JavaScript there is the other half of a dual
 * package, or there is no build.
 */
function isSourceOf(candidate: FilePath, built: FilePath): boolean {
  if (candidate === built) return false;
  return posix.dirname(candidate) !== posix.dirname(built) || /\.([cm]?ts|tsx)$/.test(candidate);
}

/**
 * The built file's path inside its output folder, then the same with leading folders removed one by
 * one.
 */
function pathsInside(pkg: WorkspacePackage, built: FilePath): readonly string[] {
  const roots = [...pkg.outputs, pkg.publishedRoot, pkg.root];
  const root = roots.find((folder) => folder === '.' || built.startsWith(`${folder}/`));
  const inside = root === undefined || root === '.' ? built : built.slice(root.length + 1);
  const segments = inside.split('/');
  return segments.map((_, index) => segments.slice(index).join('/'));
}
