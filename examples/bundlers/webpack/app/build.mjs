import { cpSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import webpack from 'webpack';
import { writeWasm } from '../../write-wasm.mjs';

writeWasm('src/add.wasm');
const stats = await promisify(webpack)({
  mode: 'production',
  entry: { main: './src/main.js' },
  experiments: { css: true },
  module: { rules: [{ test: /\.wasm$/, type: 'asset/resource' }] },
  output: {
    path: resolve('dist'),
    filename: '[name].js',
    assetModuleFilename: '[name].[hash][ext]',
    clean: true,
  },
});
if (stats.hasErrors()) throw new Error(stats.toString());
writeFileSync('dist/stats.json', JSON.stringify(stats.toJson()));
for (const file of ['index.html', 'favicon.svg']) cpSync(file, `dist/${file}`);
