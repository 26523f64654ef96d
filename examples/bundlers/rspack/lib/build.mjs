import { execSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { rspack } from '@rspack/core';

const stats = await promisify(rspack)({
  mode: 'production',
  entry: { index: './src/index.ts', testing: './src/testing.ts' },
  externals: { 'fastest-levenshtein': 'module fastest-levenshtein' },
  module: { rules: [{ test: /\.ts$/, loader: 'builtin:swc-loader', type: 'javascript/auto' }] },
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  output: {
    path: resolve('dist'),
    module: true,
    library: { type: 'modern-module' },
    filename: '[name].js',
    chunkFilename: 'chunk-[id].js',
    clean: true,
  },
  optimization: { minimize: false, splitChunks: { chunks: 'all', minSize: 0 } },
  target: ['web', 'es2022'],
});
if (stats.hasErrors()) throw new Error(stats.toString());
writeFileSync('dist/stats.json', JSON.stringify(stats.toJson({ modules: true, nestedModules: true })));
execSync('tsc --emitDeclarationOnly', { stdio: 'inherit' });
