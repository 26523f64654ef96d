import { groupBy } from '../collections/group-by.js';
import type { FilePath, Place } from '../model/place.js';
import type { EntryPoint, Manifest, PathAlias, Variant, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { builtCounterpart } from './built-counterpart.js';
import { declarationsOfTarget, isDeclarationFile, isTypeScriptSource } from './declaration-files.js';
import { exposesAlias } from './resolve-remote.js';
import { matchingPattern } from './exports-map.js';
import { mainFileOf, mainTypesOf, withExtension } from './main-fields.js';
import { starMatch } from './map-key.js';
import { listTargets } from './map-leaves.js';
import type { MapLeaf } from './map-leaves.js';
import { checkTarget, pathOfTarget, substituted } from './map-target.js';
import { aliasSubpath } from './path-alias.js';
import { isForWorkspaceOnly } from './workspace-conditions.js';
import { aliasTarget } from './resolve-alias.js';

/**
 * The entry points of a package, sorted by subpath. They come from the published manifest's
 * `exports`, or else from its `main` and similar fields. For a package without a manifest they come
 * from path aliases.
 *
 * A wildcard becomes one entry point for each file that it matches, unless another key applies to
 * that subpath or blocks it. A wildcard without files stays as written, with variants that do not
 * exist. In an array, the first existing target counts. Comment keys (`"//"`) are no conditions.
 *
 * @param aliases the workspace's path aliases
 */
export function entryPointsOf(
  disk: Disk,
  pkg: WorkspacePackage,
  aliases: readonly PathAlias[] = [],
): readonly EntryPoint[] {
  const { published: manifest } = pkg;
  if (!manifest) return aliasEntryPoints(disk, pkg, aliases);
  const { exports } = manifest.json;
  if (exports === undefined || exports === null) {
    const variants = withImpliedTypes(disk, mainVariants(disk, pkg, manifest));
    return variants.length > 0
      ? [{ subpath: '.', from: 'main', variants }]
      : aliasEntryPoints(disk, pkg, aliases);
  }
  return exportsEntryPoints(disk, pkg, manifest);
}

function exportsEntryPoints(disk: Disk, pkg: WorkspacePackage, manifest: Manifest): readonly EntryPoint[] {
  const bySubpath = new Map<string, Variant[]>();
  const add = (subpath: string, variant: Variant): void => {
    bySubpath.set(subpath, [...(bySubpath.get(subpath) ?? []), variant]);
  };
  for (const leaves of byPattern(listTargets('exports', manifest.json.exports))) {
    const pattern = leaves[0]!.pattern;
    if (pattern.endsWith('/')) continue;
    for (const subpath of pattern.includes('*')
      ? expanded(disk, pkg, manifest, pattern, leaves)
      : [pattern]) {
      const match = subpath === pattern ? undefined : starMatch(pattern, subpath);
      const variants = leaves.flatMap((leaf) => mapVariant(disk, pkg, manifest, leaf, match) ?? []);
      // A wildcard's targets without one of the files promise nothing about that file.
      const kept = match === undefined ? variants : variants.filter(({ exists }) => exists);
      for (const variant of firstOfArrays(leaves, kept)) add(subpath, variant);
    }
  }
  return [...bySubpath]
    .map(([subpath, variants]) => ({
      subpath,
      from: 'exports' as const,
      variants: withImpliedTypes(disk, variants),
    }))
    .sort((a, b) => (a.subpath < b.subpath ? -1 : 1));
}

function byPattern(leaves: readonly MapLeaf[]): readonly (readonly MapLeaf[])[] {
  return [...groupBy(leaves, ({ pattern }) => pattern).values()];
}

/**
 * The subpaths that a wildcard key matches, by the files on disk; the key itself if there are none.
 */
function expanded(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  pattern: string,
  leaves: readonly MapLeaf[],
): readonly string[] {
  const subpaths = new Set<string>();
  const built = new Set<string>();
  const promised = leaves.filter(
    ({ target, conditions }) =>
      target?.includes('*') &&
      !isForWorkspaceOnly(disk, pkg, conditions, joinPath(pkg.publishedRoot, target)),
  );
  for (const leaf of leaves) {
    const { target } = leaf;
    if (!target?.includes('*')) continue;
    const parts = joinPath(pathOfTarget(target, undefined)).split('*');
    for (const file of disk.listFiles(pkg.publishedRoot)) {
      const match = matchIn(parts, pathWithin(pkg.publishedRoot, file));
      if (match === undefined) continue;
      subpaths.add(substituted(pattern, match));
      if (promised.includes(leaf)) built.add(substituted(pattern, match));
    }
  }
  const served = [...subpaths].filter(
    (subpath) => matchingPattern('exports', manifest.json.exports, subpath) === pattern,
  );
  // Where only sources match, the build did not run, or the pattern of its output is wrong.
  const isBuilt = built.size > 0 || promised.length === 0;
  if (!isBuilt && served.length > 0) return [...served, pattern];
  const allBlocked = leaves.every(({ target }) => target === null);
  return served.length > 0 || subpaths.size > 0 || allBlocked ? served : [pattern];
}

/** The text that each `*` of a target matches in a path; undefined if the target, split at its stars, does not match. */
function matchIn(parts: readonly string[], path: string): string | undefined {
  if (!path.startsWith(parts[0]!) || !path.endsWith(parts.at(-1)!)) return undefined;
  const length = (path.length - parts.join('').length) / (parts.length - 1);
  if (!Number.isInteger(length) || length < 1) return undefined;
  const match = path.slice(parts[0]!.length, parts[0]!.length + length);
  return parts.join(match) === path ? match : undefined;
}

function mapVariant(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  { target, conditions, jsonPath }: MapLeaf,
  match: string | undefined,
): Variant | undefined {
  if (target === null || checkTarget(target, 'exports') !== undefined) return undefined;
  const named = joinPath(pkg.publishedRoot, pathOfTarget(target, match));
  const phase = phaseOf(named, conditions);
  // TypeScript reads the declarations beside a script that a `types` condition names.
  const declared =
    phase === 'types' ? declarationsOfTarget(named).find((candidate) => disk.isFile(candidate)) : undefined;
  const file = declared ?? named;
  const place = locateInManifest(manifest, jsonPath, 'value');
  return {
    conditions,
    target,
    file,
    exists: disk.isFile(file),
    phase,
    ...(isForWorkspaceOnly(disk, pkg, conditions, file) && { workspaceOnly: true }),
    place,
  };
}

/**
 * Of the alternatives in one array under the same conditions, the first existing one, or else the
 * first.
 */
function firstOfArrays(leaves: readonly MapLeaf[], variants: readonly Variant[]): readonly Variant[] {
  const arrayOf = new Map(leaves.map((leaf) => [`${leaf.conditions.join()} ${leaf.target}`, leaf.array]));
  const keyOf = ({ conditions, target }: Variant): string | undefined => {
    const array = arrayOf.get(`${conditions.join()} ${target}`);
    return array && `${JSON.stringify(array)} ${conditions.join()}`;
  };
  const chosen = new Map<string, Variant>();
  for (const variant of variants) {
    const key = keyOf(variant);
    if (key === undefined) continue;
    const known = chosen.get(key);
    if (!known || (variant.exists && !known.exists)) chosen.set(key, variant);
  }
  return variants.filter((variant) => {
    const key = keyOf(variant);
    return key === undefined || chosen.get(key) === variant;
  });
}

function phaseOf(file: FilePath, conditions: readonly string[]): Variant['phase'] {
  if (isDeclarationFile(file) || conditions.some((condition) => /^(types(@.*)?|typings)$/.test(condition)))
    return 'types';
  return /\.([cm]?[jt]s|[jt]sx)$|(^|\/)[^./]+$/.test(file) ? 'runtime' : 'asset';
}

/**
 * `main`, `module`, `browser`, `types` and similar fields as variants of `.`; Node's index.js if
 * there is no `main`.
 */
function mainVariants(disk: Disk, pkg: WorkspacePackage, manifest: Manifest): readonly Variant[] {
  const { json } = manifest;
  const root = pkg.publishedRoot;
  const variants: Variant[] = [];
  const add = (field: string, target: string, file: FilePath, conditions: readonly string[]): void => {
    const place = locateInManifest(manifest, [field], 'value');
    variants.push({
      conditions,
      target,
      file,
      exists: disk.isFile(file),
      phase: phaseOf(file, conditions),
      place,
    });
  };
  const main = typeof json.main === 'string' && json.main !== '' ? json.main : undefined;
  const found = mainFileOf(disk, root, json);
  if (main !== undefined) add('main', main, found?.file ?? joinPath(root, main), []);
  else if (found) add('main', 'index.js', found.file, []);
  for (const field of ['module', 'browser'] as const) {
    const target = json[field];
    if (typeof target !== 'string' || target === '') continue;
    add(field, target, withExtension(disk, joinPath(root, target)) ?? joinPath(root, target), [field]);
  }
  const named = (['types', 'typings'] as const).find((field) => typeof json[field] === 'string');
  const types = mainTypesOf(disk, root, json, 'require');
  if (types?.field === 'typesVersions')
    add('typesVersions', pathWithin(root, types.file), types.file, ['types']);
  else if (named) {
    const target = String(json[named]);
    add(named, target, types?.field === named ? types.file : joinPath(root, target), ['types']);
  }
  return variants;
}

/**
 * Declarations beside a JavaScript target are variants too, unless the manifest names declarations.
 */
function withImpliedTypes(disk: Disk, variants: readonly Variant[]): readonly Variant[] {
  return variants.flatMap((variant) => {
    if (variant.phase !== 'runtime' || isTypeScriptSource(variant.file)) return [variant];
    const named = variants.some(
      ({ phase, conditions }) => phase === 'types' && sharesWay(conditions, variant.conditions),
    );
    const file = named
      ? undefined
      : declarationsOfTarget(variant.file).find((candidate) => disk.isFile(candidate));
    if (file === undefined || isTypeScriptSource(file)) return [variant];
    return [variant, { ...variant, file, phase: 'types' as const, implied: true as const }];
  });
}

/**
 * Whether one consumer can use both sets of conditions: they do not differ by import and require.
 */
function sharesWay(types: readonly string[], runtime: readonly string[]): boolean {
  return !['import', 'require'].some(
    (mode, _, modes) =>
      types.includes(mode) && !runtime.includes(mode) && modes.some((other) => runtime.includes(other)),
  );
}

/** For packages that only path aliases reach: the built files of the aliases' targets. */
function aliasEntryPoints(
  disk: Disk,
  pkg: WorkspacePackage,
  aliases: readonly PathAlias[],
): readonly EntryPoint[] {
  return aliases.flatMap((alias): readonly EntryPoint[] => {
    const targets = alias.targets.filter((candidate) => isWithin(pkg.root, candidate));
    const [first] = targets;
    if (first === undefined || alias.pattern.includes('*') || exposesAlias(disk, pkg, alias.pattern))
      return [];
    const isOutput = pkg.outputs.some((output) => isWithin(output, first) && !isWithin(output, pkg.root));
    // Nothing can be built from a source that does not exist.
    const target = aliasTarget(disk, { alias, targets, exact: false }) ?? (isOutput ? first : undefined);
    if (target === undefined) return [];
    const variants = (['runtime', 'types'] as const).map((phase) =>
      aliasVariant(disk, pkg, target, phase, alias.place),
    );
    const [runtime, types] = variants;
    const kept = types!.exists && types!.file !== runtime!.file ? variants : [runtime!];
    return [{ subpath: aliasSubpath(alias.pattern), from: 'paths', variants: kept }];
  });
}

function aliasVariant(
  disk: Disk,
  pkg: WorkspacePackage,
  target: FilePath,
  phase: 'runtime' | 'types',
  place: Place,
): Variant {
  const { file, exists } = builtCounterpart(disk, pkg, target, phase);
  return { conditions: phase === 'types' ? ['types'] : [], target, file, exists, phase, place };
}
