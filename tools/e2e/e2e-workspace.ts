import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { runCommand, runNx } from './nx-command';
import type { Environment, Result } from './nx-command';
import { installationOf, linkPackages } from './nx-installation';
import type { Major } from './nx-installation';

export type Files = Readonly<Record<string, string>>;

/** Makes Nx load plugins into its own process, which saves up to half of the time of a command. */
const ONE_PROCESS: Environment = { NX_ISOLATE_PLUGINS: 'false' };

/** Makes Nx start a process for each plugin, as it does for users. */
export const ISOLATED_PLUGINS: Environment = { NX_ISOLATE_PLUGINS: 'true' };

/** A workspace on disk, outside this repository, with its own Nx, its own cache and the packed plugin. */
export class E2eWorkspace {
  readonly root: string;
  readonly #env: Environment;

  /** @param env for every Nx command */
  constructor(major: Major, files: Files, env: Environment = {}) {
    this.#env = { ...ONE_PROCESS, ...env };
    this.root = mkdtempSync(join(tmpdir(), 'verify-exports-ws-'));
    const installation = installationOf(major);
    for (const file of ['nx.json', '.gitignore'])
      cpSync(join(installation.root, file), join(this.root, file));
    linkPackages(join(installation.root, 'node_modules'), join(this.root, 'node_modules'));
    this.write(files);
  }

  /** Writes files and links their packages into node_modules, like a package manager. */
  write(files: Files): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text);
      const name = /^packages\/[^/]+\/package\.json$/.test(file)
        ? /"name": *"([^"]+)"/.exec(text)?.[1]
        : undefined;
      if (name !== undefined) this.#link(name, dirname(file));
    }
  }

  /** Replaces text in a file. @throws Error if the file does not contain it, because an edit without effect proves nothing */
  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
    this.write({ [file]: text.replace(from, to) });
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  exists(file: string): boolean {
    return existsSync(join(this.root, file));
  }

  remove(file: string): void {
    rmSync(join(this.root, file), { recursive: true, force: true });
  }

  nx(...args: readonly string[]): Result {
    return this.nxWith({}, ...args);
  }

  nxWith(env: Environment, ...args: readonly string[]): Result {
    return runNx(this.root, args, { ...this.#env, ...env });
  }

  commit(): void {
    if (!this.exists('.git')) this.git('init', '-q');
    this.git('add', '-A');
    this.git('-c', 'user.name=e2e', '-c', 'user.email=e2e@example.com', 'commit', '-q', '-m', 'state');
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** @returns what git printed. @throws Error if it fails */
  git(...args: readonly string[]): string {
    const { status, output } = runCommand(this.root, 'git', args);
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${output}`);
    return output;
  }

  #link(name: string, folder: string): void {
    const link = join(this.root, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true, recursive: true });
    // Relative, so that the links in a copy of the workspace point to its own packages.
    symlinkSync(relative(dirname(link), join(this.root, folder)), link);
  }
}
