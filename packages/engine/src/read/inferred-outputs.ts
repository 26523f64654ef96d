import type { FilePath } from '../model/place.js';
import type { Manifest } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { joinPath } from './file-path.js';

/**
 * The output folders of a package if the caller named none: the top folders of the entry points in
 * its manifest. They count if they have no TypeScript sources and the rest of the package does. A
 * JavaScript package may be its own output, and then has none.
 *
 * @param root the package's folder
 */
export function inferredOutputs(
  disk: Disk,
  root: FilePath,
  manifest: Manifest | undefined,
): readonly FilePath[] {
  if (!manifest) return [];
  const { main, module, types, typings, exports } = manifest.json;
  const targets = [main, module, types, typings, exports].flatMap(pathsIn);
  const tops = [...new Set(targets.flatMap((target) => topFolder(root, target) ?? []))].sort();
  const folders = tops.filter((folder) => disk.kindOf(folder) === 'directory');
  if (!disk.someNameIn(root, isSource))
    return isBuiltFromScripts(disk, root, manifest) ? folders.filter(isForBuilds) : [];
  return folders.filter((folder) => !disk.someNameIn(folder, isSource));
}

function isSource(name: string): boolean {
  return /(?<!\.d)\.([cm]?ts|tsx)$/.test(name);
}

/** A JavaScript package whose build reads `src`: entry points in other folders may be its output. */
function isBuiltFromScripts(disk: Disk, root: FilePath, { json }: Manifest): boolean {
  const builds = Object.keys(json.scripts ?? {}).some((name) =>
    /^(?:build|compile|prepack|prepare)\b/.test(name),
  );
  const sources = joinPath(root, 'src');
  return (
    builds &&
    disk.kindOf(sources) === 'directory' &&
    disk.listFiles(sources).some((file) => /\.(?:[cm]?js|jsx|vue|svelte)$/.test(file))
  );
}

/** The names that bundlers, Babel and frameworks give to folders that they write. */
function isForBuilds(folder: FilePath): boolean {
  return /(?:^|\/)(?:dist|build|built|out|output|lib|es|esm|cjs|umd)(?:[-_.][^/]*)?$/.test(folder);
}

function topFolder(root: FilePath, target: string): FilePath | undefined {
  const [first, ...rest] = joinPath(target).split('/');
  return rest.length > 0 && first !== '..' && first !== undefined ? joinPath(root, first) : undefined;
}

/** All strings in a manifest's value, whatever its shape. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(pathsIn);
}
