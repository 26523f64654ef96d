import type { Workspace } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const LOCK_FILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['pnpm-workspace.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

/** The package manager of a workspace: what `packageManager` of the root manifest says, else by the lock file, else npm. */
export function packageManagerOf(disk: Disk, { rootManifest }: Workspace): PackageManager {
  const { packageManager } = (rootManifest?.json ?? {}) as { readonly packageManager?: unknown };
  const stated = typeof packageManager === 'string' ? packageManager.split('@')[0] : undefined;
  if (stated === 'npm' || stated === 'pnpm' || stated === 'yarn' || stated === 'bun') return stated;
  return LOCK_FILES.find(([file]) => disk.isFile(file))?.[1] ?? 'npm';
}
