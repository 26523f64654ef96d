import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { acmeFiles } from './acme-files';
import { runCommand } from './nx-command';
import type { Environment, Result } from './nx-command';
import { versionOf } from './nx-installation';
import type { Major } from './nx-installation';
import { packedTarballs } from './packed-tarballs';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'yarn-pnp' | 'bun';

interface Manner {
  readonly install: readonly string[];
  /** The words before `nx`. */
  readonly run: readonly string[];
  readonly workspaceVersion: string;
  /** The manifest fields that replace the engine by its tarball for every package. */
  readonly overrides?: 'pnpm-workspace' | 'resolutions' | 'overrides';
  readonly files?: Readonly<Record<string, string>>;
}

const yarnFiles = (linker: string) => ({
  '.yarnrc.yml': `nodeLinker: ${linker}\nenableTelemetry: false\nenableImmutableInstalls: false\n`,
  'yarn.lock': '',
});

const MANNERS: Readonly<Record<PackageManager, Manner>> = {
  npm: { install: ['npm', 'install'], run: ['npx', '--no-install'], workspaceVersion: '^1.0.0' },
  pnpm: {
    install: ['pnpm', 'install', '--no-frozen-lockfile'],
    run: ['pnpm', 'exec'],
    workspaceVersion: 'workspace:*',
    overrides: 'pnpm-workspace',
  },
  yarn: {
    install: ['yarn', 'install'],
    run: ['yarn'],
    workspaceVersion: 'workspace:*',
    overrides: 'resolutions',
    files: yarnFiles('node-modules'),
  },
  'yarn-pnp': {
    install: ['yarn', 'install'],
    run: ['yarn'],
    workspaceVersion: 'workspace:*',
    overrides: 'resolutions',
    files: yarnFiles('pnp'),
  },
  bun: {
    install: ['bun', 'install'],
    run: ['bun', 'x'],
    workspaceVersion: 'workspace:*',
    overrides: 'overrides',
  },
};

/** A workspace that one package manager installs. */
export class ManagedWorkspace {
  readonly #manner: Manner;
  readonly #root: string;
  readonly #env: Environment;

  /** @throws Error if the installation fails */
  constructor(manager: PackageManager, major: Major, root: string) {
    this.#manner = MANNERS[manager];
    this.#root = root;
    const bin = manager === 'bun' && major < 23 ? olderBun() : managersFolder();
    this.#env = { ...environmentWith(bin), ...registryForYarn() };
    for (const [file, text] of Object.entries(this.#files(manager, major))) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const installed = this.#run(this.#manner.install);
    if (installed.status !== 0) throw new Error(`${this.#manner.install.join(' ')}:\n${installed.output}`);
  }

  nx(...args: readonly string[]): Result {
    return this.#run([...this.#manner.run, 'nx', ...args]);
  }

  #run([command, ...args]: readonly string[]): Result {
    return runCommand(this.#root, command!, args, this.#env);
  }

  #files(manager: PackageManager, major: Major): Readonly<Record<string, string>> {
    const { engine, nx } = packedTarballs();
    const { workspaceVersion, overrides, files } = this.#manner;
    const engineEverywhere = { '@verify-exports/engine': `file:${engine}` };
    const rootManifest = {
      name: 'acme',
      version: '0.0.0',
      private: true,
      ...(manager !== 'pnpm' && { workspaces: ['packages/*'] }),
      devDependencies: { nx: versionOf(major), '@verify-exports/nx': `file:${nx}`, ...engineEverywhere },
      ...(overrides === 'resolutions' && { resolutions: { ...engineEverywhere, ...otherPlatforms() } }),
      ...(overrides === 'overrides' && { overrides: engineEverywhere }),
    };
    const acme = Object.entries(acmeFiles('script')).map(([file, text]) => [
      file,
      text.replace('"@acme/monitoring": "^1.0.0"', `"@acme/monitoring": "${workspaceVersion}"`),
    ]);
    return {
      ...Object.fromEntries(acme),
      ...files,
      ...(overrides === 'resolutions' && {
        'absent/package.json': '{ "name": "absent", "version": "0.0.0" }',
      }),
      ...(manager === 'pnpm' && { 'pnpm-workspace.yaml': pnpmWorkspace(engine) }),
      'package.json': JSON.stringify(rootManifest, null, 2),
      'nx.json': '{ "analytics": false, "cacheDirectory": ".cache/nx", "plugins": ["@verify-exports/nx"] }\n',
      '.gitignore': 'node_modules\ndist\n.nx\n.cache\n.verify-exports\n.yarn\n.pnp.*\n',
    };
  }
}

function pnpmWorkspace(engine: string): string {
  return `packages:\n  - packages/*\n${pnpmSettings(engine)}`;
}

function pnpmSettings(engine: string): string {
  return `overrides:\n  '@verify-exports/engine': file:${engine}\nstrictDepBuilds: false\n`;
}

/** Makes pnpm use the engine's tarball for every package, and skip build scripts. */
export function writePnpmSettings(root: string): void {
  appendFileSync(join(root, 'pnpm-workspace.yaml'), `\n${pnpmSettings(packedTarballs().engine)}`);
}

/** The environment in which pnpm, yarn and bun run by their names. */
export function managersEnvironment(): Environment {
  return environmentWith(managersFolder());
}

function environmentWith(bin: string): Environment {
  return { PATH: `${bin}${delimiter}${process.env['PATH']}` };
}

/** Installs the package managers themselves, once for each machine. */
function managersFolder(): string {
  return binariesOf('managers', ['pnpm', '@yarnpkg/cli-dist', 'bun']);
}

/** Nx before 23 fails with "Unsupported lockfile version 2" for the lock file of bun 1.4 and later. */
function olderBun(): string {
  return binariesOf('bun-1.3', ['bun@~1.3.0']);
}

function binariesOf(name: string, packages: readonly string[]): string {
  const folder = join(tmpdir(), 'verify-exports-e2e', name);
  const bin = join(folder, 'node_modules', '.bin');
  if (existsSync(join(bin, 'bun'))) return bin;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const { status, output } = runCommand(folder, 'npm', ['install', ...packages]);
  if (status !== 0) throw new Error(output);
  return bin;
}

/** Yarn does not read npm's settings. */
function registryForYarn(): Environment {
  const { output } = runCommand(tmpdir(), 'npm', ['config', 'get', 'registry']);
  const registry = /^https?:\S+$/m.exec(output)?.[0];
  return registry === undefined ? {} : { YARN_NPM_REGISTRY_SERVER: registry };
}

/** Yarn resolves the binaries of every platform, and not every registry has them all. */
function otherPlatforms(): Readonly<Record<string, string>> {
  const modules = join(import.meta.dirname, '../../node_modules');
  const optional = ['nx', 'oxc-parser', 'oxc-resolver'].flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as {
      optionalDependencies?: Record<string, string>;
    };
    return Object.keys(manifest.optionalDependencies ?? {});
  });
  const others = optional.filter((name) => !existsSync(join(modules, name)));
  return Object.fromEntries(others.map((name) => [name, 'portal:./absent']));
}
