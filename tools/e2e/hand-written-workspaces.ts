import type { Files } from './e2e-workspace';

export interface HandWritten {
  readonly files: Files;
  /** The break: a replaced text in a file. */
  readonly edit: readonly [file: string, from: string, to: string];
  readonly place: string;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const ROOT = json({ name: 'acme', version: '0.0.0', private: true, workspaces: ['packages/*'] });

/** Copies sources to an output folder, given relative to the workspace root. */
const build = (from: string, to: string, more = '') => ({
  command: `node -e "const fs = require('fs'); fs.cpSync('${from}', '${to}', { recursive: true });${more}"`,
  // What the build writes beside its sources belongs to the output, too.
  outputs: [`{workspaceRoot}/${to.replace(/\/src$/, '')}`],
  cache: true,
  dependsOn: ['^build'],
});

function packageOf(name: string, exports: unknown, more: object = {}): string {
  const targets = { build: build(`packages/${name}/src`, `packages/${name}/dist`) };
  return json({ name: `@acme/${name}`, version: '1.0.0', type: 'module', exports, nx: { targets }, ...more });
}

/** Libraries with tsconfig `paths` and project.json alone; the build writes dist/<root>, manifest included. */
const integrated: HandWritten = {
  files: {
    'package.json': json({ name: 'acme', version: '0.0.0', private: true }),
    'tsconfig.base.json': json({ extends: './config/paths.json' }),
    'config/paths.json': json({
      compilerOptions: {
        paths: { '@acme/ui': ['../libs/ui/src/index.js'], '@acme/data': ['../libs/data/src/index.js'] },
      },
    }),
    ...Object.fromEntries(
      ['ui', 'data'].flatMap((name) => [
        [
          `libs/${name}/project.json`,
          json({
            name,
            sourceRoot: `libs/${name}/src`,
            targets: {
              build: build(
                `libs/${name}/src`,
                `dist/libs/${name}/src`,
                ` fs.cpSync('libs/${name}/manifest.json', 'dist/libs/${name}/package.json');`,
              ),
            },
          }),
        ],
        [
          `libs/${name}/manifest.json`,
          json({
            name: `@acme/${name}`,
            version: '1.0.0',
            type: 'module',
            main: './src/index.js',
            dependencies: name === 'ui' ? { '@acme/data': '^1.0.0' } : {},
          }),
        ],
      ]),
    ),
    'libs/data/src/index.js': `export * from './lib/load.js';\n`,
    'libs/data/src/lib/load.js': `export const load = () => 1;\n`,
    'libs/ui/src/index.js': `import { load } from '@acme/data';\nexport const show = () => load();\n`,
  },
  edit: ['libs/data/src/lib/load.js', 'const load', 'const read'],
  place: 'libs/ui/src/index.js:1:10 - error VE201',
};

/** A project at the root, and one inside it. */
const standalone: HandWritten = {
  files: {
    'package.json': json({
      name: 'shop',
      version: '1.0.0',
      private: true,
      type: 'module',
      workspaces: ['packages/*'],
      exports: { '.': './dist/main.js' },
      dependencies: { '@acme/cart': '^1.0.0' },
      nx: { name: 'shop', targets: { build: build('src', 'dist') } },
    }),
    'src/main.js': `import { add } from '@acme/cart';\nexport const main = () => add();\n`,
    'packages/cart/package.json': packageOf('cart', { '.': './dist/index.js' }),
    'packages/cart/src/index.js': `export const add = () => 1;\n`,
  },
  edit: ['packages/cart/src/index.js', 'const add', 'const put'],
  place: 'src/main.js:1:10 - error VE201',
};

/** Libraries with several entry points, also with a wildcard, and an application. */
const entryPoints: HandWritten = {
  files: {
    'package.json': ROOT.replace('"packages/*"', '"packages/*", "apps/*"'),
    'packages/kit/package.json': packageOf('kit', {
      '.': './dist/index.js',
      './testing': './dist/testing.js',
      './icons/*': './dist/icons/*.js',
    }),
    'packages/kit/src/index.js': `export const kit = 1;\n`,
    'packages/kit/src/testing.js': `export const fake = 1;\n`,
    'packages/kit/src/icons/star.js': `export const star = 1;\n`,
    'apps/site/package.json': json({
      name: '@acme/site',
      private: true,
      type: 'module',
      dependencies: { '@acme/kit': '^1.0.0' },
      nx: { targets: { build: build('apps/site/src', 'apps/site/dist') } },
    }),
    'apps/site/src/main.js': `import { kit } from '@acme/kit';\nimport { fake } from '@acme/kit/testing';\nimport { star } from '@acme/kit/icons/star';\nconsole.log(kit, fake, star);\n`,
  },
  edit: ['packages/kit/src/icons/star.js', 'const star', 'const moon'],
  place: 'apps/site/src/main.js:3:10 - error VE201',
};

/** Inside the workspace, a condition resolves to the sources. The build ships, so the engine checks the build. */
const conditions: HandWritten = {
  files: {
    'package.json': ROOT,
    'packages/core/package.json': packageOf('core', {
      '.': { development: './src/index.js', '@acme/source': './src/index.js', default: './dist/index.js' },
    }),
    'packages/core/src/index.js': `export const core = 1;\n`,
    'packages/edge/package.json': packageOf(
      'edge',
      { '.': { '@acme/source': './src/index.js', default: './dist/index.js' } },
      { dependencies: { '@acme/core': '^1.0.0' } },
    ),
    'packages/edge/src/index.js': `import { core } from '@acme/core';\nexport const edge = core;\n`,
  },
  edit: ['packages/core/src/index.js', 'const core', 'const heart'],
  place: 'packages/edge/src/index.js:1:10 - error VE201',
};

/** By their names in the table. */
export const HAND_WRITTEN: readonly (readonly [id: string, made: HandWritten])[] = [
  ['integrated', integrated],
  ['standalone', standalone],
  ['entry-points', entryPoints],
  ['conditions', conditions],
];
