// `node run-page.mjs <folder>`: opens the folder's index.html in Node and prints the text that the page shows. Exit status 1 if
// a file is missing. This is no browser: it reads references from HTML and CSS, and runs scripts with a few simple replacements for
// document, fetch and Worker. It does not prove layout, security or caching.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';
import { isMainThread, parentPort, Worker as Thread, workerData } from 'node:worker_threads';
import { Parser } from 'htmlparser2';

const ORIGIN = 'http://page.example/';
const folder = isMainThread ? process.argv[2] : workerData.folder;

/** The file of an address. A module has a file URL, a script has the origin of the page. */
function fileOf(address) {
  const url = new URL(address, ORIGIN);
  return url.protocol === 'file:' ? fileURLToPath(url) : join(folder, decodeURIComponent(url.pathname));
}

async function fetchFromFolder(address) {
  const bytes = readFileSync(fileOf(address));
  return new Response(bytes, { status: 200 });
}

function runScript(address) {
  runInThisContext(readFileSync(fileOf(address), 'utf8'), { filename: fileOf(address) });
}

const importModule = (address) => import(pathToFileURL(fileOf(address)).href);

/** The globals of both workers and pages. */
function standIn(values) {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

function runWorker() {
  const { address, type } = workerData;
  standIn({
    self: globalThis,
    location: new URL(address, ORIGIN),
    fetch: fetchFromFolder,
    importScripts: (...scripts) =>
      scripts.forEach((script) => runScript(new URL(script, new URL(address, ORIGIN)))),
    postMessage: (data) => parentPort?.postMessage(data),
    addEventListener: (event, listener) => parentPort?.on(event, (data) => listener({ data })),
  });
  return type === 'module' ? importModule(address) : runScript(address);
}

class PageWorker {
  #thread;
  /** @param {string} address @param {{ type?: string }} [options] */
  constructor(address, { type } = {}) {
    const data = { folder, address: String(address), type };
    this.#thread = new Thread(new URL(import.meta.url), { workerData: data });
  }
  addEventListener(event, listener) {
    this.#thread.on(event, (data) => listener(event === 'error' ? data : { data }));
  }
  postMessage(data) {
    this.#thread.postMessage(data);
  }
}

/** An element that the runtime of a bundle creates to load a script or a stylesheet. */
function element(tag) {
  const made = { tagName: tag.toUpperCase(), attributes: {}, relList: { supports: () => true } };
  made.setAttribute = (name, value) => (made[name] = value);
  made.getAttribute = (name) => made[name] ?? null;
  made.addEventListener = (event, listener) => (made[`on${event}`] = listener);
  return made;
}

function append(made) {
  queueMicrotask(() => {
    try {
      if (made.tagName === 'SCRIPT') runScript(made.src);
      if (made.tagName === 'LINK') readStyle(new URL(made.href, ORIGIN));
      made.onload?.({ type: 'load' });
    } catch {
      made.onerror?.({ type: 'error', target: made });
    }
  });
}

/** A stylesheet and the files that it refers to must exist. */
function readStyle(address) {
  const text = readFileSync(fileOf(address), 'utf8');
  for (const [, path] of text.matchAll(/url\(["']?([^"')]+)["']?\)/g))
    readFileSync(fileOf(new URL(path, address)));
}

async function runPage() {
  const elements = [];
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  new Parser({ onopentag: (name, attributes) => elements.push({ name, ...attributes }) }).end(html);
  const document = {
    body: { appendChild: append },
    head: { appendChild: append },
    baseURI: ORIGIN,
    createElement: element,
    getElementsByTagName: () => [],
    querySelector: () => null,
    querySelectorAll: () => [],
  };
  standIn({
    window: globalThis,
    self: globalThis,
    document,
    location: new URL(ORIGIN),
    fetch: fetchFromFolder,
    Worker: PageWorker,
  });
  for (const { name, rel, href } of elements) {
    if (name !== 'link') continue;
    if (rel === 'stylesheet') readStyle(new URL(href, ORIGIN));
    else readFileSync(fileOf(href));
  }
  for (const { name, src, type } of elements) {
    if (name !== 'script') continue;
    document.currentScript = { src: new URL(src, ORIGIN).href, tagName: 'SCRIPT' };
    if (type === 'module') await importModule(src);
    else runScript(src);
  }
  for (let waited = 0; document.body.textContent === undefined; waited += 5) {
    if (waited > 3000) throw new Error('The page shows nothing.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  console.log(document.body.textContent);
  process.exit(0);
}

await (isMainThread ? runPage() : runWorker());
