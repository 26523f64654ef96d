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
 * `publishConfig` applied; the source manifest itself.
 *
 * @param outputs folders where the build may have put a package.json
 * @throws VerifyError when a manifest that applies is broken
 */
export function publishedManifestOf(
  disk: Disk,
  project: { readonly root: FilePath; readonly source?: Manifest | undefined },
  outputs: readonly FilePath[],
): Published {
  const { root, source } = project;
  for (const folder of outputs) {
    const manifest = folder === root ? undefined : builtManifest(disk, folder, source);
    if (manifest) return { manifest, root: folder };
  }
  if (!source) return { root };
  const directory = publishDirectory(source);
  if (directory === undefined) return { manifest: overlaid(source), root };
  const folder = joinPath(root, directory);
  const manifest = folder === root ? undefined : readManifest(disk, joinPath(folder, 'package.json'));
  return { manifest: manifest ?? overlaid(source), root: folder };
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
