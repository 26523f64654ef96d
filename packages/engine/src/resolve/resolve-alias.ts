import type { EntryResolution } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath } from '../read/file-path.js';
import { builtCounterpart } from './built-counterpart.js';
import { declarationsAdding, declarationsInsteadOf } from './declaration-files.js';
import { existing } from './entry-outcome.js';
import type { PackageOwners } from './package-owners.js';
import { aliasSubpath, matchAlias } from './path-alias.js';
import type { AliasMatch } from './path-alias.js';
import type { RequestMode, Resolution } from './resolution.js';

/** What resolving through path aliases needs besides the specifier. */
export interface AliasContext {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly owners: PackageOwners;
}

/**
 * Resolves a specifier by the workspace's tsconfig `paths`.
 *
 * - An alias into the importing project itself resolves to that file. In the project's built output
 *   it does not resolve (undefined): neither Node nor a consumer's TypeScript knows it, so a
 *   compiler that kept it broke the output.
 * - An alias into another project means that project's package. The entry point is the part of the
 *   specifier after the package's name. If the package's manifest has no entry points, the result
 *   is the built counterpart of the alias' target, or the target itself without a build.
 * - A wildcard without an existing target is no match, because `*` in `paths` often is a catch-all.
 *
 * @param entryOf an entry point by the package's manifest
 */
export function resolveAlias(
  { disk, workspace, owners }: AliasContext,
  specifier: string,
  from: FilePath,
  ask: RequestMode,
  entryOf: (pkg: WorkspacePackage, subpath: string) => EntryResolution,
): Resolution | undefined {
  const match = matchAlias(workspace.pathAliases, specifier);
  const target = match && aliasTarget(disk, match);
  if (!match || target === undefined) return undefined;
  const pkg = owners.of(target);
  const own = owners.of(from);
  if (!pkg || pkg === own) {
    const built = own?.outputs.some((output) => isWithin(output, from) && !isWithin(output, own.root));
    return built || !disk.isFile(target) ? undefined : { kind: 'file', file: target };
  }
  const subpath = aliasSubpath(specifier);
  const listed = pkg.published ? entryOf(pkg, subpath) : undefined;
  if (listed && (listed.outcome !== 'no-entry' || listed.place))
    return { kind: 'package', pkg, subpath, entry: listed };
  const { file } = builtCounterpart(disk, pkg, target, ask.phase);
  const entry = existing(disk, pkg, { subpath, conditions: [], target, file, place: match.alias.place });
  return { kind: 'package', pkg, subpath, entry };
}

/**
 * The first existing target, with an extension or index file added if needed. An exact alias always
 * uses its first target.
 */
export function aliasTarget(disk: Disk, { targets, exact }: AliasMatch): FilePath | undefined {
  for (const target of targets) {
    const adding = (path: FilePath): readonly FilePath[] => [
      ...declarationsAdding(path),
      `${path}.js`,
      `${path}.mjs`,
      `${path}.jsx`,
    ];
    const candidates = [
      target,
      ...declarationsInsteadOf(target),
      ...adding(target),
      ...adding(joinPath(target, 'index')),
    ];
    const found = candidates.find(
      (candidate) => !candidate.includes('node_modules/') && disk.isFile(candidate),
    );
    if (found !== undefined) return found;
  }
  return exact ? targets[0] : undefined;
}
