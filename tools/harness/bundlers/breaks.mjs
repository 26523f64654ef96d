import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';
import { build } from './example-workspace.mjs';
import { installPacked, layOutImage, runApplication, runLibrary } from './run-output.mjs';

/**
 * The breaks between a build and its users, tried for each bundler. `apply` breaks the built example and returns a function that
 * undoes the break. `run` runs the example to prove that it is broken. `rule` and `at` say which rule must report it, and where.
 *
 * @typedef {{ root: string; bundler: string }} Example
 * @typedef {{ name: string; part: 'lib' | 'app'; rule(example: Example): string; at(example: Example): RegExp;
 *   apply(example: Example): (() => void) | Promise<() => void>; run(example: Example): Promise<{ works: boolean; output: string; error: string }> }} Break
 */

const inPlace = {
  lib: ({ root, bundler }) => runLibrary(bundler, join(root, 'shared')),
  app: ({ root, bundler }) => runApplication(bundler, join(root, bundler, 'app')),
};

/** @type {readonly Break[]} */
export const BREAKS = [
  deletion('chunk of the library', 'lib', 'VE301', germanChunk),
  deletion('chunk', 'app', 'VE301', farewellChunk),
  deletion('worker', 'app', ({ bundler }) => (CHUNK_TABLES.has(bundler) ? 'VE301' : 'VE302'), workerOf),
  deletion('asset', 'app', 'VE302', (example) =>
    firstOf(example, 'app', /(^|\/)(logo|names)[^/]*\.(svg|json)$/),
  ),
  deletion('wasm', 'app', 'VE302', (example) => firstOf(example, 'app', /\.wasm$/)),
  manifestBreak('external undeclared', 'VE303', (manifest) => {
    delete manifest.dependencies;
  }),
  manifestBreak('external for development only', 'VE304', (manifest) => {
    manifest.devDependencies = manifest.dependencies;
    delete manifest.dependencies;
  }),
  {
    name: 'side effect dropped',
    part: 'lib',
    // Compilers keep the import, so the file is missing at run time.
    rule: ({ bundler }) => (COMPILERS.has(bundler) ? 'VE301' : 'VE305'),
    at: ({ bundler }) =>
      new RegExp(COMPILERS.has(bundler) ? `^${bundler}/lib/dist/` : `^${bundler}/lib/src/index\\.`),
    apply: dropSideEffect,
    run: inPlace.lib,
  },
  {
    name: 'not packed',
    part: 'lib',
    rule: () => 'VE306',
    at: ({ bundler }) => new RegExp(`^${bundler}/lib/`),
    apply: (example) =>
      editManifest(example, (manifest) => {
        manifest.files.push(`!${germanChunk(example).replace(/^.*?\/lib\//, '')}`);
      }),
    run: runPacked,
  },
  {
    name: 'not in the image',
    part: 'app',
    rule: () => 'VE307',
    at: ({ bundler }) => new RegExp(`^${bundler}/app/`),
    apply: (example) => appendToIgnoreFile(example, `**/${basename(farewellChunk(example))}\n`),
    run: runInImage,
  },
];

const COMPILERS = new Set(['swc', 'tsc']);
/** Bundlers whose workers are numbered chunks. */
const CHUNK_TABLES = new Set(['webpack', 'rspack']);

function deletion(name, part, code, find) {
  return {
    name,
    part,
    rule: typeof code === 'string' ? () => code : code,
    at: ({ bundler }) => new RegExp(`^${bundler}/${part}/dist/`),
    apply: (example) => moveAway(join(example.root, find(example))),
    run: inPlace[part],
  };
}

function manifestBreak(name, code, edit) {
  return {
    name,
    part: 'lib',
    rule: () => code,
    at: ({ bundler }) => new RegExp(`^${bundler}/lib/`),
    apply: (example) => editManifest(example, edit),
    run: runPacked,
  };
}

/** Moves a file out of the workspace. @returns a function that puts it back */
export function moveAway(file) {
  const kept = join(mkdtempSync(join(dirname(dirname(file)), '..', '.kept-')), 'file');
  renameSync(file, kept);
  return () => {
    renameSync(kept, file);
    rmSync(dirname(kept), { recursive: true });
  };
}

function editFile(file, edit) {
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, edit(before));
  return () => writeFileSync(file, before);
}

function editManifest({ root, bundler }, edit) {
  return editFile(join(root, bundler, 'lib/package.json'), (text) => {
    const manifest = JSON.parse(text);
    edit(manifest);
    return `${JSON.stringify(manifest, null, 2)}\n`;
  });
}

function appendToIgnoreFile({ root, bundler }, lines) {
  const folder = join(root, bundler, 'app');
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.dockerignore'));
  return editFile(join(folder, name), (text) => text + lines);
}

/** Rebuilds the library without the module that has side effects, in the way that happens with each tool. */
async function dropSideEffect(example) {
  const { root, bundler } = example;
  if (COMPILERS.has(bundler)) return moveAway(join(root, bundler, 'lib/dist/register.js'));
  const dist = join(root, bundler, 'lib/dist');
  const before = `${dist}-before`;
  cpSync(dist, before, { recursive: true });
  // Rollup does not read `sideEffects` from the manifest. This option has the same effect.
  const undo =
    bundler === 'rollup'
      ? editFile(join(root, 'rollup/lib/build.mjs'), (text) =>
          text.replace('rollup({', 'rollup({\n  treeshake: { moduleSideEffects: false },'),
        )
      : editManifest(example, (manifest) => {
          manifest.sideEffects = false;
        });
  rmSync(dist, { recursive: true });
  await build(root, `${bundler}/lib`);
  return () => {
    undo();
    rmSync(dist, { recursive: true });
    renameSync(before, dist);
  };
}

/** A folder outside every workspace, so that only shipped files are found. */
function emptyFolder() {
  return mkdtempSync(join(realpathSync(tmpdir()), 'verify-exports-shipped-'));
}

async function runPacked({ root, bundler }) {
  const target = emptyFolder();
  await installPacked(root, [bundler], target);
  const outcome = await runLibrary(bundler, join(target, bundler));
  rmSync(target, { recursive: true });
  return outcome;
}

async function runInImage({ root, bundler }) {
  const target = emptyFolder();
  const outcome = await runApplication(bundler, layOutImage(root, bundler, target));
  rmSync(target, { recursive: true });
  return outcome;
}

/** All ways in which the unbroken examples run. */
export const CLEAN_RUNS = [
  { name: 'library', part: 'lib', run: inPlace.lib },
  { name: 'library, packed', part: 'lib', run: runPacked },
  { name: 'application', part: 'app', run: inPlace.app },
  { name: 'application, in its image', part: 'app', run: runInImage },
];

/** The built files of a part of an example, relative to the workspace root. */
export function builtFiles({ root, bundler }, part) {
  const folders = part === 'lib' ? ['dist', 'types'] : ['dist'];
  return folders.flatMap((folder) => filesBelow(root, posix.join(bundler, part, folder)));
}

function filesBelow(root, folder) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .toSorted();
  } catch {
    return [];
  }
}

function firstOf(example, part, pattern) {
  return builtFiles(example, part).find((file) => pattern.test(file));
}

function scriptWith(example, part, test) {
  const scripts = builtFiles(example, part).filter((file) => file.endsWith('.js'));
  const found = scripts.find((file) => test(readFileSync(join(example.root, file), 'utf8')));
  if (!found) throw new Error(`No built script of ${example.bundler}/${part} has the expected text.`);
  return found;
}

function germanChunk(example) {
  return scriptWith(example, 'lib', (text) => text.includes('Hallo'));
}

function farewellChunk(example) {
  return scriptWith(example, 'app', (text) => text.includes('Goodbye!'));
}

function workerOf(example) {
  return scriptWith(example, 'app', (text) => text.includes('postMessage') && !text.includes('WebAssembly'));
}
