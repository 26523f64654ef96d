import { cpSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { writeWasm } from '../../write-wasm.mjs';

const { metafile } = await build({
  entryPoints: ['src/main.ts', 'src/worker.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  loader: { '.svg': 'file' },
  metafile: true,
});
writeFileSync('dist/meta.json', JSON.stringify(metafile));

// esbuild leaves `new URL('./x', import.meta.url)` as it is, so the build copies the file next to the bundle.
cpSync('src/logo.svg', 'dist/logo.svg');
writeWasm('dist/add.wasm');
for (const file of ['index.html', 'favicon.svg']) cpSync(file, `dist/${file}`);
