import type { Tree } from '@nx/devkit';

/** What of a package manager a CI file needs to know. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  /** Installs exactly what the lock file says. */
  readonly install: string;
  /** Runs an installed command. */
  readonly exec: string;
  readonly lockFile: string;
}

const NPM: PackageManager = { name: 'npm', install: 'npm ci', exec: 'npx', lockFile: 'package-lock.json' };

const OTHERS: readonly PackageManager[] = [
  { name: 'pnpm', install: 'pnpm install --frozen-lockfile', exec: 'pnpm exec', lockFile: 'pnpm-lock.yaml' },
  { name: 'yarn', install: 'yarn install --immutable', exec: 'yarn', lockFile: 'yarn.lock' },
  { name: 'bun', install: 'bun install --frozen-lockfile', exec: 'bunx', lockFile: 'bun.lock' },
  { name: 'bun', install: 'bun install --frozen-lockfile', exec: 'bunx', lockFile: 'bun.lockb' },
];

/** The package manager of a workspace, by its lock file; npm where there is none. */
export function packageManagerOf(tree: Tree): PackageManager {
  const found = OTHERS.find(({ lockFile }) => tree.exists(lockFile));
  // Yarn 1, told by its lock file's head, knows --immutable by another name.
  const isYarn1 =
    found?.name === 'yarn' && (tree.read('yarn.lock', 'utf-8') ?? '').includes('yarn lockfile v1');
  return isYarn1 ? { ...found, install: 'yarn install --frozen-lockfile' } : (found ?? NPM);
}
