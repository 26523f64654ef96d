import './register.js';
import './style.css';
import { greet, loadLocale } from '@acme/esbuild-lib';
import { title } from '@acme/shared';
import names from './names.json';

async function show(): Promise<string> {
  await loadLocale('de');
  const { farewell } = await import('./farewell.js');
  const logo = await fetch(new URL('./logo.svg', import.meta.url));
  const wasm = await fetch(new URL('./add.wasm', import.meta.url));
  const { instance } = await WebAssembly.instantiate(await wasm.arrayBuffer());
  const add = instance.exports['add'] as (a: number, b: number) => number;
  const lines = names.map((name) => title(greet(name, 'de')));
  return [document.title, ...lines, farewell, (await logo.text()).length, add(1, 2), await total()].join(
    '\n',
  );
}

function total(): Promise<number> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', reject);
    worker.postMessage([1, 2, 3]);
  });
}

document.body.textContent = await show();
