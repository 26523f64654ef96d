import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import { normalizeOptions } from '../report/normalize-options.js';

/**
 * Oracle: esbuild and Rolldown build, and Node runs the result. Every module with an effect prints
 * its name when it runs. A bare import is reported as dropped if and only if its module printed
 * nothing.
 */
const SAYS = (name: string): string => `(globalThis.spoken ??= []).push('${name}');\n`;

/**
 * Bare imports in the application, its barrel, a package that is bundled into it, and that
 * package's barrel.
 */
const SOURCES = {
  'packages/app/src/main.ts': `import './boot.js';\nimport './setup/index.js';\nimport './shapes.js';\nimport '@acme/polyfills';\nimport { format } from '@acme/lib';\nimport { used } from './used.js';\nimport type { Unused } from './unused.js';\n\nexport const result: string = format(used());\nexport type { Unused };\n`,
  'packages/app/src/boot.ts': SAYS('packages/app/src/boot.ts'),
  'packages/app/src/setup/index.ts': `import './first.js';\nexport * from './second.js';\n`,
  'packages/app/src/setup/first.ts': SAYS('packages/app/src/setup/first.ts'),
  'packages/app/src/setup/second.ts': `export const second = 2;\n${SAYS('packages/app/src/setup/second.ts')}`,
  'packages/app/src/shapes.ts': 'export interface Shape {}\nexport const shapes: Shape[] = [];\n',
  'packages/app/src/used.ts': `import './used-needs.js';\n\nexport const used = () => 'used';\n`,
  'packages/app/src/used-needs.ts': SAYS('packages/app/src/used-needs.ts'),
  'packages/app/src/unused.ts': `import './unused-needs.js';\n\nexport type Unused = 1;\n`,
  'packages/app/src/unused-needs.ts': SAYS('packages/app/src/unused-needs.ts'),
  'packages/app/src/main.test.ts': `import './test-setup.js';\n`,
  'packages/app/src/test-setup.ts': SAYS('packages/app/src/test-setup.ts'),
  'packages/polyfills/index.js': SAYS('packages/polyfills/index.js'),
  'packages/lib/index.js': `import './register.js';\nexport * from './format.js';\nexport * from './other.js';\n`,
  'packages/lib/register.js': SAYS('packages/lib/register.js'),
  'packages/lib/format.js': `export const format = (text) => \`<\${text}>\`;\n`,
  'packages/lib/other.js': `import './other-needs.js';\n\nexport const other = 1;\n`,
  'packages/lib/other-needs.js': SAYS('packages/lib/other-needs.js'),
};

/**
 * Modules that bundlers may leave out because of `sideEffects`: no code uses the names that are
 * imported.
 */
const NOT_ASKED = new Set([
  'packages/app/src/unused-needs.ts',
  'packages/app/src/test-setup.ts',
  'packages/lib/other-needs.js',
]);

const CLAIMS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['no claims', {}],
  ['the application claims none', { app: false }],
  ['the application lists one', { app: ['./src/boot.ts'] }],
  ['the application lists by pattern', { app: ['**/setup/*.ts', '*-needs.ts'] }],
  ['the library claims none', { lib: false }],
  ['the library lists one', { lib: ['./register.js'] }],
  ['the polyfills claim none', { polyfills: false }],
  ['all claim none', { app: false, lib: false, polyfills: false }],
];

type Build = (root: string) => Promise<void>;

const BUILDS: readonly (readonly [string, Build])[] = [
  ['esbuild, metafile', (root) => withEsbuild(root, { metafile: true })],
  ['esbuild, metafile, minified', (root) => withEsbuild(root, { metafile: true, minify: true })],
  ['esbuild, source map', (root) => withEsbuild(root, { sourcemap: true })],
  [
    'esbuild, inline source map, minified',
    (root) => withEsbuild(root, { sourcemap: 'inline', minify: true }),
  ],
  ['Rolldown, list of chunks', (root) => withRolldown(root, {})],
  ['Rolldown, source map', (root) => withRolldown(root, { sourcemap: true })],
  ['Rolldown, source map, minified', (root) => withRolldown(root, { sourcemap: true, minify: true })],
];

describe.each(BUILDS)('%s', (_, build) => {
  it.each(CLAIMS)('%s', async (_name, claims) => {
    using workspace = writeWorkspace(filesWith(claims));
    await build(workspace.root);
    const spoken = await whatSpeaks(join(workspace.root, 'packages/app/dist/main.js'));
    const effects = Object.keys(SOURCES).filter((file) =>
      SOURCES[file as keyof typeof SOURCES].includes('spoken'),
    );
    const silent = effects.filter((file) => !spoken.includes(file) && !NOT_ASKED.has(file));
    expect(reportedModules(workspace.root)).toEqual(silent.toSorted());
  });
});

function filesWith(claims: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const manifest = (name: string, more: object): [string, string] => [
    `packages/${name}/package.json`,
    JSON.stringify({
      name: `@acme/${name}`,
      type: 'module',
      ...more,
      ...(name in claims && { sideEffects: claims[name] }),
    }),
  ];
  const dependencies = { '@acme/lib': '*', '@acme/polyfills': '*' };
  return new Map([
    ...Object.entries(SOURCES),
    manifest('app', { private: true, main: 'dist/main.js', dependencies }),
    manifest('lib', { exports: './index.js' }),
    manifest('polyfills', { exports: './index.js' }),
  ]);
}

/** The files that the application's findings and unknowns are about. */
function reportedModules(root: string): readonly string[] {
  const projects = ['app', 'lib', 'polyfills'].map((name) => ({
    name,
    root: `packages/${name}`,
    ...(name === 'app' && { outputs: ['packages/app/dist'] }),
  }));
  const [app] = checkAll(root, normalizeOptions(undefined), projects);
  return app!.findings
    .map(({ code, message }) =>
      code === 'VE305' ? /contains (\S+)\.$/.exec(message)![1]! : `${code}: ${message}`,
    )
    .toSorted();
}

async function withEsbuild(root: string, options: Parameters<typeof esbuild>[0]): Promise<void> {
  const { metafile } = await esbuild({
    absWorkingDir: join(root, 'packages/app'),
    entryPoints: ['src/main.ts'],
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    logLevel: 'error',
    ...options,
  });
  if (metafile) write(join(root, 'packages/app/dist/meta.json'), JSON.stringify(metafile));
}

async function withRolldown(root: string, options: { sourcemap?: boolean; minify?: boolean }): Promise<void> {
  const folder = join(root, 'packages/app');
  const bundle = await rolldown({ cwd: folder, input: 'src/main.ts', logLevel: 'silent' });
  const { output } = await bundle.write({ dir: join(folder, 'dist'), format: 'esm', ...options });
  await bundle.close();
  if (options.sourcemap) return;
  const chunks = output.map((item) => (item.type === 'chunk' ? { ...item, modules: item.modules } : item));
  write(join(folder, 'stats.json'), JSON.stringify({ output: chunks }));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

let runs = 0;

async function whatSpeaks(file: string): Promise<readonly string[]> {
  const world = globalThis as { spoken?: string[] };
  world.spoken = [];
  // A new copy each time, because Node loads a module only once and the test deletes its files.
  const code = readFileSync(file, 'utf8').replace(/\/\/# sourceMappingURL=.*/, '');
  await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(`${code}\n// ${++runs}`)}`);
  return world.spoken;
}
