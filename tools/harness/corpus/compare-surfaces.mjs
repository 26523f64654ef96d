import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './run.mjs';

/**
 * Loads every entry point of a package in a separate process. Compares the names that Node exports with the names that the engine's
 * inventory lists for the file that Node resolved.
 *
 * @typedef {{ subpath: string; mode: 'import' | 'require'; file: string; missing: string[]; extra: string[]; open?: string }} Compared
 *   `missing`: only Node has the name. `extra`: only the inventory has it. `open`: the inventory says that it may be incomplete
 * @typedef {{ subpath: string; mode: 'import' | 'require'; why: string }} NotLoaded
 * @param {{ root: string; name: string; report: import('./check-workspace.mjs').Report; seconds?: number }} options
 * @returns {Promise<{ compared: Compared[]; notLoaded: NotLoaded[]; unlisted: { subpath: string; mode: string; file: string }[] }>}
 */
export async function compareSurfaces({ root, name, report, seconds = 30 }) {
  const runtime = report.inventory.entryPoints
    .map(({ subpath, variants }) => ({ subpath, variants: variants.filter(isCode) }))
    .filter(({ variants }) => variants.length > 0);
  const requested = runtime.flatMap(({ subpath }) => MODES.map((mode) => ({ subpath, mode })));
  const loaded = await load({ root, name, requested, seconds });
  /** @type {Awaited<ReturnType<typeof compareSurfaces>>} */
  const outcome = { compared: [], notLoaded: [], unlisted: [] };
  for (const { subpath, mode } of requested) {
    const answer = loaded.get(`${mode} ${subpath}`);
    // The package does not have this entry point for this kind of import.
    if (answer?.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') continue;
    if (!answer?.names) {
      outcome.notLoaded.push({
        subpath,
        mode,
        why: answer?.error.replaceAll(`${root}/`, '') ?? 'no answer in time, or the process ended',
      });
      continue;
    }
    const file = relative(realpathSync(root), answer.file).split(sep).join('/');
    const variants = runtime.find((one) => one.subpath === subpath)?.variants ?? [];
    const variant = pick(variants, file, mode);
    const listed = variants.some((one) => one.file === file);
    if (variant) outcome.compared.push({ subpath, mode, file, ...difference(variant, answer.names) });
    else if (!listed) outcome.unlisted.push({ subpath, mode, file });
  }
  return outcome;
}

const MODES = /** @type {const} */ (['import', 'require']);
const isCode = ({ conditions, file }) =>
  !conditions.some((condition) => /^types(@|$)/.test(condition)) &&
  /\.[cm]?js$/.test(file) &&
  !/\.d\.[cm]?ts$/.test(file);

/**
 * The names of a CommonJS file depend on the kind of import. The inventory lists the names for `import`, except for variants with
 * the condition `require`. Only these can be compared with the result of `require`.
 */
function pick(variants, file, mode) {
  const same = variants.filter((variant) => variant.file === file);
  const forRequire = ({ conditions }) => conditions.includes('require');
  if (mode === 'require') return same.find(forRequire);
  return (
    same.find(({ conditions }) => conditions.includes('import')) ??
    same.find((variant) => !forRequire(variant))
  );
}

/** Node adds these names to every module. */
const ADDED = new Set(['module.exports', '__esModule']);

function difference({ exports, open }, names) {
  const [listed, real] = [new Set(exports), new Set(names)];
  const without = (one, two) => [...one].filter((name) => !two.has(name) && !ADDED.has(name)).sort();
  return { missing: without(real, listed), extra: without(listed, real), ...(open ? { open } : {}) };
}

/** If an entry point hangs or ends the process, the next process loads the entry points after it. */
async function load({ root, name, requested, seconds }) {
  const answers = new Map();
  for (let left = requested; left.length > 0;) {
    const got = await loadInOneProcess({ root, name, requested: left, seconds });
    for (const answer of got) answers.set(`${answer.mode} ${answer.subpath}`, answer);
    left = left.slice(got.length + 1);
  }
  return answers;
}

async function loadInOneProcess({ root, name, requested, seconds }) {
  const args = ['--input-type=module', '-e', LOADER, pathToFileURL(join(root, 'loader.mjs')).href, name];
  const env = { ...process.env, NODE_ENV: '', NODE_OPTIONS: '' };
  const { stdout } = await run(process.execPath, args, {
    cwd: root,
    env,
    seconds,
    mayFail: true,
    input: JSON.stringify(requested),
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith(MARK));
  return lines.map((line) => JSON.parse(line.slice(MARK.length)));
}

const MARK = '\u0001entry:';
/** Prints one line for each entry point at once, so that a later hang or exit loses no result. */
const LOADER = `
  import { readFileSync, writeSync } from 'node:fs';
  import { createRequire } from 'node:module';
  import { fileURLToPath } from 'node:url';
  const [, here, name] = process.argv;
  const require = createRequire(here);
  const tell = (value) => writeSync(1, '\\n${MARK}' + JSON.stringify(value) + '\\n');
  globalThis.self ??= globalThis; // many of these packages need only this global of workers and browsers
  process.on('unhandledRejection', () => {});
  for (const { subpath, mode } of JSON.parse(readFileSync(0, 'utf8'))) {
    const specifier = name + subpath.slice(1);
    try {
      const file = mode === 'import' ? fileURLToPath(import.meta.resolve(specifier)) : require.resolve(specifier);
      const module = mode === 'import' ? await import(specifier) : require(specifier);
      tell({ subpath, mode, file, names: Object.keys(Object(module)) });
    } catch (error) {
      tell({ subpath, mode, code: error?.code, error: (error?.code ?? error?.name) + ': ' + String(error?.message ?? error).split('\\n')[0].slice(0, 200) });
    }
  }
  process.exit(0);
`;
