import './register.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { greet, loadLocale } from '@acme/swc-lib';
import { title } from '@acme/shared';

const names = JSON.parse(readFileSync(join(import.meta.dirname, 'data', 'names.json'), 'utf8')) as string[];
const wasm = readFileSync(new URL('./add.wasm', import.meta.url));
const { instance } = await WebAssembly.instantiate(wasm);
const add = instance.exports['add'] as (a: number, b: number) => number;

await loadLocale('de');
for (const name of names) console.log(title(greet(name, 'de')));
console.log(process.title, add(1, 2), await total());

const { farewell } = await import('./farewell.js');
console.log(farewell);

function total(): Promise<number> {
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  worker.postMessage([1, 2, 3]);
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}
