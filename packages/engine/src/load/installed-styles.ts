import { mayHaveStyles, styleRequests } from '../demand/style-demands.js';
import type { StyleRequest } from '../demand/style-demands.js';
import type { InstalledMismatch } from '../model/installed-mismatch.js';
import type { FilePath } from '../model/place.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { sourceFilesOf, styleFilesOf } from '../read/package-files.js';
import { packagesByName } from '../read/packages-by-name.js';
import type { InstalledEntries } from '../resolve/installed-entries.js';
import { packageNameIn } from '../resolve/path-alias.js';

interface StyleContext {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly installed: InstalledEntries;
}

/** What bundlers set when a style sheet imports another one. */
const SETTINGS = { conditions: ['style', 'sass'], browser: true, phase: 'runtime', mode: 'import' } as const;

/** Tools that read the file of a path, whatever `exports` says. */
const IGNORES_EXPORTS = /"(?:postcss-import|postcss-easy-import|tailwindcss|@tailwindcss\/cli)"/;

/**
 * What a package's style sheets, sources and output, import from installed packages that no tool finds there. In Sass and Less, options
 * may name other folders, so that it is not certain.
 */
export function installedStyleMismatches(
  { disk, workspace, installed }: StyleContext,
  pkg: WorkspacePackage,
  output: ReadonlyMap<FilePath, unknown>,
): readonly InstalledMismatch[] {
  const files = new Set([
    ...styleFilesOf(disk, workspace, pkg),
    ...sourceFilesOf(disk, workspace, pkg).filter(mayHaveStyles),
    ...[...output.keys()].filter((file) => file.endsWith('.css')),
  ]);
  const own = packagesByName(workspace);
  const byPath = [pkg.source, workspace.rootManifest].some((manifest) =>
    IGNORES_EXPORTS.test(manifest?.text ?? ''),
  );
  return [...files].flatMap((file) =>
    styleRequests(disk, file).flatMap((request) =>
      own.has(packageNameIn(request.specifier)) ? [] : mismatchOf(installed, file, request, byPath),
    ),
  );
}

function mismatchOf(
  installed: InstalledEntries,
  file: FilePath,
  { specifier, place, preprocessed }: StyleRequest,
  byPath: boolean,
): readonly InstalledMismatch[] {
  if (/[?!*{$#]/.test(specifier) || installed.hasStyle(specifier, file) !== false) return [];
  const pkg = installed.packageOf(specifier, file);
  const entry = installed.resolve(specifier, file, SETTINGS);
  if (!pkg || !entry) return [];
  return [
    {
      kind: 'entry-point',
      place,
      specifier,
      packageName: pkg.name,
      manifest: pkg.manifest,
      ...(pkg.version !== undefined && { version: pkg.version }),
      certain: !preprocessed && !(byPath && installed.hasFile(specifier, file)),
      isStyle: true,
      // A file for scripts is not what the style sheet imports.
      entry: entry.outcome === 'file' ? { outcome: 'no-entry', subpath: entry.subpath } : entry,
    },
  ];
}
