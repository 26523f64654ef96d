import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runCommand } from './nx-command';
import type { Environment, Result } from './nx-command';
import type { Major } from './nx-installation';
import { managersEnvironment, writePnpmSettings } from './package-managers';
import { packedTarballs } from './packed-tarballs';
import { replaceIn } from './replace-in';

/** The newest version of each major for which create-nx-workspace and all plugins here are published. There is none for 24. */
const VERSIONS: Partial<Record<Major, string>> = { 20: '20.8.4', 21: '21.6.11', 22: '22.7.12', 23: '23.2.1' };

export const GENERATED_MAJORS = Object.keys(VERSIONS).map(Number) as readonly Major[];

export interface WorkspacePlan {
  readonly preset: string;
  readonly packageManager?: 'npm' | 'pnpm';
  /** More answers for the preset. */
  readonly answers?: readonly string[];
}

/** A workspace of `create-nx-workspace`, in which the generators of Nx run. */
export class GeneratedWorkspace {
  readonly root: string;
  readonly #version: string;
  readonly #env: Environment;
  readonly #packageManager: 'npm' | 'pnpm';

  /** @throws Error with its output if create-nx-workspace fails */
  constructor(major: Major, root: string, { preset, packageManager = 'npm', answers = [] }: WorkspacePlan) {
    this.root = root;
    this.#version = VERSIONS[major]!;
    this.#packageManager = packageManager;
    // Every generator installs its packages. npm uses its cache without a check.
    const offline = { npm_config_prefer_offline: 'true' };
    this.#env = packageManager === 'pnpm' ? { ...offline, ...managersEnvironment() } : offline;
    rmSync(root, { recursive: true, force: true });
    const create = `create-nx-workspace@${this.#version}`;
    const fixed = [`--pm=${packageManager}`, '--nxCloud=skip', '--interactive=false', '--skipGit'];
    const args = ['--yes', create, basename(root), `--preset=${preset}`, ...answers, ...fixed];
    demand(runCommand(dirname(root), 'npx', args, this.#env), create);
    // Otherwise pnpm fails in each generator that adds a package with a build script.
    if (packageManager === 'pnpm') writePnpmSettings(root);
  }

  nx(...args: readonly string[]): Result {
    return runCommand(this.root, join(this.root, 'node_modules/.bin/nx'), args, this.#env);
  }

  /** Adds a plugin of Nx itself. */
  add(plugin: string): void {
    demand(this.nx('add', `${plugin}@${this.#version}`), plugin);
  }

  /** Runs a generator, without tests, lint rules and questions. */
  generate(generator: string, ...options: readonly string[]): void {
    const fixed = ['--unitTestRunner=none', '--linter=none', '--no-interactive'];
    demand(this.nx('g', generator, ...options, ...fixed), `${generator} ${options.join(' ')}`);
  }

  library(folder: string, bundler: string): void {
    const name = basename(folder);
    this.generate(
      '@nx/js:lib',
      folder,
      `--name=${name}`,
      `--importPath=@acme/${name}`,
      `--bundler=${bundler}`,
    );
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text);
    }
  }

  replace(file: string, from: string, to: string): void {
    replaceIn(join(this.root, file), from, to);
  }

  remove(file: string): void {
    rmSync(join(this.root, file), { recursive: true, force: true });
  }

  /** Sets properties of nx.json. */
  configure(properties: object): void {
    const file = join(this.root, 'nx.json');
    const nxJson = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...nxJson, ...properties }, null, 2));
  }

  /**
   * Installs the dependencies of the manifests and the packed packages, and registers the plugin.
   *
   * @param others packages to install along
   */
  addProduct(...others: readonly string[]): void {
    const { engine, nx } = packedTarballs();
    const tarballs = [`file:${engine}`, `file:${nx}`];
    const args =
      this.#packageManager === 'pnpm' ? ['add', '--workspace-root', '--save-dev'] : ['install', '--save-dev'];
    const command = [...args, ...tarballs, ...others];
    demand(runCommand(this.root, this.#packageManager, command, this.#env), command.join(' '));
    demand(this.nx('g', '@verify-exports/nx:init'), 'init');
    // Without a terminal Nx does not build if references are missing. If nothing needs a sync, it prints that.
    this.nx('sync');
  }
}

function demand(result: Result, what: string): Result {
  if (result.status !== 0) throw new Error(`${what}:\n${result.output}`);
  return result;
}
