import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acmeFiles, REPORTS } from './acme-files';
import { E2eWorkspace } from './e2e-workspace';
import { availabilityOf, INSTALLERS } from './installers';
import type { Installer } from './installers';
import { LocalRegistry } from './local-registry';
import { environment, runCommand } from './nx-command';
import type { Environment, Result } from './nx-command';

const page = readFileSync(join(import.meta.dirname, '../../packages/engine/docs/without-nx.md'), 'utf8');
const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../packages/engine/package.json'), 'utf8'),
) as { version: string };

/** What the command prints first in a workspace in which one name is missing. */
const FIRST_SCREEN = `packages/gateway/src/index.js:1:23 - error VE201 missing-export
  "startTimer" is imported from "@acme/monitoring", but its built entry point does not export it.
    entry    packages/monitoring/package.json:6:10   "." → dist/index.js
    exports  reportError
    declared packages/monitoring/src/timers.js:1:17
    fix      add \`export { startTimer } from './timers.js';\` to packages/monitoring/src/index.js

✖ 3 projects: 1 error; 4 imports checked: 2 ok, 2 broken
`;

let registry: LocalRegistry;
beforeAll(async () => (registry = await LocalRegistry.start()));
afterAll(() => registry.stop());

const WANTED = ['npm', 'pnpm 11', 'yarn 4', 'bun'];

for (const installer of INSTALLERS.filter(({ id }) => WANTED.includes(id))) {
  const available = availabilityOf(installer);
  describe(`the command line, installed with ${installer.id} and without Nx`, () => {
    if ('reason' in available) {
      console.warn(`\nSKIPPED: ${installer.id} does not run here: ${available.reason}\n`);
      it.skip('is not available here', () => {});
      return;
    }
    let workspace: PlainWorkspace;
    afterEach(() => workspace.dispose());

    it('finds the packages, prints what is broken, and passes after the fix', async () => {
      workspace = new PlainWorkspace(installer, available.env, registry.url);
      workspace.install();
      workspace.build();
      const first = await workspace.firstFinding();
      console.log(`${installer.id}: ${first.milliseconds} ms to the first finding`);
      expect(first.output).toBe(FIRST_SCREEN);
      expect(first.status).toBe(1);

      workspace.write({
        'packages/monitoring/src/index.js': acmeFiles()['packages/monitoring/src/index.js']!,
      });
      workspace.build();
      const passed = workspace.run('verify-exports');
      expect(passed.output.trim()).toBe('✔ 3 projects: 4 imports checked: 4 ok');
      expect(passed.status).toBe(0);
    });
  });
}

describe('the recipes for workspaces without Nx', () => {
  let workspace: PlainWorkspace;
  afterEach(() => workspace.dispose());

  it('work as a task of Turborepo, which checks a dependent again when its provider changes', () => {
    const npm = INSTALLERS.find(({ id }) => id === 'npm')!;
    workspace = new PlainWorkspace(npm, {}, registry.url, { turbo: '^2.0.0' });
    const [turbo] = blocks('json').filter((block) => block.includes('"tasks"'));
    for (const name of ['gateway', 'logging', 'monitoring'])
      workspace.merge(`packages/${name}/package.json`, {
        scripts: { 'verify-exports': 'verify-exports check .' },
      });
    workspace.write({
      'turbo.json': turbo!,
      '.gitignore': 'node_modules\ndist\n.turbo\n.cache\n',
      'packages/monitoring/src/index.js': acmeFiles()['packages/monitoring/src/index.js']!,
    });
    workspace.merge('package.json', { packageManager: `npm@${npmVersion()}` });
    workspace.install();
    const turboRun = (): Result => workspace.run('turbo', 'run', 'verify-exports', '--output-logs=new-only');
    const passed = turboRun();
    expect(passed.status, passed.output).toBe(0);
    const replayed = turboRun();
    expect(replayed.output).toMatch(/FULL TURBO/);
    workspace.write({ 'packages/monitoring/src/index.js': "export { reportError } from './errors.js';\n" });
    const failed = turboRun();
    expect(failed.status).toBe(1);
    expect(failed.output).toContain('error VE201 missing-export');
  });

  it('work as scripts of pnpm', () => {
    const pnpm = INSTALLERS.find(({ id }) => id === 'pnpm 11')!;
    const available = availabilityOf(pnpm);
    if ('reason' in available) throw new Error(available.reason);
    workspace = new PlainWorkspace(pnpm, available.env, registry.url);
    const [scripts] = blocks('json').filter((block) => block.includes('"scripts"'));
    workspace.merge('package.json', JSON.parse(scripts!) as Record<string, object>);
    workspace.install();
    const steps = [...blocks('yaml')[0]!.matchAll(/^- run: pnpm (run .*)$/gm)].map(([, step]) =>
      step!.split(' '),
    );
    expect(steps).toHaveLength(2);
    const [built, checked] = steps.map((step) => workspace.command('pnpm', ...step));
    expect(built!.status, built!.output).toBe(0);
    expect(checked!.status).toBe(1);
    expect(checked!.output).toContain('::error file=packages/gateway/');
    expect(workspace.read('export-map.html')).toContain('<title>Export map</title>');
  });
});

describe('the command line in a workspace with the plugin', () => {
  it('writes the same reports as the tasks', () => {
    const workspace = new E2eWorkspace(24, acmeFiles());
    workspace.edit('packages/monitoring/src/index.js', 'export { startTimer', '// export { startTimer');
    const ran = workspace.nx('run-many', '-t', 'verify-exports');
    expect(ran.status).toBe(1);
    const reports = REPORTS.map((file) => workspace.read(file));
    rmSync(join(workspace.root, '.verify-exports'), { recursive: true });
    const bin = join(workspace.root, 'node_modules/.bin/verify-exports');
    const checked = runCommand(workspace.root, bin, ['check', '--write-reports']);
    expect(checked.status, checked.output).toBe(1);
    expect(REPORTS.map((file) => workspace.read(file))).toEqual(reports);
    workspace.dispose();
  });
});

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, block]) => block!,
  );
}

function npmVersion(): string {
  return runCommand(tmpdir(), 'npm', ['--version']).output.trim();
}

/** A workspace without Nx. Its package `monitoring` lost a name. */
class PlainWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), 'verify-exports-cli-'));
  readonly #installer: Installer;
  readonly #env: Environment;

  constructor(
    installer: Installer,
    env: Environment,
    url: string,
    dependencies: Readonly<Record<string, string>> = {},
  ) {
    this.#installer = installer;
    this.#env = {
      ...env,
      npm_config_registry: url,
      NPM_CONFIG_REGISTRY: url,
      YARN_REGISTRY: url,
      // Nothing that this test installs may stay in the developer's caches.
      npm_config_cache: join(this.root, '.cache/npm'),
      // npm warns about a setting of pnpm.
      ...(installer.command === 'pnpm' && { npm_config_store_dir: join(this.root, '.cache/pnpm') }),
      YARN_CACHE_FOLDER: join(this.root, '.cache/yarn'),
      YARN_ENABLE_GLOBAL_CACHE: 'false',
      YARN_GLOBAL_FOLDER: join(this.root, '.cache/yarn-global'),
      BUN_INSTALL_CACHE_DIR: join(this.root, '.cache/bun'),
      TURBO_TELEMETRY_DISABLED: '1',
    };
    const manifest = {
      name: 'acme',
      version: '0.0.0',
      private: true,
      ...(installer.command !== 'pnpm' && { workspaces: ['packages/*'] }),
      devDependencies: { '@verify-exports/engine': version, ...dependencies },
    };
    const files = Object.entries(acmeFiles('script')).map(([file, text]) => [
      file,
      text.replace('"@acme/monitoring": "^1.0.0"', `"@acme/monitoring": "${installer.workspaceVersion}"`),
    ]);
    this.write({
      ...(Object.fromEntries(files) as Record<string, string>),
      ...installer.files?.(url),
      'packages/monitoring/src/index.js': "export { reportError } from './errors.js';\n",
      '.npmrc': `registry=${url}/\n`,
      'package.json': JSON.stringify(manifest, null, 2),
    });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text);
    }
  }

  /** Adds fields to a manifest. */
  merge(file: string, fields: Readonly<Record<string, object | string>>): void {
    const manifest = JSON.parse(this.read(file)) as Record<string, object | string>;
    for (const [field, value] of Object.entries(fields)) {
      const own = manifest[field];
      manifest[field] = typeof own === 'object' && typeof value === 'object' ? { ...own, ...value } : value;
    }
    this.write({ [file]: JSON.stringify(manifest, null, 2) });
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  install(): void {
    const { command, install } = this.#installer;
    const result = this.command(command, ...install);
    expect(result.status, result.output).toBe(0);
  }

  build(): void {
    for (const name of ['gateway', 'logging', 'monitoring']) {
      const folder = join(this.root, 'packages', name);
      expect(runCommand(folder, process.execPath, ['../../build.mjs']).status).toBe(0);
    }
  }

  run(...args: readonly string[]): Result {
    const [command, ...words] = [...this.#installer.run, ...args];
    return this.command(command!, ...words);
  }

  command(command: string, ...args: readonly string[]): Result {
    return runCommand(this.root, command, args, this.#env);
  }

  /** Runs the command, and measures the time until it prints something. */
  async firstFinding(): Promise<Result & { readonly milliseconds: number }> {
    const [command, ...words] = [...this.#installer.run, 'verify-exports'];
    const start = performance.now();
    const child = spawn(command!, words, { cwd: this.root, env: { ...environment(), ...this.#env } });
    let output = '';
    let milliseconds = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      milliseconds ||= Math.round(performance.now() - start);
      output += chunk.toString();
    });
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { status, output, milliseconds };
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
