import { cpSync } from 'node:fs';
import { writeWasm } from '../../write-wasm.mjs';

// tsc writes modules and nothing else.
cpSync('src/data', 'dist/data', { recursive: true });
writeWasm('dist/add.wasm');
