import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runCommand } from './nx-command';
import type { Environment, Result } from './nx-command';

/** A package manager in one of its majors, and how a workspace uses it. */
export interface Installer {
  readonly id: string;
  /** The package of the registry that contains it; absent for npm itself. */
  readonly package?: string;
  /** Another one takes the same way through its code, and is stricter. */
  readonly isLikeAnother?: true;
  readonly command: string;
  readonly install: readonly string[];
  /** The words before `nx`. */
  readonly run: readonly string[];
  readonly workspaceVersion: string;
  /** Files of the workspace, for a registry. */
  readonly files?: (registry: string) => Readonly<Record<string, string>>;
}

const PNPM_FILES = () => ({
  // Nx itself has an install script.
  'pnpm-workspace.yaml':
    'packages:\n  - packages/*\nallowBuilds:\n  nx: true\nonlyBuiltDependencies:\n  - nx\n',
});

function pnpm(major: number): Installer {
  return {
    id: `pnpm ${major}`,
    package: `pnpm@${major}`,
    command: 'pnpm',
    install: ['install', '--no-frozen-lockfile'],
    run: ['pnpm', 'exec'],
    workspaceVersion: 'workspace:*',
    files: PNPM_FILES,
  };
}

export const INSTALLERS: readonly Installer[] = [
  {
    id: 'npm',
    command: 'npm',
    install: ['install'],
    run: ['npx', '--no-install'],
    workspaceVersion: '^1.0.0',
  },
  // pnpm 11 refuses what pnpm 10 only warns of.
  { ...pnpm(10), isLikeAnother: true },
  pnpm(11),
  pnpm(12),
  {
    id: 'yarn 1',
    package: 'yarn@1',
    command: 'yarn',
    install: ['install'],
    run: ['yarn', '--silent'],
    workspaceVersion: '^1.0.0',
    files: () => ({ 'yarn.lock': '# yarn lockfile v1\n' }),
  },
  {
    id: 'yarn 4',
    package: '@yarnpkg/cli-dist@4',
    command: 'yarn',
    install: ['install'],
    run: ['yarn'],
    workspaceVersion: 'workspace:*',
    files: (registry) => ({
      '.yarnrc.yml': [
        'nodeLinker: node-modules',
        'enableTelemetry: false',
        'enableImmutableInstalls: false',
        `npmRegistryServer: "${registry}"`,
        'unsafeHttpWhitelist: ["127.0.0.1"]',
        '',
      ].join('\n'),
      'yarn.lock': '',
    }),
  },
  {
    id: 'bun',
    package: 'bun@1',
    command: 'bun',
    install: ['install'],
    run: ['bun', 'x'],
    workspaceVersion: 'workspace:*',
  },
];

/** What runs a package manager here, or why nothing does. */
export type Availability = { readonly env: Environment } | { readonly reason: string };

/**
 * Installs a package manager from the registry, once for each machine. A package manager that does not run on this Node
 * gets a newer one.
 */
export function availabilityOf({ id, package: wanted, command }: Installer): Availability {
  if (wanted === undefined) return { env: {} };
  const own = binaries(id.replace(' ', '-'), wanted);
  if ('reason' in own) return own;
  const env = withPath(own.folder);
  const tried = runCommand(tmpdir(), command, ['--version'], env);
  if (isVersion(tried)) return { env };
  const node = binaries('node-22', 'node@22');
  if ('reason' in node)
    return { reason: `${wanted} does not run on Node ${process.versions.node}: ${tried.output}` };
  const newer = withPath(own.folder, node.folder);
  const again = runCommand(tmpdir(), command, ['--version'], newer);
  return isVersion(again) ? { env: newer } : { reason: again.output };
}

function isVersion({ status, output }: Result): boolean {
  return status === 0 && /^\d+\.\d+\.\d+/m.test(output);
}

function withPath(...folders: readonly string[]): Environment {
  return { PATH: [...folders, process.env['PATH']].join(delimiter) };
}

function binaries(name: string, wanted: string): { readonly folder: string } | { readonly reason: string } {
  const root = join(tmpdir(), 'verify-exports-e2e', 'installers', name);
  const folder = join(root, 'node_modules', '.bin');
  if (existsSync(folder)) return { folder };
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "private": true }');
  const { status, output } = runCommand(root, 'npm', ['install', wanted]);
  return status === 0 ? { folder } : { reason: output };
}
