import { readdirSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { BackendType } from '@parcel/watcher';

/** Gets the changed paths, relative to the root, with `/`. */
export interface WatchListener {
  changed(files: readonly string[]): void;
  /** Events were lost, so anything may have changed. */
  lost(reason: string): void;
}

/** Folders that never matter: installed packages, data of tools, our own reports. */
const IGNORED = ['node_modules', '.git', '.nx', '.verify-exports'];

/**
 * Watches a whole workspace. On systems without recursive watches it uses one watch per folder, not
 * one per file.
 *
 * @param ignored more folders to ignore, relative to the root
 * @returns a function that stops watching
 * @throws Error with a remedy if the system refuses
 */
export async function watchFiles(
  root: string,
  ignored: readonly string[],
  listener: WatchListener,
): Promise<() => Promise<void>> {
  // The system reports real paths, without symbolic links.
  const real = realpathSync.native(root);
  try {
    // Loaded here because only a watch needs the native module.
    const { subscribe } = await import('@parcel/watcher');
    const subscription = await subscribe(
      real,
      (error, events) => {
        if (error) listener.lost(error.message);
        else listener.changed(events.flatMap(({ path, type }) => changedBy(real, path, type === 'create')));
      },
      { ...backend(), ignore: [...IGNORED.flatMap((name) => [name, `**/${name}`]), ...ignored] },
    );
    return () => subscription.unsubscribe();
  } catch (error) {
    throw new Error(`The workspace cannot be watched: ${explained(error)}`, { cause: error });
  }
}

/** The system's own backend. Without it, the watcher starts a process to look for Watchman. */
function backend(): { readonly backend?: BackendType } {
  const own: Partial<Record<NodeJS.Platform, BackendType>> = {
    linux: 'inotify',
    darwin: 'fs-events',
    win32: 'windows',
  };
  const found = own[process.platform];
  return found ? { backend: found } : {};
}

/**
 * The path, and the files inside if it is a new folder: the system may not report them one by one.
 */
function changedBy(root: string, path: string, isNew: boolean): readonly string[] {
  return [pathIn(root, path), ...(isNew ? filesInside(path).map((file) => pathIn(root, file)) : [])];
}

function filesInside(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (IGNORED.includes(entry.name)) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesInside(path) : [path];
    });
  } catch {
    return []; // A file, or deleted again.
  }
}

function pathIn(root: string, absolute: string): string {
  const path = relative(root, absolute);
  return path === '' || isAbsolute(path) ? '.' : path.replaceAll(sep, '/');
}

function explained(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /no space left|ENOSPC/i.test(message)
    ? `${message}. The system allows too few watches: raise fs.inotify.max_user_watches (sysctl).`
    : message;
}
