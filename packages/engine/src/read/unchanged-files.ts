import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { Disk } from './disk.js';
import { baseNameOf, folderOf, isWithin } from './file-path.js';

/**
 * Finds the files whose content has not changed since an earlier read of the disk, given all
 * changed paths. It is true only for files inside the workspace under their real path, because a
 * file behind a link changes at another path.
 */
export class UnchangedFiles {
  readonly #disk: Disk;
  readonly #changed: ReadonlySet<FilePath>;
  readonly #foldersChanged = new Map<FilePath, boolean>();
  readonly #plainNames = new Map<FilePath, ReadonlySet<string>>();

  /**
   * @param disk the later state
   * @param changed what was written, created, removed, moved or made a link; everything inside such
   *   a path counts as changed
   */
  constructor(disk: Disk, changed: Iterable<FilePath>) {
    this.#disk = disk;
    this.#changed = new Set(changed);
  }

  has(file: FilePath): boolean {
    return isWithin('.', file) && !this.#isChanged(file) && this.#isPlain(file);
  }

  #isChanged(file: FilePath): boolean {
    return this.#changed.has(file) || this.#isBelowChanged(folderOf(file));
  }

  #isBelowChanged(folder: FilePath | undefined): boolean {
    if (folder === undefined) return false;
    return remembered(
      this.#foldersChanged,
      folder,
      () => this.#changed.has(folder) || this.#isBelowChanged(folderOf(folder)),
    );
  }

  /**
   * Listed under exactly this name (even if the file system ignores case), and without a link on
   * the way.
   */
  #isPlain(file: FilePath): boolean {
    const folder = folderOf(file) ?? '.';
    let names = this.#plainNames.get(folder);
    if (!names) {
      const isReal = folder === '.' || this.#disk.realPath(folder) === folder;
      this.#plainNames.set(folder, (names = new Set(isReal ? this.#disk.plainFilesIn(folder) : [])));
    }
    return names.has(baseNameOf(file));
  }
}
