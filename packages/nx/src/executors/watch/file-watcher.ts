import { readdirSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { BackendType } from '@parcel/watcher';

/** What a watcher tells: paths relative to the root, with `/`, at which something has changed. */
export interface WatchListener {
  changed(files: readonly string[]): void;
  /** Changes were lost, so that anything may have changed. */
  lost(reason: string): void;
}

/** What never matters: installed packages, what tools keep for themselves, our own reports. */
const IGNORED = ['node_modules', '.git', '.nx', '.verify-exports'];

/**
 * Watches a whole workspace. One watch per folder where the system has no recursive ones, so that thousands of files cost no more
 * than their folders do.
 *
 * @param ignored more folders to leave out, relative to the root
 * @returns a function that ends it
 * @throws Error that tells what to do, where the system refuses
 */
export async function watchFiles(
  root: string,
  ignored: readonly string[],
  listener: WatchListener,
): Promise<() => Promise<void>> {
  // The system names paths without the links that lead to the root.
  const real = realpathSync.native(root);
  try {
    // Loaded here: only who watches needs the native module.
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

/** The system's own, without a look for other tools that do the same: that starts a process. */
function backend(): { readonly backend?: BackendType } {
  const own: Partial<Record<NodeJS.Platform, BackendType>> = {
    linux: 'inotify',
    darwin: 'fs-events',
    win32: 'windows',
  };
  const found = own[process.platform];
  return found ? { backend: found } : {};
}

/** A path, and what came with it: of a folder that is new, its files may not be told one by one. */
function changedBy(root: string, path: string, isNew: boolean): readonly string[] {
  return [pathIn(root, path), ...(isNew ? filesBelow(path).map((file) => pathIn(root, file)) : [])];
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (IGNORED.includes(entry.name)) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
  } catch {
    return []; // A file, or gone again.
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
