import { lstatSync, readdirSync, realpathSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join, sep } from 'node:path';

/** Gets the changed paths, relative to the root, with `/`. */
export interface WatchListener {
  changed(files: readonly string[]): void;
  /** Events were lost, so anything may have changed. */
  lost(reason: string): void;
}

/** Folders that never matter: installed packages, data of tools, our own reports. */
const IGNORED = new Set(['node_modules', '.git', '.nx', '.verify-exports']);

/** The systems on which one watch reports everything inside a folder. */
const RECURSIVE: ReadonlySet<NodeJS.Platform> = new Set(['darwin', 'win32']);

/**
 * Watches a whole workspace. On systems without recursive watches it uses one watch per folder, not
 * one per file as `fs.watch` does there.
 *
 * @param ignored more folders to ignore, relative to the root
 * @returns a function that stops watching
 * @throws Error with a remedy if the system refuses
 */
export function watchFiles(
  root: string,
  ignored: readonly string[],
  listener: WatchListener,
  isRecursive: boolean = RECURSIVE.has(process.platform),
): () => void {
  // The system reports real paths, without symbolic links.
  const real = realpathSync.native(root);
  const ignoredPaths = new Set(ignored);
  const folders = new WatchedFolders(real, (path) => isIgnored(path, ignoredPaths), listener);
  try {
    if (isRecursive) folders.watchAll();
    else folders.add('');
    return () => folders.close();
  } catch (error) {
    folders.close();
    throw new Error(`The workspace cannot be watched: ${explained(error)}`, { cause: error });
  }
}

/** The folders of a workspace that have a watch. Paths are relative to the root; `''` is the root. */
class WatchedFolders {
  readonly #root: string;
  readonly #isIgnored: (path: string) => boolean;
  readonly #listener: WatchListener;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(root: string, isIgnored: (path: string) => boolean, listener: WatchListener) {
    this.#root = root;
    this.#isIgnored = isIgnored;
    this.#listener = listener;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** One watch that reports everything. */
  watchAll(): void {
    this.#open('', true, (path, type) => {
      const isNew = type === 'rename' && this.#isFolder(path);
      this.#listener.changed([path, ...(isNew ? this.#filesInside(path) : [])]);
    });
  }

  /**
   * Watches a folder and all folders inside.
   *
   * @returns the files inside. A file that is written while the watches start is among them, or
   * reported by a watch.
   */
  add(folder: string): readonly string[] {
    this.#open(folder, false, (path, type) => this.#changedIn(path, type));
    const { files, folders } = this.#entriesOf(folder);
    return [...files, ...folders.flatMap((each) => this.#addIfThere(each))];
  }

  #changedIn(path: string, type: string): void {
    // If a folder was created, moved or deleted, its watches may be those of a deleted folder that
    // had the same name.
    if (type === 'rename') this.#forget(path);
    const isNew = type === 'rename' && this.#isFolder(path);
    try {
      this.#listener.changed([path, ...(isNew ? this.#addIfThere(path) : [])]);
    } catch (error) {
      this.#listener.lost(explained(error));
    }
  }

  #addIfThere(folder: string): readonly string[] {
    try {
      return this.add(folder);
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  }

  #open(folder: string, recursive: boolean, changed: (path: string, type: string) => void): void {
    const watcher = watch(join(this.#root, folder), { recursive }, (type, name) => {
      if (name === null) return this.#listener.lost('The system reported a change without a path.');
      const path = within(folder, name.replaceAll(sep, '/'));
      if (!this.#isIgnored(path)) changed(path, type);
    });
    watcher.on('error', (error) => {
      // Windows reports an error for a watched folder that is deleted.
      watcher.close();
      if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder);
      this.#listener.lost(error.message);
    });
    this.#watchers.set(folder, watcher);
  }

  /** Closes the watches of a folder and of those inside. */
  #forget(path: string): void {
    if (!this.#watchers.has(path)) return;
    for (const [folder, watcher] of this.#watchers) {
      if (folder !== path && !folder.startsWith(`${path}/`)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
  }

  #filesInside(folder: string): readonly string[] {
    const { files, folders } = this.#entriesOf(folder);
    return [...files, ...folders.flatMap((each) => this.#filesInside(each))];
  }

  #entriesOf(folder: string): { readonly files: readonly string[]; readonly folders: readonly string[] } {
    const files: string[] = [];
    const folders: string[] = [];
    for (const entry of entriesIfThere(join(this.#root, folder))) {
      const path = within(folder, entry.name);
      if (!this.#isIgnored(path)) (entry.isDirectory() ? folders : files).push(path);
    }
    return { files, folders };
  }

  #isFolder(path: string): boolean {
    return statIfThere(join(this.#root, path))?.isDirectory() ?? false;
  }
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function isIgnored(path: string, ignored: ReadonlySet<string>): boolean {
  const parts = path.split('/');
  return parts.some((part, index) => IGNORED.has(part) || ignored.has(parts.slice(0, index + 1).join('/')));
}

function entriesIfThere(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // Deleted again, or not readable.
  }
}

function statIfThere(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // In a folder that is not readable.
  }
}

/** A folder that is deleted, or that this user must not read, has nothing to watch. */
function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'EPERM';
}

function explained(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /no space left|ENOSPC/i.test(message)
    ? `${message}. The system allows too few watches: raise fs.inotify.max_user_watches (sysctl).`
    : message;
}
