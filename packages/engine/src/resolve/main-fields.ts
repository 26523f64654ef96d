import satisfies from 'semver/functions/satisfies.js';
import type { Mode } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { PackageJson } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { declarationsAdding, declarationsOfTarget, findDeclarations } from './declaration-files.js';
import { RECENT_TYPESCRIPT } from './exports-map.js';
import { starMatch } from './map-key.js';

/**
 * A file that a manifest without `exports` resolves to, and the field that named it; no field for
 * an index file.
 */
export interface MainFile {
  readonly file: FilePath;
  readonly field?: 'main' | 'types' | 'typings' | 'typesVersions';
}

const ADDED = ['.js', '.json', '.node'] as const;

/**
 * Node's legacy lookup of `main`, the same for import and require: as written, with an extension,
 * as a folder; then the index file.
 */
export function mainFileOf(disk: Disk, folder: FilePath, json: PackageJson): MainFile | undefined {
  const main = typeof json.main === 'string' && json.main !== '' ? json.main : undefined;
  if (main !== undefined) {
    const file = withExtension(disk, joinPath(folder, main));
    if (file !== undefined) return { file, field: 'main' };
  }
  const index = indexOf(disk, folder);
  return index === undefined ? undefined : { file: index };
}

/**
 * Node's search for a path in `require` or `main`: the file, with an extension, an index in the
 * folder.
 */
export function withExtension(
  disk: Disk,
  path: FilePath,
  added: readonly string[] = ADDED,
): FilePath | undefined {
  return (
    [path, ...added.map((ending) => path + ending)].find((file) => disk.isFile(file)) ??
    indexOf(disk, path, added)
  );
}

function indexOf(disk: Disk, folder: FilePath, added: readonly string[] = ADDED): FilePath | undefined {
  return added.map((ending) => joinPath(folder, `index${ending}`)).find((file) => disk.isFile(file));
}

/** The field from which TypeScript takes the declarations of a manifest without `exports`. */
export function typesFieldOf(json: PackageJson): 'typings' | 'types' | 'main' | undefined {
  return (['typings', 'types', 'main'] as const).find(
    (name) => typeof json[name] === 'string' && json[name] !== '',
  );
}

/**
 * How TypeScript resolves a manifest without `exports` (`loadNodeModuleFromDirectoryWorker`): the
 * file in `typings`, `types` or `main`, through `typesVersions`; then the index file.
 */
export function mainTypesOf(
  disk: Disk,
  folder: FilePath,
  json: PackageJson,
  mode: Mode,
): MainFile | undefined {
  const field = typesFieldOf(json);
  // A path from a field may lack its extension, unless an ES module imports a package of ES
  // modules.
  const adding = mode === 'require' || json.type !== 'module';
  const path = field && joinPath(folder, json[field] as string);
  const inside = !path || isWithin(folder, path);
  const targets = inside
    ? versionTargets(json, path === undefined ? 'index' : pathWithin(folder, path))
    : undefined;
  if (targets) {
    const file = firstDeclared(disk, folder, targets, adding);
    if (file !== undefined) return { file, field: 'typesVersions' };
    // The mapping is final, but an ES module's `import` still looks for an index file.
    return mode === 'import' ? indexTypes(disk, folder) : undefined;
  }
  if (field && path) {
    const file = declaredAt(disk, path, adding);
    if (file !== undefined) return { file, field };
  }
  return indexTypes(disk, folder);
}

function indexTypes(disk: Disk, folder: FilePath): MainFile | undefined {
  const file = declarationsAdding(joinPath(folder, 'index')).find((candidate) => disk.isFile(candidate));
  return file === undefined ? undefined : { file };
}

/**
 * How TypeScript resolves a subpath of a package without `exports`: through `typesVersions`, else
 * at the path itself.
 */
export function deepTypesOf(
  disk: Disk,
  folder: FilePath,
  subpath: string,
  json: PackageJson,
  mode: Mode,
): FilePath | undefined {
  const adding = mode === 'require';
  const asked = subpath.replace(/^\.\//, '');
  const targets = versionTargets(json, asked);
  if (targets) return firstDeclared(disk, folder, targets, adding);
  return findDeclarations(disk, joinPath(folder, asked), adding);
}

type VersionPaths = Readonly<Record<string, unknown>>;

/** The paths of the first range in `typesVersions` that a recent TypeScript satisfies. */
function typesVersionsOf({ typesVersions }: PackageJson): VersionPaths | undefined {
  if (typeof typesVersions !== 'object' || typesVersions === null) return undefined;
  const found = Object.entries(typesVersions).find(([range]) =>
    satisfies(RECENT_TYPESCRIPT, range),
  )?.[1] as unknown;
  return typeof found === 'object' && found !== null ? (found as VersionPaths) : undefined;
}

/**
 * The targets that `typesVersions` has for a path of the package: those of the exact key, else of
 * the pattern with the longest part before `*`, which is replaced. Undefined if it has none for the
 * path. Its targets are final.
 */
export function versionTargets(json: PackageJson, asked: string): readonly string[] | undefined {
  const paths = typesVersionsOf(json);
  if (!paths) return undefined;
  const patterns = Object.keys(paths).filter((key) => starMatch(key, asked) !== undefined);
  const best = Object.hasOwn(paths, asked)
    ? asked
    : patterns.sort((a, b) => b.indexOf('*') - a.indexOf('*'))[0];
  if (best === undefined) return undefined;
  const targets = paths[best];
  const match = starMatch(best, asked);
  if (!Array.isArray(targets)) return [];
  return targets
    .filter((target): target is string => typeof target === 'string')
    .map((target) => (match === undefined ? target : target.replace('*', () => match)));
}

function firstDeclared(
  disk: Disk,
  folder: FilePath,
  targets: readonly string[],
  adding: boolean,
): FilePath | undefined {
  for (const target of targets) {
    const found = declaredAt(disk, joinPath(folder, target), adding);
    if (found !== undefined) return found;
  }
  return undefined;
}

function declaredAt(disk: Disk, path: FilePath, adding: boolean): FilePath | undefined {
  return declarationsOfTarget(path).find((file) => disk.isFile(file)) ?? findDeclarations(disk, path, adding);
}
