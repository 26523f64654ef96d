import type { Place } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { servingLeaves } from './map-leaves.js';
import { pathOfTarget } from './map-target.js';

/**
 * The place in the `exports` of a package's source manifest that lists a subpath, with an existing
 * file. Undefined if the source manifest is also the published one.
 */
export function listedInSource(disk: Disk, pkg: WorkspacePackage, subpath: string): Place | undefined {
  const { source, published } = pkg;
  const exports = source?.json.exports;
  if (!source || exports === undefined || exports === null || exports === published?.json.exports)
    return undefined;
  const [leaf] = servingLeaves('exports', exports, subpath, () => true).filter(
    ({ target, match }) => target !== null && disk.isFile(joinPath(pkg.root, pathOfTarget(target, match))),
  );
  return leaf && locateInManifest(source, leaf.jsonPath, 'value');
}
