import { distance } from 'fastest-levenshtein';
import { groupBy } from '../collections/group-by.js';
import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { baseNameOf, comparePaths, folderOf } from '../read/file-path.js';
import { isDeclarationFile } from './declaration-files.js';

const MOST = 5;
const SCRIPT = /\.([cm]?[jt]s|[jt]sx)$/;

/**
 * Built files that a path to a missing file may mean: with the same name elsewhere in the output
 * (`dist/src/index.js` for `dist/index.js`) or with another extension beside it. The closest first,
 * at most five.
 *
 * @param pkg the package's files are in its outputs, or else beside its manifest
 */
export function nearFiles(
  disk: Disk,
  pkg: Pick<WorkspacePackage, 'outputs' | 'publishedRoot'>,
  file: FilePath,
): readonly FilePath[] {
  const folders = pkg.outputs.length > 0 ? pkg.outputs : [pkg.publishedRoot];
  const ofDisk = remembered(stemsOfDisks, disk, () => new Map<string, FilesByStem>());
  const byStem = remembered(ofDisk, folders.join('\n'), () => {
    const files = folders.flatMap((folder) => (disk.isFile(folder) ? [folder] : disk.listFiles(folder)));
    return groupBy(new Set(files), (each) => baseNameOf(stemOf(each)));
  });
  return closest(
    [...stemsFor(file)].flatMap((stem) => byStem.get(stem) ?? []),
    file,
  );
}

type FilesByStem = ReadonlyMap<string, readonly FilePath[]>;

/** Output may have thousands of files, and miss thousands. */
const stemsOfDisks = new WeakMap<Disk, Map<string, FilesByStem>>();

/** The files of a list that a path may mean; see nearFiles. */
export function nearest(files: Iterable<FilePath>, file: FilePath): readonly FilePath[] {
  const stems = stemsFor(file);
  return closest(
    [...files].filter((candidate) => stems.has(baseNameOf(stemOf(candidate)))),
    file,
  );
}

/** The names without extension that a file for the path may have. */
function stemsFor(file: FilePath): ReadonlySet<string> {
  const isBare = baseNameOf(file) === baseNameOf(stemOf(file));
  return new Set([stemOf(file), ...(isBare ? [`${file}/index`] : [])].map(baseNameOf));
}

function closest(files: readonly FilePath[], file: FilePath): readonly FilePath[] {
  const near = files.filter((candidate) => candidate !== file && isAlike(candidate, file));
  const beside = (candidate: FilePath): number =>
    folderOf(candidate) === folderOf(file) ? 0 : distance(candidate, file);
  return near.sort((a, b) => beside(a) - beside(b) || comparePaths(a, b)).slice(0, MOST);
}

function stemOf(file: FilePath): FilePath {
  return file.replace(/(\.d)?\.[^./]+$/, '');
}

/**
 * Declarations replace declarations, code replaces code, any other file needs its own extension.
 */
function isAlike(candidate: FilePath, file: FilePath): boolean {
  if (isDeclarationFile(file) !== isDeclarationFile(candidate)) return false;
  const extension = /\.[^./]+$/.exec(file)?.[0];
  if (extension === undefined || SCRIPT.test(file)) return SCRIPT.test(candidate);
  return candidate.endsWith(extension);
}
