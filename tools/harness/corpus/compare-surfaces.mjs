import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './run.mjs';

/**
 * Loads every entry point of a package in a process of its own and compares the names that Node gives with those that the
 * engine's inventory lists for the very file that Node chose.
 *
 * @typedef {{ subpath: string; mode: 'import' | 'require'; file: string; missing: string[]; extra: string[]; open?: string }} Compared
 *   missing: Node has it, the inventory does not; extra: the other way round; `open`: the inventory says it may lack names
 * @typedef {{ subpath: string; mode: 'import' | 'require'; why: string }} NotLoaded
 * @param {{ root: string; name: string; report: import('./judge-workspace.mjs').Report; seconds?: number }} options
 * @returns {Promise<{ compared: Compared[]; notLoaded: NotLoaded[]; unlisted: { subpath: string; mode: string; file: string }[] }>}
 */
export async function compareSurfaces({ root, name, report, seconds = 30 }) {
  const runtime = report.inventory.entryPoints
    .map(({ subpath, variants }) => ({ subpath, variants: variants.filter(isCode) }))
    .filter(({ variants }) => variants.length > 0);
  const asked = runtime.flatMap(({ subpath }) => MODES.map((mode) => ({ subpath, mode })));
  const loaded = await load({ root, name, asked, seconds });
  const outcome = { compared: [], notLoaded: [], unlisted: [] };
  for (const { subpath, mode } of asked) {
    const answer = loaded.get(`${mode} ${subpath}`);
    // What a package does not offer in a way is nothing to compare.
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
    const variant = pick(runtime.find((one) => one.subpath === subpath).variants, file, mode);
    const listed = runtime.find((one) => one.subpath === subpath).variants.some((one) => one.file === file);
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
 * The names of a CommonJS file differ by who asks. The inventory lists those for `import`, but for variants under the
 * condition `require`: only these can be held against what `require` gives.
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

/** Node adds these by itself, whichever they are asked of. */
const ADDED = new Set(['module.exports', '__esModule']);

function difference({ exports, open }, names) {
  const [listed, real] = [new Set(exports), new Set(names)];
  const without = (one, two) => [...one].filter((name) => !two.has(name) && !ADDED.has(name)).sort();
  return { missing: without(real, listed), extra: without(listed, real), ...(open ? { open } : {}) };
}

/** An entry that hangs or ends the process costs only itself: those after it are asked in the next process. */
async function load({ root, name, asked, seconds }) {
  const answers = new Map();
  for (let left = asked; left.length > 0;) {
    const got = await loadInOneProcess({ root, name, asked: left, seconds });
    for (const answer of got) answers.set(`${answer.mode} ${answer.subpath}`, answer);
    left = left.slice(got.length + 1);
  }
  return answers;
}

async function loadInOneProcess({ root, name, asked, seconds }) {
  const args = ['--input-type=module', '-e', LOADER, pathToFileURL(join(root, 'loader.mjs')).href, name];
  const env = { ...process.env, NODE_ENV: '', NODE_OPTIONS: '' };
  const { stdout } = await run(process.execPath, args, {
    cwd: root,
    env,
    seconds,
    mayFail: true,
    input: JSON.stringify(asked),
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith(MARK));
  return lines.map((line) => JSON.parse(line.slice(MARK.length)));
}

const MARK = '\u0001entry:';
/** One line per entry point as soon as it is known: what hangs or exits later costs only itself and those after it. */
const LOADER = `
  import { readFileSync, writeSync } from 'node:fs';
  import { createRequire } from 'node:module';
  import { fileURLToPath } from 'node:url';
  const [, here, name] = process.argv;
  const require = createRequire(here);
  const tell = (value) => writeSync(1, '\\n${MARK}' + JSON.stringify(value) + '\\n');
  globalThis.self ??= globalThis; // what workers and browsers have, and all that many of these miss
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
