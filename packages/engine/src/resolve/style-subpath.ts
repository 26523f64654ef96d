import { isRecord } from '../model/is-record.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { resolveExports } from './exports-map.js';

/** What bundlers set when a style sheet imports another one, beside what they set for scripts. */
const CONDITIONS: ReadonlySet<string> = new Set(
  'style sass less stylus css asset browser module import require node default development production'.split(
    ' ',
  ),
);
const ENDINGS = ['', '.css', '.scss', '.sass', '.less', '.styl'] as const;

/**
 * The paths that Sass and bundlers try for a path in a style sheet: with an extension, as a
 * partial, as the index of a folder.
 */
export function styleCandidates(path: string): readonly string[] {
  const partial = path.replace(/([^/]+)$/, '_$1');
  const indexes = [`${path}/index`, `${path}/_index`];
  return [path, partial, ...indexes].flatMap((stem) => ENDINGS.map((ending) => stem + ending));
}

/**
 * Whether a style sheet or an asset is found at a subpath of a package, by any of the ways in which
 * bundlers and Sass look.
 */
export function findsStyle(disk: Disk, pkg: WorkspacePackage, subpath: string): boolean {
  const { published: manifest, publishedRoot: root } = pkg;
  if (!manifest) return true;
  const { exports } = manifest.json;
  const isFile = (path: FilePath): boolean => disk.isFile(joinPath(root, path));
  const json = manifest.json as unknown as Readonly<Record<string, unknown>>;
  const named = ['sass', 'style', 'less', 'main'].map((field) => json[field]);
  if (subpath === '.' && named.some((target) => typeof target === 'string' && isFile(target))) return true;
  if (exports === undefined || exports === null || (!isRecord(exports) && subpath !== '.'))
    return subpath === '.' || styleCandidates(subpath).some(isFile);
  return (subpath === '.' ? ['.'] : styleCandidates(subpath)).some((candidate) => {
    const found = resolveExports(exports, candidate, CONDITIONS);
    return found.outcome === 'target' && isFile(found.path);
  });
}
