import { build } from 'vite';
import { writeWasm } from '../../write-wasm.mjs';

writeWasm('src/add.wasm');
await build({
  logLevel: 'warn',
  base: './',
  worker: { format: 'es' },
  build: { target: 'es2022', assetsInlineLimit: 0, sourcemap: true, manifest: true },
});
