// The child process of ask-node.mjs: loads one probe after the other, in the order asked, and tells what became of it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);

// The probe tells; a promise that it also leaves behind is no news.
process.on('unhandledRejection', () => {});

if (isMainThread) process.on('message', askAll);
else parentPort.postMessage(await ask(workerData));

async function askAll(probes) {
  const answers = [];
  const spoilt = new Set();
  for (const probe of probes) {
    // Where a module below the probe has failed to link, V8 gives other answers the next time that it is asked for.
    const answer = spoilt.has(probe.root) ? await askAfresh(probe) : await ask(probe);
    if (answer.below) spoilt.add(probe.root);
    answers.push(answer);
  }
  process.send(answers, () => process.exit(0));
}

function askAfresh(probe) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: probe });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function ask(probe) {
  const { file, mode, check, specifier } = probe;
  if (check === 'resolves') return { met: leadsToFile(file, mode, specifier) };
  try {
    const module = mode === 'require' ? require(file) : await import(pathToFileURL(file).href);
    if (check === 'loads') return { met: true };
    const found = await module.probe;
    if (found !== undefined) return { met: true };
    return { met: false, told: 'undefined', inRequire: isInRequire(probe), ...(await holderOf(probe)) };
  } catch (error) {
    return {
      met: false,
      code: error?.code,
      kind: error?.name,
      told: String(error?.message ?? error).slice(0, 300),
      // It is the name that does not link, whatever is read of it.
      inRequire: isInRequire({ ...probe, inner: undefined }),
      below: !String(error?.stack).startsWith(`${pathToFileURL(file).href}:`),
    };
  }
}

/**
 * What import leads to is CommonJS, and has the name, and the member that is asked of it, where it is required: bundlers see it as well.
 * `throws`: in running it fails by itself, which tells nothing.
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

/** What every object and function has. */
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

/** What the member was read of that is not there: a module, or a value. */
async function holderOf({ file, mode, specifier, name, inner }) {
  if (inner === undefined) return {};
  const asked =
    mode === 'require'
      ? createRequire(file)(specifier)
      : await import(import.meta.resolve(specifier, pathToFileURL(file).href));
  const holder = asked[name];
  const isModule =
    types.isModuleNamespaceObject(holder) ||
    Object(holder)['__esModule'] === true ||
    Object.values(require.cache).some((module) => module?.exports === holder);
  return { holder: isModule ? 'module' : typeof holder };
}

function leadsToFile(file, mode, specifier) {
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
