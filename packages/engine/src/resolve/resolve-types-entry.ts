import type { EntryResolution } from '../model/demand.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { declarationsOfTarget, isDeclarationFile, isTypeScriptSource } from './declaration-files.js';
import { conditionsOf, entryAt, entryFailure, existing } from './entry-outcome.js';
import type { EntryAsk } from './entry-outcome.js';
import { resolveExports, typesCandidates } from './exports-map.js';
import type { MapTarget } from './exports-map.js';
import { deepTypesOf, mainFileOf, mainTypesOf, typesFieldOf, versionTargets } from './main-fields.js';
import { nearFiles } from './near-files.js';
import { requiredFile, tolerantManifest } from './required-file.js';

const SCRIPT = /\.([cm]?js|jsx)$/;

/**
 * The declarations of an entry point, as TypeScript's `nodenext` finds them in node_modules: of the
 * targets whose conditions apply, the first that has declarations. An entry point with only
 * JavaScript is `no-entry`. For JSON or another asset it is that file itself.
 */
export function resolveTypesEntry(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  subpath: string,
  ask: EntryAsk,
): EntryResolution {
  const { exports } = manifest.json;
  if (exports !== undefined && exports !== null) return fromExports(disk, pkg, manifest, subpath, ask);
  return subpath === '.' ? fromMain(disk, pkg, manifest, ask) : fromPath(disk, pkg, manifest, subpath, ask);
}

function fromExports(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  subpath: string,
  ask: EntryAsk,
): EntryResolution {
  const { exports } = manifest.json;
  const conditions = conditionsOf(ask);
  const { candidates, blocked } = typesCandidates('exports', exports, subpath, conditions);
  for (const candidate of candidates) {
    const file = declarationsAt(disk, pkg, candidate);
    if (file === undefined) continue;
    const { target, conditions: way, jsonPath } = candidate;
    return {
      outcome: 'file',
      subpath,
      conditions: way,
      target,
      file,
      place: locateInManifest(manifest, jsonPath, 'value'),
    };
  }
  const untyped = candidates.find(({ path }) => disk.isFile(joinPath(pkg.publishedRoot, path)));
  if (untyped && !SCRIPT.test(untyped.path)) return entryAt(disk, pkg, manifest, subpath, untyped);
  // The failure is about the target that should have the types.
  const meant = candidates.find(({ path }) => isDeclarationFile(path) || isTypeScriptSource(path));
  if (meant) return entryAt(disk, pkg, manifest, subpath, meant);
  if (untyped)
    return { outcome: 'no-entry', subpath, place: locateInManifest(manifest, untyped.jsonPath, 'value') };
  const [first] = candidates;
  if (first) return entryAt(disk, pkg, manifest, subpath, first);
  if (blocked) return entryFailure(manifest, subpath, blocked, ask);
  const resolution = resolveExports(exports, subpath, conditions);
  if (resolution.outcome === 'target') return entryAt(disk, pkg, manifest, subpath, resolution);
  return entryFailure(manifest, subpath, resolution, ask);
}

function declarationsAt(disk: Disk, pkg: WorkspacePackage, { path }: MapTarget): string | undefined {
  return declarationsOfTarget(joinPath(pkg.publishedRoot, path)).find((file) => disk.isFile(file));
}

function fromMain(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  { mode }: EntryAsk,
): EntryResolution {
  const { json } = manifest;
  const found = mainTypesOf(disk, pkg.publishedRoot, json, mode);
  const named = typesFieldOf(json);
  const field = found?.field ?? named;
  const place = field && locateInManifest(manifest, [field], 'value');
  const target = named ? String(json[named]) : 'index.d.ts';
  const entry = { subpath: '.', conditions: [], target, ...(place && { place }) };
  if (found) return { outcome: 'file', ...entry, file: found.file };
  const promised = named && joinPath(pkg.publishedRoot, target);
  if (
    promised &&
    (named !== 'main' || isTypeScriptSource(promised) || !mainFileOf(disk, pkg.publishedRoot, json))
  ) {
    const failed = existing(disk, pkg, { ...entry, file: promised });
    // JavaScript in `types` exists, but declares nothing.
    if (failed.outcome !== 'file') return failed;
  }
  return { outcome: 'no-entry', subpath: '.', ...(place && { place }) };
}

function fromPath(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  subpath: string,
  { mode }: EntryAsk,
): EntryResolution {
  const path = joinPath(pkg.publishedRoot, subpath);
  const nested = tolerantManifest(disk, joinPath(path, 'package.json'));
  const file =
    deepTypesOf(disk, pkg.publishedRoot, subpath, manifest.json, mode) ??
    (nested && mainTypesOf(disk, path, nested.json, mode)?.file);
  const entry = { subpath, conditions: [], target: subpath };
  if (file !== undefined) return { outcome: 'file', ...entry, file };
  const remapped = versionTargets(manifest.json, subpath.slice(2)) !== undefined;
  if (disk.isFile(path) && !SCRIPT.test(path) && !remapped) return { outcome: 'file', ...entry, file: path };
  const script = requiredFile(disk, path);
  if (script !== undefined && (mode === 'require' || script === path))
    return { outcome: 'no-entry', subpath };
  const bundled =
    mode === 'require' ? undefined : deepTypesOf(disk, pkg.publishedRoot, subpath, manifest.json, 'require');
  const near = bundled === undefined ? nearFiles(disk, pkg, `${path}.d.ts`) : [bundled];
  return {
    outcome: disk.kindOf(path) === 'directory' ? 'directory' : 'file-missing',
    ...entry,
    file: path,
    near,
  };
}
