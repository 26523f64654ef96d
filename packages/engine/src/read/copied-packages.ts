import { isRecord } from '../model/is-record.js';
import type { NamedFile } from '../model/manifest-faults.js';
import type { FilePath } from '../model/place.js';
import type { Manifest } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { folderOf, joinPath } from './file-path.js';
import { locateInManifest } from './locate-in-manifest.js';
import { readManifest } from './read-manifest.js';

const SECTIONS = ['dependencies', 'optionalDependencies'] as const;
/** Conditions that do not depend on the project that imports. */
const STANDARD = new Set(['import', 'require', 'node', 'module-sync', 'default']);

/**
 * What is missing of the packages that a build copies beside the manifest that it writes for deployment. Such a manifest depends on them
 * by path: `"file:./workspace_modules/@acme/util"`. Installing fails without the folder, and the copy
 * lacks what was not built before.
 */
export function missingCopiesIn(disk: Disk, written: Manifest): readonly NamedFile[] {
  const missing: NamedFile[] = [];
  const pending = [written];
  const seen = new Set<FilePath>();
  for (let manifest = pending.pop(); manifest; manifest = pending.pop()) {
    if (seen.has(manifest.file)) continue;
    seen.add(manifest.file);
    for (const { path, spec, at } of localDependencies(manifest)) {
      if (disk.isFile(at)) continue;
      const copied =
        disk.isFile(joinPath(at, 'package.json')) && readManifest(disk, joinPath(at, 'package.json'));
      // Without the first folder of the path, no package is copied yet, and a later step may do that.
      const top = spec.replace(/^\w+:(?:\.\/)?/, '').split('/')[0]!;
      const isLater = disk.kindOf(joinPath(folderOf(manifest.file) ?? '.', top)) === undefined;
      if (!copied && !isLater) missing.push(missingAt(manifest, path, spec, at));
      if (copied) {
        pending.push(copied);
        const [first] = targetsOf(copied).filter(({ target }) => !disk.isFile(joinPath(at, target)));
        if (first) missing.push(missingAt(copied, first.path, first.target, joinPath(at, first.target)));
      }
    }
  }
  return missing;
}

function localDependencies(manifest: Manifest) {
  return SECTIONS.flatMap((section) => {
    const dependencies: unknown = manifest.json[section];
    return Object.entries(isRecord(dependencies) ? dependencies : {}).flatMap(([name, spec]) => {
      const path = typeof spec === 'string' ? /^(?:file|link|portal):(?!\/)(.+)$/.exec(spec)?.[1] : undefined;
      if (path === undefined) return [];
      return [
        { path: [section, name], spec: spec as string, at: joinPath(folderOf(manifest.file) ?? '.', path) },
      ];
    });
  });
}

function missingAt(manifest: Manifest, path: readonly string[], target: string, file: FilePath): NamedFile {
  const place = locateInManifest(manifest, path, 'value');
  return { path, target, file, exists: false, loads: 'asset', optional: false, isCopy: true, place };
}

/** The literal targets of the main entry point for every consumer. */
function targetsOf({
  json,
}: Manifest): readonly { readonly path: readonly string[]; readonly target: string }[] {
  const { exports, main } = json;
  if (exports === undefined) return typeof main === 'string' ? [{ path: ['main'], target: main }] : [];
  const isMap = isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  return isMap
    ? leaves((exports as Record<string, unknown>)['.'], ['exports', '.'])
    : leaves(exports, ['exports']);
}

function leaves(value: unknown, path: readonly string[]): ReturnType<typeof targetsOf> {
  if (typeof value === 'string') return value.includes('*') ? [] : [{ path, target: value }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([condition, inner]) =>
    STANDARD.has(condition) ? leaves(inner, [...path, condition]) : [],
  );
}
