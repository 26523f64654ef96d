// Real output of bundlers. Each bundler builds a small program. If any one file of its output is
// removed, that file must be reported with its path. The complete output must have no finding. All
// files that a bundler wrote are needed.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rspack } from '@rspack/core';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { describe, expect, it } from 'vitest';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { BundleTrace } from '../model/bundle-trace.js';
import { openRun } from '../session.js';
import { viewOf } from '../workspace-view.js';

const SOURCES: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html><html><body><script type="module" src="/src/main.js"></script></body></html>',
  'src/main.js': `import './main.css';
import { shared } from './shared.js';
import logo from './logo.png';
document.body.onclick = async () => {
  const [{ lazy }, { other }] = await Promise.all([import('./lazy.js'), import('./other.js')]);
  const language = await import(\`./texts/text-\${navigator.language}.js\`);
  console.log(lazy, other, language, shared, logo);
};
new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });`,
  'src/lazy.js': "import './lazy.css'; import { shared } from './shared.js'; export const lazy = shared + 1;",
  'src/other.js': "import { shared } from './shared.js'; export const other = shared + 2;",
  'src/shared.js': 'export const shared = Math.random();',
  'src/worker.js': 'self.onmessage = () => postMessage(1);',
  'src/texts/text-en.js': "export default 'Hello';",
  'src/texts/text-de.js': "export default 'Hallo';",
  'src/main.css': 'body { background: url(./sky.png); }',
  'src/lazy.css': 'a { color: red; }',
  'src/logo.png': 'L'.repeat(9000),
  'src/sky.png': 'S'.repeat(9000),
  'src/node.js': `import { readFileSync } from 'node:fs';
import { shared } from './shared.js';
export const lazy = () => import('./other.js');
export const text = () => import('./texts/text-en.js');
console.log(shared, readFileSync.name);`,
};

const RULES = [
  { test: /\.png$/, type: 'asset/resource' },
  { test: /\.css$/, type: 'css' as const },
];

interface Built {
  readonly name: string;
  readonly page?: string;
  readonly build: (root: string, out: string) => Promise<unknown>;
}

function packed(name: string, compile: typeof webpack, minimize: boolean, target: 'web' | 'node'): Built {
  const build = (root: string, path: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const config = {
        context: root,
        mode: 'production',
        devtool: false,
        target,
        entry: { main: target === 'web' ? './src/main.js' : './src/node.js' },
        output: { path, chunkFilename: '[name].[contenthash:8].js' },
        optimization: { minimize },
        module: { rules: RULES },
        experiments: { css: true },
      } as const;
      compile(config as never, (error, stats) => {
        if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString('errors-only')));
        else resolve();
      });
    });
  const page = '<!doctype html><link rel="stylesheet" href="main.css"><script defer src="main.js"></script>';
  return {
    name: `${name} ${target}${minimize ? ', minified' : ''}`,
    build,
    ...(target === 'web' && { page }),
  };
}

const BUILDS: readonly Built[] = [
  ...(['/', './', '/app/'] as const).map((base) => ({
    name: `vite, base ${base}`,
    build: (root: string, outDir: string) =>
      vite({ root, base, logLevel: 'silent', configFile: false, build: { outDir, emptyOutDir: true } }),
  })),
  packed('webpack', webpack, false, 'web'),
  packed('webpack', webpack, true, 'web'),
  packed('webpack', webpack, true, 'node'),
  packed('rspack', rspack as never, false, 'web'),
  packed('rspack', rspack as never, true, 'web'),
  packed('rspack', rspack as never, true, 'node'),
  {
    name: 'esbuild, split',
    build: (root, outdir) =>
      esbuild({
        entryPoints: [join(root, 'src/node.js')],
        outdir,
        bundle: true,
        splitting: true,
        format: 'esm',
        platform: 'node',
        minify: true,
        logLevel: 'silent',
      }),
  },
];

function traceIn(root: string): { readonly trace: BundleTrace; readonly all: readonly string[] } {
  const run = openRun({ root, projects: [{ name: 'app', root: 'app', outputs: ['dist/app'] }] });
  return {
    trace: viewOf(run, { conditions: [] }).traces.of(run.packageOf('app')!),
    all: run.disk.listFiles('dist/app'),
  };
}

describe.each(BUILDS.map((built) => [built.name, built] as const))('%s', (_, { page, build }) => {
  it('has no finding as built, and each removed file is reported', async () => {
    const files = new Map(Object.entries(SOURCES).map(([file, text]) => [`app/${file}`, text]));
    using workspace = writeWorkspace(files);
    const out = join(workspace.root, 'dist/app');
    mkdirSync(out, { recursive: true });
    await build(join(workspace.root, 'app'), out);
    if (page !== undefined) writeFileSync(join(out, 'index.html'), page);

    const { trace, all } = traceIn(workspace.root);
    expect(trace.missing).toEqual([]);
    expect(trace.externals).toEqual([]);
    expect(all.filter((file) => !trace.files.has(file))).toEqual([]);

    const roots = new Set(trace.roots.map(({ file }) => file));
    for (const file of all) {
      if (roots.has(file)) continue;
      renameSync(join(workspace.root, file), join(workspace.root, 'away'));
      const { missing } = traceIn(workspace.root).trace;
      renameSync(join(workspace.root, 'away'), join(workspace.root, file));
      expect(new Set(missing.map(({ target }) => target)), file).toEqual(new Set([file]));
      expect(
        missing.some(({ soft }) => !soft),
        `${file} for certain`,
      ).toBe(true);
    }
  }, 60_000);
});
