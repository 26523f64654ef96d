import { cpSync } from 'node:fs';
import { writeWasm } from '../../write-wasm.mjs';

// tsc writes only modules.
cpSync('src/data', 'dist/data', { recursive: true });
writeWasm('dist/add.wasm');
