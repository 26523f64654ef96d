import { E2eWorkspace } from './e2e-workspace';
import type { Files } from './e2e-workspace';
import type { Major } from './nx-installation';
import { WarmWorkspace } from './warm-workspace';

interface PackageSpec {
  readonly dependencies?: readonly string[];
  readonly exports?: Readonly<Record<string, string>>;
  /** Default: a build that waits for the builds of its dependencies. */
  readonly build?: 'alone' | 'none';
  /** Texts of its sources by file name. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Copies src to dist: these tests need no other build. */
const BUILD = `import { cpSync, rmSync } from 'node:fs';
const root = process.argv[2];
rmSync(root + '/dist', { recursive: true, force: true });
cpSync(root + '/src', root + '/dist', { recursive: true });
`;

/** By folder name; each package is `@acme/<folder>`. Each way in which a result can depend on another package occurs once. */
const PACKAGES: Readonly<Record<string, PackageSpec>> = {
  // A chain: app → gateway → monitoring → core, with a name that goes through `export *`.
  core: { sources: { 'index.js': `export const id = () => 1;\nexport const tag = () => 2;\n` } },
  monitoring: {
    dependencies: ['core'],
    exports: { '.': './dist/index.js', './extra': './dist/extra.js' },
    sources: {
      'index.js': `export { reportError } from './errors.js';\nexport { startTimer } from './timers.js';\nexport * from '@acme/core';\n`,
      'errors.js': `export function reportError(error) {\n  console.error(error);\n}\n`,
      'timers.js': `export function startTimer() {\n  return Date.now();\n}\n`,
      'extra.js': `export const extra = 1;\n`,
    },
  },
  gateway: {
    dependencies: ['monitoring'],
    sources: {
      'index.js': `import { id, reportError, startTimer } from '@acme/monitoring';\nimport { extra } from '@acme/monitoring/extra';\nimport { deep, log } from '@acme/logging';\nexport const handle = () => [id, reportError, startTimer, extra, deep, log];\n`,
    },
  },
  app: {
    dependencies: ['gateway'],
    sources: {
      'index.js': `import { handle } from '@acme/gateway';\nimport { soon } from '@acme/later';\nexport const run = () => handle(soon);\n`,
    },
  },
  // gateway imports logging without declaring it. The imported name comes from a third package.
  depths: { sources: { 'index.js': `export const deep = 1;\nexport const deeper = 2;\n` } },
  logging: {
    dependencies: ['depths'],
    sources: { 'index.js': `export * from '@acme/depths';\nexport const log = () => 1;\n` },
  },
  // Two packages that declare each other: their builds cannot wait for each other.
  ping: {
    dependencies: ['pong'],
    build: 'alone',
    sources: { 'index.js': `import { pong } from '@acme/pong';\nexport const ping = () => pong;\n` },
  },
  pong: {
    dependencies: ['ping'],
    build: 'alone',
    sources: { 'index.js': `import { ping } from '@acme/ping';\nexport const pong = () => ping;\n` },
  },
  // No build waits for another, so `^build` reaches only direct dependencies.
  flat1: {
    dependencies: ['flat2'],
    build: 'alone',
    sources: { 'index.js': `import { ground } from '@acme/flat2';\nexport const one = () => ground;\n` },
  },
  flat2: {
    dependencies: ['flat3'],
    build: 'alone',
    sources: { 'index.js': `export * from '@acme/flat3';\n` },
  },
  flat3: { build: 'alone', sources: { 'index.js': `export const ground = 0;\nexport const cellar = -1;\n` } },
  // hub declares loop; loop imports hub without declaring it.
  hub: {
    dependencies: ['loop'],
    sources: {
      'index.js': `import { turn } from '@acme/loop';\nexport const axle = () => turn;\nexport const spoke = 1;\n`,
    },
  },
  loop: {
    sources: { 'index.js': `import { axle } from '@acme/hub';\nexport const turn = () => axle;\n` },
  },
  // The same over a longer path: top → mid → low, low imports top, and the imported name comes from peak.
  peak: { sources: { 'index.js': `export const snow = 1;\nexport const ice = 2;\n` } },
  top: {
    dependencies: ['mid', 'peak'],
    sources: {
      'index.js': `import { middle } from '@acme/mid';\nexport * from '@acme/peak';\nexport const high = () => middle;\n`,
    },
  },
  mid: {
    dependencies: ['low'],
    sources: { 'index.js': `import { valley } from '@acme/low';\nexport const middle = () => valley;\n` },
  },
  low: { sources: { 'index.js': `import { snow } from '@acme/top';\nexport const valley = () => snow;\n` } },
  // Imported from its sources: there is no build.
  raw: {
    build: 'none',
    exports: { '.': './src/index.js' },
    sources: {
      'index.js': `export * from './grain.js';\n`,
      'grain.js': `export const grain = 1;\n`,
    },
  },
  reader: {
    dependencies: ['raw'],
    sources: { 'index.js': `import { grain } from '@acme/raw';\nexport const read = () => grain;\n` },
  },
  // Independent: its result is replayed after every change of other packages.
  island: { sources: { 'index.js': `export const alone = 1;\n` } },
};

export function packageFiles(name: string, spec: PackageSpec): Files {
  const { dependencies = [], exports = { '.': './dist/index.js' }, build, sources } = spec;
  const manifest = {
    name: `@acme/${name}`,
    version: '1.0.0',
    type: 'module',
    exports,
    dependencies: Object.fromEntries(dependencies.map((other) => [`@acme/${other}`, '^1.0.0'])),
    nx: { targets: build === 'none' ? {} : { build: buildOf(name, build) } },
  };
  return {
    [`packages/${name}/package.json`]: json(manifest),
    ...Object.fromEntries(
      Object.entries(sources).map(([file, text]) => [`packages/${name}/src/${file}`, text]),
    ),
  };
}

function buildOf(name: string, build?: PackageSpec['build']): object {
  return {
    command: `node build.mjs packages/${name}`,
    outputs: ['{projectRoot}/dist'],
    cache: true,
    ...(build !== 'alone' && { dependsOn: ['^build'] }),
  };
}

/** A healthy workspace (see PACKAGES) with all results in the cache. */
export function matrixWorkspace(major: Major): WarmWorkspace {
  const workspace = new E2eWorkspace(major, matrixFiles());
  const nxJson = JSON.parse(workspace.read('nx.json').replace(/^\s*\/\/.*$/m, '')) as object;
  const targetDefaults = { 'verify-exports': { options: BASE_OPTIONS } };
  workspace.write({ 'nx.json': json({ ...nxJson, targetDefaults }) });
  return new WarmWorkspace(workspace);
}

/** A package that depends on files outside its folder: the workspace's manifest, and a configuration that the root's tsconfig extends. */
const GOVERNED: Files = {
  // It imports a package that the workspace's root declares, and all rules are on for it.
  'packages/guest/package.json': json({
    name: '@acme/guest',
    version: '1.0.0',
    private: true,
    type: 'module',
    exports: { '.': './dist/index.js' },
    nx: { targets: { build: buildOf('guest'), 'verify-exports': { options: { rules: {} } } } },
  }),
  'packages/guest/src/index.js': `import { deep } from '@acme/depths';\nexport const guest = () => deep;\n`,
  // Two projects without manifests, joined by an alias.
  'packages/plain/project.json': json({ name: 'plain', targets: { build: buildOf('plain') } }),
  'packages/plain/src/one.js': `export const one = 1;\n`,
  'packages/plain/src/two.js': `export const two = 2;\n`,
  'packages/program/project.json': json({ name: 'program', targets: { build: buildOf('program') } }),
  'packages/program/src/main.js': `import { one } from '@plain/one';\nconsole.log(one);\n`,
  'tsconfig.base.json': json({ extends: './config/paths.json' }),
  'config/paths.json': json({
    compilerOptions: { paths: { '@plain/one': ['../packages/plain/src/one.js'] } },
  }),
};

function matrixFiles(): Files {
  const packages = Object.entries(PACKAGES).map(([name, spec]) => packageFiles(name, spec));
  return {
    'package.json': json({
      name: 'acme',
      version: '0.0.0',
      private: true,
      workspaces: ['packages/*'],
      devDependencies: { '@acme/depths': '^1.0.0' },
    }),
    ...GOVERNED,
    'package-lock.json': json(LOCK),
    'README.md': 'A workspace.\n',
    'build.mjs': BUILD,
    ...Object.fromEntries(packages.flatMap((files) => Object.entries(files))),
  };
}

/** Undeclared dependencies have their own findings. These tests check only whether the results of their imports stay correct. */
const BASE_OPTIONS = {
  rules: { 'undeclared-workspace-dependency': 'off', 'undeclared-external': 'off' },
};

const LOCK = {
  name: 'acme',
  version: '0.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'acme', version: '0.0.0', workspaces: ['packages/*'] },
    'node_modules/@verify-exports/nx': { version: '0.1.0', dev: true },
  },
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
