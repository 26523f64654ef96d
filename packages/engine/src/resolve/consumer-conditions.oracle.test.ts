import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as esbuild } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import type { UserConfig } from 'vite';
import { build as vite } from 'vite';
import { describe, expect, it } from 'vitest';
import webpack from 'webpack';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';

/**
 * Oracle: Vite, webpack and esbuild build with the configuration, and Node runs with its options. Each variant of the package exports
 * another value as `which`, and only one variant exports the name that the importer uses.
 */
const VARIANTS = ['first', 'second', 'third', 'default'] as const;

type Run = (folder: string, config: string) => Promise<string>;
type Case = readonly [title: string, config: string];

const VITE: readonly Case[] = [
  ['a list', `export default { resolve: { conditions: ['second'] } };`],
  ['two conditions', `export default { resolve: { conditions: ['third', 'second'] } };`],
  [
    'the defaults and one more',
    `import { defaultClientConditions, defineConfig } from 'vite';\nexport default defineConfig({ resolve: { conditions: [...defaultClientConditions, 'second'] } });`,
  ],
  [
    'concat on a constant',
    `const own = ['first'];\nexport default { resolve: { conditions: ['module', 'browser'].concat(own) } };`,
  ],
  [
    'a list that is pushed to',
    `const config = { resolve: { conditions: ['module'] } };\nconfig.resolve.conditions.push('second');\nexport default config;`,
  ],
  ['a function', `export default () => ({ resolve: { conditions: ['second'] } });`],
  ['none', `export default {};`],
];

const WEBPACK: readonly Case[] = [
  ['a list', `module.exports = { resolve: { conditionNames: ['second', 'import'] } };`],
  [
    'the defaults and two more',
    `module.exports = { resolve: { conditionNames: ['third', 'first', '...'] } };`,
  ],
  [
    'a spread constant',
    `const own = ['third'];\nmodule.exports = { resolve: { conditionNames: [...own, 'import', 'default'] } };`,
  ],
  ['none', `module.exports = {};`],
];

const ESBUILD: readonly Case[] = [
  ['a list', `import { build } from 'esbuild';\nawait build({ ...base, conditions: ['second'] });`],
  [
    'two lists',
    `import { build } from 'esbuild';\nconst more = ['third'];\nawait build({ ...base, conditions: [...more, 'second'] });`,
  ],
  ['none', `import { build } from 'esbuild';\nawait build({ ...base });`],
];

const NODE: readonly Case[] = [
  ['one', 'node -C second src/main.js'],
  ['two', 'node -C third --conditions=second src/main.js'],
  ['in NODE_OPTIONS', 'NODE_OPTIONS="--conditions=first" node src/main.js'],
  ['none', 'node src/main.js'],
];

describe.each([
  ['Vite', 'vite.config.mjs', VITE, withVite],
  ['webpack', 'webpack.config.cjs', WEBPACK, withWebpack],
  ['esbuild', 'esbuild.config.mjs', ESBUILD, withEsbuild],
  ['Node', 'package.json', NODE, withNode],
] as const)('%s', (_, file, cases, run: Run) => {
  it.each(cases)('%s', async (_title, config) => {
    using workspace = writeWorkspace(filesWith(file, config));
    const which = await run(join(workspace.root, 'packages/app'), config);
    expect(VARIANTS).toContain(which);
    const missing = checkAll(workspace.root)
      .flatMap(({ findings }) => findings)
      .flatMap(({ code, name }) => (code === 'VE201' ? name : []));
    expect([...new Set(missing)].toSorted()).toEqual(
      VARIANTS.filter((variant) => variant !== which)
        .map((variant) => `in_${variant}`)
        .toSorted(),
    );
  });
});

function filesWith(file: string, config: string): ReadonlyMap<string, string> {
  const scripts = file === 'package.json' ? { start: config } : { start: 'node server.js' };
  return new Map([
    [
      'packages/kit/package.json',
      JSON.stringify({
        name: 'kit',
        type: 'module',
        exports: Object.fromEntries(VARIANTS.map((variant) => [variant, `./${variant}.js`])),
      }),
    ],
    ...VARIANTS.map(
      (variant) =>
        [
          `packages/kit/${variant}.js`,
          `export const which = '${variant}';\nexport const in_${variant} = 1;\n`,
        ] as const,
    ),
    [
      'packages/app/package.json',
      JSON.stringify({ name: 'app', private: true, type: 'module', scripts, dependencies: { kit: '*' } }),
    ],
    ...(file === 'package.json' ? [] : [[`packages/app/${file}`, config] as const]),
    ['packages/app/src/main.js', `import { which } from 'kit';\nconsole.log('which ' + which);\n`],
    [
      'packages/app/src/names.js',
      `import { ${VARIANTS.map((variant) => `in_${variant}`).join(', ')} } from 'kit';\nexport {};\n`,
    ],
  ]);
}

async function withVite(folder: string): Promise<string> {
  // In the project's own folder, Vite is not installed.
  const text = readFileSync(join(folder, 'vite.config.mjs'), 'utf8');
  const local = join(folder, 'local.config.mjs');
  writeFileSync(local, text.replace("from 'vite'", `from '${import.meta.resolve('vite')}'`));
  const loaded = ((await import(pathToFileURL(local).href)) as { default: UserConfig | (() => UserConfig) })
    .default;
  const config = typeof loaded === 'function' ? loaded() : loaded;
  await vite({
    ...config,
    configFile: false,
    root: folder,
    logLevel: 'silent',
    build: { outDir: 'out', lib: { entry: 'src/main.js', formats: ['es'], fileName: () => 'main.mjs' } },
  });
  return run(join(folder, 'out/main.mjs'));
}

async function withWebpack(folder: string): Promise<string> {
  const config = (await import(pathToFileURL(join(folder, 'webpack.config.cjs')).href)) as {
    default: webpack.Configuration;
  };
  await new Promise<void>((resolve, reject) => {
    webpack(
      {
        ...config.default,
        context: folder,
        mode: 'production',
        entry: './src/main.js',
        output: { path: join(folder, 'out'), filename: 'main.cjs' },
      },
      (error, stats) =>
        error || stats?.hasErrors() ? reject(error ?? new Error(stats!.toString())) : resolve(),
    );
  });
  return run(join(folder, 'out/main.cjs'));
}

async function withEsbuild(folder: string, config: string): Promise<string> {
  const base: BuildOptions = {
    absWorkingDir: folder,
    entryPoints: ['src/main.js'],
    bundle: true,
    format: 'esm',
    outfile: 'out/main.mjs',
  };
  const body = config.replace(/^import .*\n/, '');
  await (new Function('build', 'base', `return (async () => { ${body} })()`) as Script)(esbuild, base);
  return run(join(folder, 'out/main.mjs'));
}

type Script = (build: typeof esbuild, base: BuildOptions) => Promise<void>;

function withNode(folder: string, script: string): Promise<string> {
  const { stdout } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  return Promise.resolve(whichIn(stdout));
}

function run(file: string): string {
  return whichIn(spawnSync(process.execPath, [file], { encoding: 'utf8' }).stdout);
}

function whichIn(stdout: string): string {
  return /which (\w+)/.exec(stdout)?.[1] ?? stdout;
}
