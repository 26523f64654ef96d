import type { MovedOutput } from '../model/explanation.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { baseNameOf, folderOf, isWithin, joinPath, pathWithin } from '../read/file-path.js';

type Builder = Pick<WorkspacePackage, 'root' | 'outputs'>;

/**
 * The one file that the build wrote instead of the file that a manifest names. It has another
 * extension (`index.mjs`), it keeps the folders of the sources (`dist/src/index.js`,
 * `dist/packages/x/src/index.js`, which compilers write if they find sources in more than one
 * place), or it lacks those folders.
 *
 * @param candidates built files that may be meant, the closest first; no entry point names one of
 *   them
 * @param conditions those of the target, which decide which of two formats was meant
 * @returns undefined if there is no such file, or more than one
 */
export function movedOutputOf(
  pkg: Builder,
  file: FilePath,
  candidates: readonly FilePath[],
  conditions: readonly string[],
): MovedOutput | undefined {
  const drifts = candidates.flatMap((candidate) => driftTo(pkg, file, candidate) ?? []);
  const moved = drifts.filter(({ written }) => extensionOf(written) === extensionOf(file));
  if (moved.length > 0) return moved.length === 1 ? moved[0] : undefined;
  if (drifts.length <= 1) return drifts[0];
  const format = conditions.includes('require') ? 'c' : conditions.includes('import') ? 'm' : undefined;
  const fitting = drifts.filter(({ written }) => format && new RegExp(`\\.${format}[jt]s$`).test(written));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/**
 * The same for a wildcard target without a matching file: with the folders of the sources kept, or
 * with another extension.
 *
 * @param pattern the target's path, `*` kept
 * @param files the package's built files
 */
export function patternDriftOf(
  pkg: Builder,
  pattern: FilePath,
  files: readonly FilePath[],
): MovedOutput | undefined {
  const extension = extensionOf(pattern);
  const others = /^\.[cm]?js$/.test(extension) ? ['.js', '.mjs', '.cjs'] : [extension];
  const endings = [extension, ...others.filter((ending) => ending !== extension)];
  const stem = pattern.slice(0, pattern.length - extension.length);
  const [folder = ''] = stem.split('*');
  const segments = folder.split('/').slice(0, -1);
  const parents = segments.map((_, index) => segments.slice(0, index + 1).join('/'));
  const added = ['', 'src', pkg.root, `${pkg.root}/src`, baseNameOf(pkg.root), `${baseNameOf(pkg.root)}/src`];
  for (const ending of endings) {
    for (const parent of parents
      .toReversed()
      .filter(
        (candidate) =>
          isWithin(pkg.root, candidate) || pkg.outputs.some((output) => isWithin(output, candidate)),
      )) {
      for (const prefix of added) {
        const written = joinPath(parent, prefix, pathWithin(parent, stem)) + ending;
        if (written === pattern || !files.some((file) => matches(written, file))) continue;
        return { written, ...(prefix !== '' && ending === extension ? { added: prefix } : {}) };
      }
    }
  }
  return undefined;
}

function matches(pattern: FilePath, file: FilePath): boolean {
  const [before, ...after] = pattern.split('*');
  const rest = after.at(-1)!;
  return file.length > before!.length + rest.length && file.startsWith(before!) && file.endsWith(rest);
}

function driftTo(pkg: Builder, file: FilePath, candidate: FilePath): MovedOutput | undefined {
  if (folderOf(candidate) === folderOf(file)) return { written: candidate };
  const wanted = stemOf(file).split('/');
  const written = stemOf(candidate).split('/');
  let common = 0;
  while (wanted[common] !== undefined && wanted[common] === written[common]) common++;
  // At least the output folder is the same.
  if (common === 0) return undefined;
  for (let start = common; start >= 1; start--) {
    const added = inserted(wanted.slice(start), written.slice(start));
    if (added && isSourceFolder(pkg, added))
      return { written: candidate, ...(isOutput(pkg, added) ? {} : { added }) };
    const removed = inserted(written.slice(start), wanted.slice(start));
    if (removed && isSourceFolder(pkg, removed)) return { written: candidate };
  }
  return undefined;
}

/** The part of the second path before the first one. */
function inserted(path: readonly string[], longer: readonly string[]): string | undefined {
  const length = longer.length - path.length;
  if (length < 1 || !path.every((segment, index) => longer[length + index] === segment)) return undefined;
  return longer.slice(0, length).join('/');
}

/**
 * `src`, or the package's folder, or its end, with or without `src` in it; or the output folder
 * within the package.
 */
function isSourceFolder(pkg: Builder, folder: string): boolean {
  if (isOutput(pkg, folder)) return true;
  const plain = folder.replace(/(^|\/)(src|source)$/, '');
  return plain === '' || `/${pkg.root}`.endsWith(`/${plain}`);
}

function isOutput({ root, outputs }: Builder, folder: string): boolean {
  return outputs.includes(joinPath(root, folder));
}

function stemOf(file: FilePath): FilePath {
  return file.replace(/(\.d)?\.[^./]+$/, '');
}

function extensionOf(file: FilePath): string {
  return /(\.d)?\.[^./]+$/.exec(file)?.[0] ?? '';
}
