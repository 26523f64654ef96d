import type { FilePath } from '../model/place.js';
import type { PackageJson } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';

/**
 * Names that npm may leave out wherever they are, and some more: these are left to its own rules.
 */
const SPECIAL = /^\.|^(cvs|node_modules|archived-packages|build|npm-debug\.log)$|\.orig$|\*/i;

/**
 * Finds files that npm packs without running its slow rules: those in a folder that `files` lists
 * by its plain name. No entry may exclude anything, no ignore file may be in between, and no name
 * may be special.
 *
 * @returns a test of paths relative to the packed folder
 */
export function plainlyListed(
  disk: Disk,
  root: FilePath,
  manifest: PackageJson,
): (path: FilePath) => boolean {
  const { files } = manifest as { readonly files?: unknown };
  if (!Array.isArray(files) || !files.every((entry) => typeof entry === 'string' && !entry.startsWith('!'))) {
    return () => false;
  }
  const folders = (files as string[])
    .map((entry) => entry.replace(/^\.?\//, '').replace(/\/$/, ''))
    .filter(
      (entry) =>
        /^[\w@-][\w@.-]*(\/[\w@-][\w@.-]*)*$/.test(entry) &&
        disk.kindOf(joinPath(root, entry)) === 'directory',
    );
  const plain = new Map<FilePath, boolean>();
  const isPlain = (folder: FilePath): boolean => {
    const known = plain.get(folder);
    if (known !== undefined) return known;
    const cut = folder.lastIndexOf('/');
    const at = joinPath(root, folder);
    const answer =
      (cut < 0 || isPlain(folder.slice(0, cut))) &&
      !SPECIAL.test(folder.slice(cut + 1)) &&
      !disk.isLink(at) &&
      !disk.isFile(joinPath(at, '.npmignore')) &&
      !disk.isFile(joinPath(at, '.gitignore'));
    plain.set(folder, answer);
    return answer;
  };
  return (path) => {
    const cut = path.lastIndexOf('/');
    if (
      cut < 0 ||
      SPECIAL.test(path.slice(cut + 1)) ||
      !folders.some((folder) => path.startsWith(`${folder}/`))
    )
      return false;
    return isPlain(path.slice(0, cut)) && !disk.isLink(joinPath(root, path));
  };
}
