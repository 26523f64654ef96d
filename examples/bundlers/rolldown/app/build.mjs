import { cpSync } from 'node:fs';
import { build } from 'rolldown';
import { writeWasm } from '../../write-wasm.mjs';

// Everything goes into the bundle: the image needs no node_modules.
await build({
  input: { main: 'src/main.ts', worker: 'src/worker.ts' },
  platform: 'node',
  output: { dir: 'dist', format: 'esm', sourcemap: true },
});

// rolldown leaves `new URL('./x', import.meta.url)` as it is, so the build copies the file next to the bundle.
cpSync('src/data', 'dist/data', { recursive: true });
writeWasm('dist/add.wasm');
