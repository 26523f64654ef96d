import type { FilePath } from '../model/place.js';
import type { Manifest, PackageJson } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { joinPath } from './file-path.js';
import { checkExports, readManifest } from './read-manifest.js';

/** What consumers get of a package. */
export interface Published {
  readonly manifest?: Manifest;
  /** The folder that the manifest's targets are relative to. */
  readonly root: FilePath;
}

/** Fields of a manifest that pnpm and yarn take from `publishConfig` when they pack. */
const OVERRIDING = [
  'type',
  'main',
  'module',
  'browser',
  'types',
  'typings',
  'typesVersions',
  'exports',
  'imports',
  'bin',
] as const;

/**
 * The manifest that consumers get, in this order: the package.json that the build put into an
 * output folder; the one in the folder that `publishConfig.directory` (pnpm) or
 * `publishConfig.contents` (lerna) names; the source manifest with the overriding fields of
 * `publishConfig` applied, if the package manager does so; the source manifest itself.
 *
 * @param outputs folders where the build may have put a package.json
 * @param overrides whether the package manager applies the fields of `publishConfig`
 * @throws VerifyError when a manifest that applies is broken
 */
export function publishedManifestOf(
  disk: Disk,
  project: { readonly root: FilePath; readonly source?: Manifest | undefined },
  outputs: readonly FilePath[],
  overrides = true,
): Published {
  const { root, source } = project;
  for (const folder of outputs) {
    const manifest = folder === root ? undefined : builtManifest(disk, folder, source);
    if (manifest) return { manifest, root: folder };
  }
  if (!source) return { root };
  const own = overrides ? overlaid(source) : source;
  const directory = publishDirectory(source);
  const folder = joinPath(root, directory ?? '.');
  if (folder === root || isPacked(disk, root, folder, own)) return { manifest: own, root };
  return { manifest: readManifest(disk, joinPath(folder, 'package.json')) ?? own, root: folder };
}

/**
 * A published package keeps the field that named the folder which was packed. Its files are in the
 * root then, and there is no such folder.
 */
function isPacked(disk: Disk, root: FilePath, folder: FilePath, { json }: Manifest): boolean {
  if (disk.kindOf(folder) !== undefined) return false;
  const targets = [json.main, json.module, json.types, json.typings, json.exports, json.bin].flatMap(textsIn);
  return targets.some((target) => BUILT.test(target) && disk.isFile(joinPath(root, target)));
}

const BUILT = /^(?!(?:\.\/)?src\/).*(?:\.[cm]?js|\.d\.[cm]?ts)$/;

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * The field of `publishConfig` that takes the place of an entry field, if the package manager
 * applies it.
 */
export function overrideOf({ json }: Manifest): (typeof OVERRIDING)[number] | undefined {
  const fields = ['exports', 'main', 'bin', 'types', 'typings', 'browser', 'module'] as const;
  return fields.find((field) => json.publishConfig?.[field] !== undefined);
}

/**
 * A package.json in an output that represents the package. One with only a `type` just sets the
 * format of files.
 */
function builtManifest(disk: Disk, folder: FilePath, source: Manifest | undefined): Manifest | undefined {
  const file = joinPath(folder, 'package.json');
  if (!disk.isFile(file)) return undefined;
  const manifest = readManifest(disk, file);
  if (!manifest || Object.keys(manifest.json).every((field) => field === 'type')) return undefined;
  const wanted = source?.json.name;
  return wanted === undefined || manifest.json.name === wanted ? manifest : undefined;
}

function publishDirectory({ json }: Manifest): string | undefined {
  const stated = json.publishConfig?.['directory'] ?? json.publishConfig?.['contents'];
  return typeof stated === 'string' && stated !== '' ? stated : undefined;
}

function overlaid(source: Manifest): Manifest {
  const config = source.json.publishConfig;
  const overrides = OVERRIDING.filter((field) => config?.[field] !== undefined);
  if (!config || overrides.length === 0) return source;
  const json: PackageJson = {
    ...source.json,
    ...Object.fromEntries(overrides.map((field) => [field, config[field]])),
  };
  const manifest: Manifest = { ...source, json };
  checkExports(manifest);
  return manifest;
}
