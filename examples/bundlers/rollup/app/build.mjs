import { cpSync } from 'node:fs';
import { rollup } from 'rollup';
import { writeWasm } from '../../write-wasm.mjs';

const bundle = await rollup({
  input: { main: 'src/main.js', worker: 'src/worker.js' },
  external: [/^node:/, /^@acme\//],
});
await bundle.write({ dir: 'dist', format: 'esm', sourcemap: true });

// rollup leaves `new URL('./x', import.meta.url)` as it is, so the build copies the file next to the bundle.
cpSync('src/data', 'dist/data', { recursive: true });
writeWasm('dist/add.wasm');
