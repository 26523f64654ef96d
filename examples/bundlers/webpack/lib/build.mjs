import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import webpack from 'webpack';

const stats = await promisify(webpack)({
  mode: 'production',
  entry: { index: './src/index.js', testing: './src/testing.js' },
  externals: { 'fastest-levenshtein': 'module fastest-levenshtein' },
  experiments: { outputModule: true },
  output: {
    path: resolve('dist'),
    library: { type: 'module' },
    filename: '[name].js',
    chunkFilename: 'chunk-[id].js',
    clean: true,
  },
  // One runtime, so that both entry points share one instance of each module.
  optimization: { minimize: false, runtimeChunk: 'single', splitChunks: { chunks: 'all', minSize: 0 } },
  target: ['web', 'es2022'],
});
if (stats.hasErrors()) throw new Error(stats.toString());
writeFileSync('dist/stats.json', JSON.stringify(stats.toJson()));
