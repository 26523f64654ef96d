import { remembered } from '../collections/remembered.js';
import type { MissingAlias } from '../model/manifest-faults.js';
import type { FilePath } from '../model/place.js';
import type { PathAlias, Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { isWithin } from '../read/file-path.js';
import { PackageOwners } from './package-owners.js';
import { aliasTarget } from './resolve-alias.js';

const ownersOf = new WeakMap<Workspace, PackageOwners>();

/** The workspace's path aliases for sources of a package that do not exist. What a build writes may not be there yet. */
export function missingAliasesOf(
  disk: Disk,
  workspace: Workspace,
  pkg: WorkspacePackage,
): readonly MissingAlias[] {
  const owners = remembered(ownersOf, workspace, () => new PackageOwners(workspace.packages));
  return workspace.pathAliases.flatMap((alias) => {
    const [file] = alias.targets;
    if (file === undefined || alias.pattern.includes('*') || file.includes('*')) return [];
    if (file.includes('node_modules/') || owners.of(file)?.project !== pkg.project) return [];
    const isOutput = pkg.outputs.some((output) => isWithin(output, file) && !isWithin(output, pkg.root));
    if (isOutput || hasTarget(disk, alias)) return [];
    return [{ pattern: alias.pattern, file, place: alias.place }];
  });
}

/** Whether TypeScript finds anything at one of an alias' targets: a file, or a folder with an index file or a package.json. */
function hasTarget(disk: Disk, alias: PathAlias): boolean {
  const { targets } = alias;
  return (
    aliasTarget(disk, { alias, targets, exact: false }) !== undefined ||
    targets.some((target: FilePath) => disk.kindOf(target) === 'directory')
  );
}
