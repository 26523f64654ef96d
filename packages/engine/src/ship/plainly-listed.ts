import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { PackageJson } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';

/**
 * Names that npm may leave out in any folder, and a few more. npm's own rules decide about them.
 */
const SPECIAL = /^\.|^(cvs|node_modules|archived-packages|build|npm-debug\.log)$|\.orig$|\*/i;

/**
 * Finds files that are certainly packed, without npm's rules, which are slow. Such a file is inside
 * a folder that `files` names literally, no entry removes files, there is no ignore file on the way
 * and no name is special.
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
    const cut = folder.lastIndexOf('/');
    const at = joinPath(root, folder);
    return remembered(
      plain,
      folder,
      () =>
        (cut < 0 || isPlain(folder.slice(0, cut))) &&
        !SPECIAL.test(folder.slice(cut + 1)) &&
        !disk.isLink(at) &&
        !disk.isFile(joinPath(at, '.npmignore')) &&
        !disk.isFile(joinPath(at, '.gitignore')),
    );
  };
  return (path) => {
    // Nothing can leave it out.
    if (path === 'package.json') return !disk.isLink(joinPath(root, path));
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
