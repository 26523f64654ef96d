import type { Tree } from '@nx/devkit';

/** What a CI file needs to know about a package manager. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  /** The command that installs exactly the versions of the lock file. */
  readonly install: string;
  /** The prefix that runs an installed command. */
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

/** The package manager of a workspace, by its lock file; npm if there is none. */
export function packageManagerOf(tree: Tree): PackageManager {
  const found = OTHERS.find(({ lockFile }) => tree.exists(lockFile));
  // Yarn 1 has another flag than --immutable. The head of its lock file identifies it.
  const isYarn1 =
    found?.name === 'yarn' && (tree.read('yarn.lock', 'utf-8') ?? '').includes('yarn lockfile v1');
  return isYarn1 ? { ...found, install: 'yarn install --frozen-lockfile' } : (found ?? NPM);
}
