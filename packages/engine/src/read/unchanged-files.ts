import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { Disk } from './disk.js';
import { baseNameOf, folderOf, isWithin } from './file-path.js';

/**
 * Tells which files still have the content that an earlier look at the disk has found, given all paths at which anything has changed
 * since. True only for files inside the workspace that are there under their one true path: behind a link, content changes at a path
 * that nobody would look for here.
 */
export class UnchangedFiles {
  readonly #disk: Disk;
  readonly #changed: ReadonlySet<FilePath>;
  readonly #foldersChanged = new Map<FilePath, boolean>();
  readonly #plainNames = new Map<FilePath, ReadonlySet<string>>();

  /**
   * @param disk the later look
   * @param changed what was written, created, removed, moved or made a link; whatever lies below such a path counts as changed
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

  /** Listed under just this name (where file systems ignore case, too), and no link on the way. */
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
