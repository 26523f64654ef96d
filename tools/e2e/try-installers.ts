import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acmeFiles } from './acme-files';
import type { BuildBy } from './acme-files';
import { availabilityOf } from './installers';
import type { Installer } from './installers';
import { LocalRegistry } from './local-registry';
import { runCommand } from './nx-command';
import type { Environment, Result } from './nx-command';
import { versionOf } from './nx-installation';
import { packedTarballs } from './packed-tarballs';

const wanted = process.env['VERIFY_E2E_INSTALLERS']?.split(',');

/** The tests of the installation with some package managers, which install from one registry. */
export function tryInstallers(installers: readonly Installer[]): void {
  let registry: LocalRegistry;
  beforeAll(async () => (registry = await LocalRegistry.start()));
  afterAll(() => registry.stop());
  for (const installer of installers)
    if (!wanted || wanted.includes(installer.id)) tryInstaller(installer, () => registry.url);
}

function tryInstaller(installer: Installer, url: () => string): void {
  const available = availabilityOf(installer);
  describe(`installing with ${installer.id}`, () => {
    if ('reason' in available) {
      console.warn(
        `\nSKIPPED: nothing was installed with ${installer.id}. It does not run here: ${available.reason}\n`,
      );
      it.skip('is not available here', () => {});
      return;
    }
    let root: string;
    // The second installation finds the downloads of the first one.
    const cache = mkdtempSync(join(tmpdir(), 'verify-exports-cache-'));
    afterEach(() => rmSync(root, { recursive: true, force: true }));
    afterAll(() => rmSync(cache, { recursive: true, force: true }));

    it('adds the plugin from a registry, sets it up, and checks', () => {
      const workspace = new Installed(installer, { ...available.env, ...cachesIn(cache) }, url(), 'script');
      root = workspace.root;
      workspace.install();
      const added = workspace.nx('add', '@verify-exports/nx');
      expect(added.status, added.output).toBe(0);
      expect(added.output).toMatch(/^.*nx run-many -t verify-exports$/m);
      workspace.expectChecks();
    });

    it('installs the tarballs by the documented recipe', () => {
      const workspace = new Installed(installer, { ...available.env, ...cachesIn(cache) }, url(), 'command');
      root = workspace.root;
      const { engine, nx } = packedTarballs();
      mkdirSync(join(root, 'tarballs'));
      for (const tarball of [engine, nx]) cpSync(tarball, join(root, 'tarballs', basename(tarball)));
      workspace.merge(recipe());
      workspace.install();
      const set = workspace.nx('g', '@verify-exports/nx:init', '--no-interactive');
      expect(set.status, set.output).toBe(0);
      workspace.expectChecks();
    });
  });
}

/** Nothing that these tests install may stay in the developer's caches. */
function cachesIn(folder: string): Environment {
  return {
    npm_config_cache: join(folder, 'npm'),
    npm_config_store_dir: join(folder, 'pnpm'),
    YARN_CACHE_FOLDER: join(folder, 'yarn'),
    YARN_ENABLE_GLOBAL_CACHE: 'false',
    // Without this, yarn mirrors packages in a folder of the user, by name and version.
    YARN_GLOBAL_FOLDER: join(folder, 'yarn-global'),
    BUN_INSTALL_CACHE_DIR: join(folder, 'bun'),
  };
}

/** The fields of package.json in the documentation, with the versions of the packed packages. */
function recipe(): Readonly<Record<string, object>> {
  const page = readFileSync(join(import.meta.dirname, '../../packages/nx/docs/compatibility.md'), 'utf8');
  const [, block] = /^```json\n(\{\n {2}"devDependencies"[^]*?)^```$/m.exec(page)!;
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../packages/nx/package.json'), 'utf8'),
  ) as { version: string };
  const { engine } = packedTarballs();
  expect(basename(engine)).toBe(`verify-exports-engine-${version}.tgz`);
  return JSON.parse(block!.replaceAll('<version>', version)) as Record<string, object>;
}

/** A workspace that a package manager installs. */
class Installed {
  readonly root = mkdtempSync(join(tmpdir(), 'verify-exports-install-'));
  readonly #installer: Installer;
  readonly #env: Environment;

  constructor(installer: Installer, env: Environment, url: string, by: BuildBy) {
    this.#installer = installer;
    this.#env = {
      ...env,
      npm_config_registry: url,
      NPM_CONFIG_REGISTRY: url,
      YARN_REGISTRY: url,
    };
    const manifest = {
      name: 'acme',
      version: '0.0.0',
      private: true,
      ...(installer.command !== 'pnpm' && { workspaces: ['packages/*'] }),
      devDependencies: { nx: versionOf(24) },
    };
    const files = Object.entries(acmeFiles(by)).map(([file, text]) => [
      file,
      text.replace('"@acme/monitoring": "^1.0.0"', `"@acme/monitoring": "${installer.workspaceVersion}"`),
    ]);
    this.#write({
      ...(Object.fromEntries(files) as Record<string, string>),
      ...installer.files?.(url),
      '.npmrc': `registry=${url}/\n`,
      'package.json': JSON.stringify(manifest, null, 2),
      'nx.json': '{ "analytics": false, "cacheDirectory": ".cache/nx" }\n',
      '.gitignore': 'node_modules\ndist\n.nx\n.cache\n.yarn\n',
    });
  }

  /** Adds fields to package.json. */
  merge(fields: Readonly<Record<string, object>>): void {
    const manifest = JSON.parse(this.read('package.json')) as Record<string, object>;
    for (const [field, value] of Object.entries(fields)) manifest[field] = { ...manifest[field], ...value };
    this.#write({ 'package.json': JSON.stringify(manifest, null, 2) });
  }

  install(): void {
    const { command, install } = this.#installer;
    const result = this.#run([command, ...install]);
    expect(result.status, result.output).toBe(0);
  }

  nx(...args: readonly string[]): Result {
    return this.#run([...this.#installer.run, 'nx', ...args]);
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** The plugin is registered, builds and checks, and writes its reports. */
  expectChecks(): void {
    expect(JSON.parse(this.read('nx.json'))).toMatchObject({ plugins: [{ plugin: '@verify-exports/nx' }] });
    expect(this.read('.gitignore')).toContain('.verify-exports\n');
    const checked = this.nx('run-many', '-t', 'verify-exports');
    expect(checked.status, checked.output).toBe(0);
    expect(checked.output).toMatch(/Successfully ran target verify-exports for 3 projects and 3 tasks/);
    expect(readdirSync(join(this.root, '.verify-exports/packages')).sort()).toEqual([
      'gateway',
      'logging',
      'monitoring',
    ]);
    expect(existsSync(join(this.root, '.verify-exports/packages/gateway/.gitignore'))).toBe(true);
  }

  #write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text);
    }
  }

  #run([command, ...args]: readonly string[]): Result {
    return runCommand(this.root, command!, args, this.#env);
  }
}
