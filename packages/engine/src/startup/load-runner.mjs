// Loads one file as a consumer does, in a process of its own, and writes what happened to file descriptor 3. The parent reads
// one JSON value for each line. This file runs before and beside foreign code, so it uses nothing but Node.
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { pathToFileURL } from 'node:url';

const RESULTS = 3;
/** How long a loaded program may take until it has nothing left to do. */
const SETTLE_MS = 300;

const { file, mode, probe, entries } = JSON.parse(process.argv[2]);
const originals = { exit: process.exit, env: process.env };
const missingEnv = new Set();
let isLoaded = false;
let isReported = false;

denyNetwork();
watchEnvironment();
watchExit();
await run();

async function run() {
  try {
    const namespaces = entries ? await loadAll(entries) : undefined;
    const namespace = entries ? undefined : await load(file, mode);
    isLoaded = true;
    if (probe) await runProbe(probe, namespaces);
    report({ kind: 'loaded', names: namespace ? namesOf(namespace) : [] });
    settle();
  } catch (error) {
    report({ kind: 'failed', stage: isLoaded ? 'probe' : 'load', error: errorFacts(error) });
    originals.exit.call(process, 0);
  }
}

async function load(path, how) {
  if (how === 'require') return createRequire(pathToFileURL(path))(path);
  return import(pathToFileURL(path).href);
}

async function loadAll(list) {
  const loaded = {};
  for (const { subpath, file: path, mode: how } of list) loaded[subpath] = await load(path, how);
  return loaded;
}

async function runProbe(path, namespaces) {
  const module = await import(pathToFileURL(path).href);
  const start = typeof module.default === 'function' ? module.default : module.default?.default;
  if (typeof start !== 'function') throw new TypeError('The probe has no default export that is a function.');
  await start(namespaces);
}

/** Every name with what it is, without calling anything but getters. */
function namesOf(namespace) {
  if (namespace === null || (typeof namespace !== 'object' && typeof namespace !== 'function')) return [];
  const names = new Set(Object.keys(namespace));
  // A module namespace and a class have names that cannot be listed otherwise.
  for (const name of Object.getOwnPropertyNames(namespace)) {
    if (
      typeof namespace === 'function' &&
      ['length', 'name', 'prototype', 'arguments', 'caller'].includes(name)
    )
      continue;
    names.add(name);
  }
  return [...names].map((name) => {
    try {
      const value = namespace[name];
      return {
        name,
        type: typeOf(value),
        ...(typeof value === 'function' && { constructable: isConstructable(value) }),
      };
    } catch (error) {
      return { name, type: 'throws', error: errorFacts(error) };
    }
  });
}

function typeOf(value) {
  return value === null ? 'null' : typeof value;
}

function isConstructable(value) {
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}

function errorFacts(error) {
  const isError = typeof error === 'object' && error !== null;
  const text = (value) => (typeof value === 'string' ? value.slice(0, 4000) : undefined);
  return {
    name: isError ? (text(error.name) ?? 'Error') : typeof error,
    message: isError ? (text(error.message) ?? '') : String(error).slice(0, 4000),
    code: isError ? text(error.code) : undefined,
    stack: isError ? text(error.stack) : undefined,
    cause: isError && error.cause && error.cause !== error ? errorFacts(error.cause) : undefined,
    missingEnv: [...missingEnv].slice(0, 50),
  };
}

/** Waits until the program has nothing left to do, and reports what keeps it running otherwise. */
function settle() {
  process.once('beforeExit', () => report({ kind: 'settled', open: [] }));
  const timer = setTimeout(() => {
    // The pipe to the parent does not keep the process running.
    const open = process.getActiveResourcesInfo().filter((name) => !['PipeWrap', 'TTYWrap'].includes(name));
    report({ kind: 'settled', open });
    originals.exit.call(process, 0);
  }, SETTLE_MS);
  timer.unref();
}

function report(result) {
  isReported ||= result.kind !== 'settled';
  writeSync(RESULTS, `${JSON.stringify(result)}\n`);
}

/** Sockets fail as if a firewall blocked them. */
function denyNetwork() {
  const refuse = (what) =>
    function () {
      const error = Object.assign(
        new Error(`Network access (${what}) is denied while the start-up check loads the package.`),
        {
          code: 'ERR_ACCESS_DENIED',
          permission: 'Net',
        },
      );
      throw error;
    };
  net.Socket.prototype.connect = refuse('connect');
  net.Server.prototype.listen = refuse('listen');
}

/** Remembers which variables the code reads and does not find. */
function watchEnvironment() {
  process.env = new Proxy(originals.env, {
    get(target, name) {
      const value = target[name];
      if (value === undefined && typeof name === 'string') missingEnv.add(name);
      return value;
    },
  });
}

function watchExit() {
  process.exit = (code) => {
    if (!isReported)
      report({
        kind: 'exited',
        code: Number(code ?? process.exitCode ?? 0),
        stack: new Error('process.exit').stack,
      });
    return originals.exit.call(process, 0);
  };
  const unexpected = (error) => {
    report({ kind: 'failed', stage: isLoaded ? 'later' : 'load', error: errorFacts(error) });
    originals.exit.call(process, 0);
  };
  process.on('uncaughtException', unexpected);
  process.on('unhandledRejection', unexpected);
}
