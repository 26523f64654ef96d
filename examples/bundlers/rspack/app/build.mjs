import { cpSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { rspack } from '@rspack/core';
import { writeWasm } from '../../write-wasm.mjs';

writeWasm('src/add.wasm');
const stats = await promisify(rspack)({
  mode: 'production',
  entry: { main: './src/main.ts' },
  module: {
    rules: [
      { test: /\.ts$/, loader: 'builtin:swc-loader', type: 'javascript/auto' },
      { test: /\.css$/, type: 'css/auto' },
      { test: /\.wasm$/, type: 'asset/resource' },
    ],
  },
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  output: {
    path: resolve('dist'),
    filename: '[name].js',
    assetModuleFilename: '[name].[hash][ext]',
    clean: true,
  },
});
if (stats.hasErrors()) throw new Error(stats.toString());
writeFileSync('dist/stats.json', JSON.stringify(stats.toJson({ modules: true, nestedModules: true })));
for (const file of ['index.html', 'favicon.svg']) cpSync(file, `dist/${file}`);
