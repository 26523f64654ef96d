import type { MissingSource } from '../model/manifest-faults.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { listTargets } from './map-leaves.js';
import { checkTarget } from './map-target.js';

/**
 * Targets of `exports` outside of the build output that do not exist, each once. What is published may leave out the sources: a folder
 * that does not exist either, or all files beside the manifest that are only for the same conditions.
 */
export function missingSourcesOf(disk: Disk, pkg: WorkspacePackage): readonly MissingSource[] {
  const manifest = pkg.published;
  if (!manifest) return [];
  const found = new Map<FilePath, MissingSource>();
  const roots = [...new Set([pkg.publishedRoot, pkg.root])];
  const present = new Set<string>();
  for (const { pattern, target, conditions, jsonPath } of listTargets('exports', manifest.json.exports)) {
    if (target === null || target.includes('*') || checkTarget(target, 'exports') !== undefined) continue;
    const files = roots.map((root) => joinPath(root, target));
    if (files.some((file) => disk.kindOf(file) !== undefined)) {
      present.add(conditions.join(' '));
      continue;
    }
    const file = files.find((candidate) => disk.filesIn(folderOf(candidate) ?? '.').length > 0);
    if (file === undefined || found.has(file)) continue;
    const similar = sameStem(disk, file);
    found.set(file, {
      subpath: pattern,
      conditions,
      target,
      file,
      ...(similar !== undefined && { similar }),
      place: locateInManifest(manifest, jsonPath, 'value'),
    });
  }
  return [...found.values()].filter(
    ({ file, conditions, similar }) =>
      similar !== undefined || !roots.includes(folderOf(file) ?? '.') || present.has(conditions.join(' ')),
  );
}

function sameStem(disk: Disk, file: FilePath): FilePath | undefined {
  const folder = folderOf(file) ?? '.';
  const stem = stemOf(file.slice(folder === '.' ? 0 : folder.length + 1));
  const name = disk.filesIn(folder).find((candidate) => stemOf(candidate) === stem);
  return name === undefined ? undefined : joinPath(folder, name);
}

function stemOf(name: string): string {
  return name.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
}
