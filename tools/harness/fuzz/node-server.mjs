// The child process of check-with-node.mjs: loads one probe after the other, in order, and returns the results.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);

// The result comes from the probe. An unhandled rejection after it does not matter.
process.on('unhandledRejection', () => {});

if (isMainThread) process.on('message', checkAll);
else parentPort?.postMessage(await checkProbe(workerData));

async function checkAll(probes) {
  const answers = [];
  const spoilt = new Set();
  for (const probe of probes) {
    // If a dependency of the probe failed to link, V8 returns a different error for the next import of it.
    const answer = spoilt.has(probe.root) ? await checkInNewWorker(probe) : await checkProbe(probe);
    if (answer.below) spoilt.add(probe.root);
    answers.push(answer);
  }
  process.send?.(answers, () => process.exit(0));
}

function checkInNewWorker(probe) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: probe });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function checkProbe(probe) {
  const { file, mode, check, specifier } = probe;
  if (check === 'resolves') return { met: resolvesToFile(file, mode, specifier) };
  try {
    const module = mode === 'require' ? require(file) : await import(pathToFileURL(file).href);
    if (check === 'loads') return { met: true };
    const found = await module.probe;
    if (found !== undefined) return { met: true };
    return { met: false, observed: 'undefined', inRequire: isInRequire(probe), ...(await holderOf(probe)) };
  } catch (error) {
    return {
      met: false,
      code: error?.code,
      kind: error?.name,
      observed: String(error?.message ?? error).slice(0, 300),
      // The name does not link, so the member does not matter.
      inRequire: isInRequire({ ...probe, inner: undefined }),
      below: !String(error?.stack).startsWith(`${pathToFileURL(file).href}:`),
    };
  }
}

/**
 * Whether the imported file is CommonJS, and `require` returns the name and the requested member. Bundlers see such a name, too.
 * `throws`: the file throws when it runs, so nothing is known.
 */
function isInRequire({ file, specifier, name, inner }) {
  if (specifier === undefined || name === undefined) return false;
  try {
    const path = fileURLToPath(import.meta.resolve(specifier, pathToFileURL(file).href));
    if (!isCommonJs(path)) return false;
    const whole = Object(createRequire(file)(path));
    const found = isInherited(whole, name) ? undefined : whole[name];
    return inner === undefined ? found !== undefined : Object(found)[inner] !== undefined;
  } catch (error) {
    return error?.code === undefined && /^(Type|Reference)Error$/.test(error?.name) && 'throws';
  }
}

/** Whether every object or function has the name. */
function isInherited(whole, name) {
  return !Object.hasOwn(whole, name) && (name in Object.prototype || name in Function.prototype);
}

function isCommonJs(path) {
  if (!path.endsWith('.js')) return path.endsWith('.cjs');
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type !== 'module';
  }
  return true;
}

/** The kind of value that does not have the member: a module, or another value. */
async function holderOf({ file, mode, specifier, name, inner }) {
  if (inner === undefined) return {};
  const requested =
    mode === 'require'
      ? createRequire(file)(specifier)
      : await import(import.meta.resolve(specifier, pathToFileURL(file).href));
  const holder = requested[name];
  const isModule =
    types.isModuleNamespaceObject(holder) ||
    Object(holder)['__esModule'] === true ||
    Object.values(require.cache).some((module) => module?.exports === holder);
  return { holder: isModule ? 'module' : typeof holder };
}

function resolvesToFile(file, mode, specifier) {
  try {
    const path =
      mode === 'require'
        ? createRequire(file).resolve(specifier)
        : fileURLToPath(import.meta.resolve(specifier, pathToFileURL(file).href));
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
