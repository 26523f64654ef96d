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
  const outputs = tops.filter(
    (folder) => disk.kindOf(folder) === 'directory' && !disk.someNameIn(folder, isSource),
  );
  return outputs.length > 0 && disk.someNameIn(root, isSource) ? outputs : [];
}

function isSource(name: string): boolean {
  return /(?<!\.d)\.([cm]?ts|tsx)$/.test(name);
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
