import './register.js';
import './style.css';
import { greet, loadLocale } from '@acme/webpack-lib';
import { title } from '@acme/shared';
import names from './names.json';

async function show() {
  await loadLocale('de');
  const { farewell } = await import('./farewell.js');
  const logo = await fetch(new URL('./logo.svg', import.meta.url));
  const wasm = await fetch(new URL('./add.wasm', import.meta.url));
  const { instance } = await WebAssembly.instantiate(await wasm.arrayBuffer());
  const lines = names.map((name) => title(greet(name, 'de')));
  return [
    document.title,
    ...lines,
    farewell,
    (await logo.text()).length,
    instance.exports.add(1, 2),
    await total(),
  ].join('\n');
}

function total() {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', reject);
    worker.postMessage([1, 2, 3]);
  });
}

document.body.textContent = await show();
