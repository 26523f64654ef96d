import { areStandard } from '../model/standard-conditions.js';
import type { FilePath } from '../model/place.js';
import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';
import { customConditionsOf } from '../read/compiler-settings.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath } from '../read/file-path.js';
import { isTypeScriptSource } from './declaration-files.js';

/**
 * Conditions under which every kind of importer looks, so their targets are never only for
 * development.
 */
const GENERAL =
  /^(?:types(?:@.*)?|typings|import|require|node|default|module|module-sync|node-addons|browser|production)$/;

/**
 * Whether a target is for the workspace alone: a source under a condition that a consumer's tools
 * do not set, such as `@acme/source`. A package that is not published has no other consumers, so
 * that its sources under `development` or `bun` are for the workspace as well.
 */
export function isForWorkspaceOnly(
  disk: Disk,
  pkg: WorkspacePackage,
  conditions: readonly string[],
  file: FilePath,
): boolean {
  const special = conditions.filter((condition) => !GENERAL.test(condition));
  if (special.length === 0) return false;
  const own = special.filter((condition) => !areStandard([condition]));
  if (own.some((condition) => customConditionsOf(disk, pkg.root).has(condition))) return true;
  return isSource(pkg, file) && (own.length > 0 || !pkg.publication.published);
}

function isSource({ root, outputs }: WorkspacePackage, file: FilePath): boolean {
  if (outputs.some((output) => isWithin(output, file))) return false;
  return isTypeScriptSource(file) || ['src', 'source'].some((name) => isWithin(joinPath(root, name), file));
}

/** The entry points without the targets that only the workspace uses. */
export function forConsumers(entryPoints: readonly EntryPoint[]): readonly EntryPoint[] {
  if (!entryPoints.some(({ variants }) => variants.some(({ workspaceOnly }) => workspaceOnly)))
    return entryPoints;
  return entryPoints.flatMap((entryPoint) => {
    const variants = entryPoint.variants.filter(({ workspaceOnly }) => !workspaceOnly);
    return variants.length > 0 ? [{ ...entryPoint, variants }] : [];
  });
}
