import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { isDeclarationFile } from './declaration-files.js';

/**
 * The built file for a source file. In each output it may have the same path, the path inside
 * `src`, or the path from the workspace root (as compilers write it if they find sources of several
 * projects). Without a build it is the source itself.
 *
 * @returns `exists: false` with the first of these paths if none exists
 */
export function builtCounterpart(
  disk: Disk,
  pkg: Pick<WorkspacePackage, 'root' | 'outputs'>,
  source: FilePath,
  phase: 'runtime' | 'types',
): { readonly file: FilePath; readonly exists: boolean } {
  const isBuilt = pkg.outputs.some((output) => isWithin(output, source));
  const folders = pkg.outputs.filter((output) => disk.kindOf(output) !== 'file');
  if (isBuilt || folders.length === 0) return { file: source, exists: disk.isFile(source) };
  const inside = isWithin(pkg.root, source) ? pathWithin(pkg.root, source) : source;
  const paths = [...new Set([inside, inside.replace(/^src\//, ''), source])];
  const candidates = folders.flatMap((folder) =>
    paths.flatMap((path) => builtNames(path, phase).map((name) => joinPath(folder, name))),
  );
  const found = candidates.find((candidate) => disk.isFile(candidate));
  // Compilers copy no declarations, so importers read those in the sources.
  if (found === undefined && isDeclarationFile(source)) return { file: source, exists: disk.isFile(source) };
  return { file: found ?? candidates[0]!, exists: found !== undefined };
}

const RUNTIME = ['.js', '.mjs', '.cjs'] as const;
const TYPES = ['.d.ts', '.d.mts', '.d.cts'] as const;

/** The files that a build may create from a source file. Files that are no code are copied. */
function builtNames(source: FilePath, phase: 'runtime' | 'types'): readonly FilePath[] {
  if (isDeclarationFile(source)) return phase === 'types' ? [source] : [];
  const stem = source.replace(/\.([cm]?[jt]s|[jt]sx)$/, '');
  const isScript = stem !== source || !/\.[^./]+$/.test(source);
  if (!isScript) return [source];
  return (phase === 'types' ? TYPES : RUNTIME).map((ending) => stem + ending);
}
