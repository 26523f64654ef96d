import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { fieldInText } from '../read/field-in-text.js';
import { baseNameOf, folderOf, isWithin, joinPath, pathWithin } from '../read/file-path.js';
import type { OpenImage } from './docker/open-image.js';

/**
 * Whether the image gets a copy of a workspace package, as `pnpm deploy`, pruning tools and copied
 * node_modules put it beside the application. A link in node_modules is no copy: in the image it
 * points to a missing folder.
 */
export function hasCopyIn(
  disk: Disk,
  pkg: WorkspacePackage,
  own: WorkspacePackage,
  image: OpenImage,
): boolean {
  const { name } = pkg;
  if (name === undefined) return false;
  const isIn = (file: FilePath): boolean =>
    isWithin(image.context, file) && image.contents.verdictOn(pathWithin(image.context, file)).kind === 'in';
  const folders = copiedFolders(disk, own, image);
  const installed = folders.map((folder) => joinPath(folder, 'node_modules', name, 'package.json'));
  const real = (file: FilePath): boolean => {
    const path = disk.realPath(file);
    return path !== undefined && !isWithin(pkg.root, path) && !isWithin(pkg.publishedRoot, path);
  };
  if (installed.some((file) => disk.isFile(file) && real(file) && isIn(file))) return true;
  return folders
    .flatMap((folder) => disk.listFiles(folder))
    .some(
      (file) =>
        baseNameOf(file) === 'package.json' &&
        file !== pkg.source?.file &&
        file !== pkg.published?.file &&
        isIn(file) &&
        fieldInText(disk.readText(file) ?? '', 'name') === name,
    );
}

/**
 * The folders of the context that COPY names, the folders of files that it names, and the
 * application's own.
 */
function copiedFolders(disk: Disk, own: WorkspacePackage, image: OpenImage): readonly FilePath[] {
  const named = image.contents.contextCopies.flatMap(({ sources }) =>
    sources.map((source) => joinPath(image.context, source.split(/\/[^/]*[*?[\\]/)[0]!.slice(1) || '.')),
  );
  const folders = named.flatMap((path) => {
    if (disk.kindOf(path) === 'directory')
      return baseNameOf(path) === 'node_modules' ? [folderOf(path) ?? '.'] : [path];
    return disk.isFile(path) ? [folderOf(path) ?? '.'] : [];
  });
  return [...new Set([...folders, own.root, ...own.outputs])].filter(
    (folder) => disk.kindOf(folder) === 'directory',
  );
}
