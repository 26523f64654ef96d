import type { Manifest, Workspace } from '../model/workspace.js';
import type { Disk } from './disk.js';

export type PackageManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';

export interface PackageManager {
  readonly name: PackageManagerName;
  /** Only if the root manifest says it. */
  readonly major?: number;
}

const LOCK_FILES: readonly (readonly [string, PackageManagerName])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['pnpm-workspace.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

/**
 * The package manager of a workspace, by `packageManager` of the root manifest or else by the lock
 * file.
 */
export function knownPackageManager(
  disk: Disk,
  { rootManifest }: Pick<Workspace, 'rootManifest'>,
): PackageManager | undefined {
  const { packageManager } = (rootManifest?.json ?? {}) as { readonly packageManager?: unknown };
  const stated = typeof packageManager === 'string' ? packageManager : '';
  const [, name, major] = /^(npm|pnpm|yarn|bun)(?:@(\d+)?.*)?$/.exec(stated) ?? [];
  if (name !== undefined)
    return { name: name as PackageManagerName, ...(major !== undefined && { major: Number(major) }) };
  const locked = LOCK_FILES.find(([file]) => disk.isFile(file))?.[1];
  return locked && { name: locked };
}

/**
 * Whether the package manager replaces fields of the manifest by those of `publishConfig` when it
 * packs. pnpm and later versions of yarn do, npm, bun and yarn 1 do not. Where nothing says which
 * one it is, the authors know why they wrote them.
 */
export function appliesPublishConfig(disk: Disk, rootManifest: Manifest | undefined): boolean {
  const manager = knownPackageManager(disk, { ...(rootManifest && { rootManifest }) });
  if (manager?.name !== 'yarn') return manager?.name !== 'npm' && manager?.name !== 'bun';
  if (manager.major !== undefined) return manager.major > 1;
  return !/^# yarn lockfile v1$/m.test((disk.readText('yarn.lock') ?? '').slice(0, 400));
}

/** The name of the package manager; npm if nothing says which one it is. */
export function packageManagerOf(disk: Disk, workspace: Workspace): PackageManagerName {
  return knownPackageManager(disk, workspace)?.name ?? 'npm';
}
