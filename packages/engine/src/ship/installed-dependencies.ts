import { isVerifyError } from '../model/problem.js';
import type { FilePath } from '../model/place.js';
import type { Manifest, PackageJson } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import { readManifest } from '../read/read-manifest.js';

/**
 * The folders of the packages that are installed for some manifests: what these list, without or
 * with development dependencies, and everything that these packages depend on.
 *
 * @returns undefined if a needed package is not installed, because more may depend on it
 */
export function packagesFor(
  disk: Disk,
  manifests: readonly Manifest[],
  withDevelopment: boolean,
): ReadonlySet<FilePath> | undefined {
  const found = new Set<FilePath>();
  const pending = manifests.map(({ file, json }) => ({
    folder: folderOf(file) ?? '.',
    needed: neededBy(json, withDevelopment),
  }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const [name, isNeeded] of next.needed) {
      const installed = nearestInstalled(disk, next.folder, name);
      if (installed === undefined) {
        if (isNeeded) return undefined;
        continue;
      }
      const real = disk.realPath(installed) ?? installed;
      const isKnown = found.has(real);
      found.add(installed).add(real);
      // The manifests of the workspace's own packages are in the image, or they are not installed.
      if (isKnown || !real.split('/').includes('node_modules')) continue;
      const json = jsonOf(disk, joinPath(real, 'package.json'));
      if (!json) return undefined;
      pending.push({ folder: real, needed: neededBy(json, false) });
    }
  }
  return found;
}

/** The names of the packages that a package needs, and whether it works only with them. */
function neededBy(json: PackageJson, withDevelopment: boolean): ReadonlyMap<string, boolean> {
  const { dependencies = {}, devDependencies = {} } = json;
  const { optionalDependencies = {}, peerDependencies = {} } = json;
  const development = withDevelopment ? Object.keys(devDependencies) : [];
  return new Map([
    ...development.map((name) => [name, true] as const),
    ...Object.keys(peerDependencies).map((name) => [name, false] as const),
    ...Object.keys(dependencies).map((name) => [name, true] as const),
    ...Object.keys(optionalDependencies).map((name) => [name, false] as const),
  ]);
}

function jsonOf(disk: Disk, file: FilePath): PackageJson | undefined {
  try {
    return readManifest(disk, file)?.json;
  } catch (error) {
    if (isVerifyError(error)) return undefined;
    throw error;
  }
}
