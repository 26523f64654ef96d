import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import {
  build,
  BUNDLERS,
  copyExamples,
  copyIncident,
  packagesOf,
} from '../harness/bundlers/example-workspace.mjs';
import { parseCase, parsePageCase, writeWorkspace } from './case-reader.mjs';

/**
 * @typedef {import('../../packages/engine/dist/index.js').ProjectInput} ProjectInput
 * @typedef {{ name: string; root: string; projects?: readonly ProjectInput[]; options?: object; dispose(): void }} ComparedWorkspace
 */

/**
 * All workspaces of a checkout that the engine can check: the cases of rules, the examples on their pages, the planted breaks before and
 * after the change, the built examples, and the corpus if it is there.
 *
 * @param {string} checkout
 * @param {{ build: boolean; cases: readonly string[] }} options `build`: build the examples; `cases`: more folders with cases
 * @returns {AsyncGenerator<ComparedWorkspace>}
 */
export async function* workspacesToCompare(checkout, options) {
  const rules = join(checkout, 'packages/engine/src/rules');
  const breaks = ['tools/harness/breaks/cases', 'tools/breaks/cases'].map((folder) => join(checkout, folder));
  for (const folder of [rules, ...breaks, ...options.cases])
    for (const file of filesIn(folder, /\.(case|txt)$/)) yield* ofCase(folder, file);
  for (const file of filesIn(rules, /[\\/]README\.md$/)) yield* ofPage(rules, file);
  if (options.build) yield* builtExamples(checkout);
  const corpus = join(checkout, '.cache/corpus/workspace');
  // As `npm run corpus` does: each demand is counted once, by the project that makes it.
  if (existsSync(corpus))
    yield { name: 'corpus', root: corpus, options: { dependents: false }, dispose: () => {} };
}

/**
 * @param {string} folder
 * @param {RegExp} name
 */
function filesIn(folder, name) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file)));
  return files.filter((file) => name.test(file)).sort();
}

/**
 * @param {string} folder
 * @param {string} file
 * @returns {Generator<ComparedWorkspace>}
 */
function* ofCase(folder, file) {
  const { files, broken, projects, options } = parseCase(readFileSync(file, 'utf8'));
  const name = relative(join(folder, '..'), file);
  const isBreak = basename(join(folder, '..')) === 'breaks';
  for (const [state, texts] of [
    ['', files],
    [' (broken)', broken],
  ]) {
    if (!(texts instanceof Map)) continue;
    yield written(`${name}${state}`, texts, {
      ...(options && { options }),
      ...(projects ? { projects } : isBreak ? { projects: projectsOf([...texts.keys()]) } : {}),
    });
  }
}

/** The projects of a planted break: each package builds into its dist folder. @param {readonly string[]} paths */
function projectsOf(paths) {
  const names = new Set(paths.flatMap((path) => /^packages\/([^/]+)\//.exec(path)?.[1] ?? []));
  return [...names].map((name) => ({
    name,
    root: `packages/${name}`,
    outputs: [`packages/${name}/dist`],
  }));
}

/**
 * @param {string} folder
 * @param {string} file
 * @returns {Generator<ComparedWorkspace>}
 */
function* ofPage(folder, file) {
  const page = readFileSync(file, 'utf8');
  const name = relative(folder, file);
  const sections = page.split(/^## /m);
  const find = (/** @type {RegExp} */ heading) => sections.find((section) => heading.test(section)) ?? '';
  const broken = parsePageCase(find(/^Broken\n/));
  const fixed = parsePageCase(find(/^(Fixed|How to fix it)\n/));
  const options = broken.options && { options: broken.options };
  yield written(`${name} (broken)`, broken.files, { ...options });
  yield written(`${name} (fixed)`, new Map([...broken.files, ...fixed.files]), { ...options });
}

/**
 * @param {string} name
 * @param {ReadonlyMap<string, string>} files
 * @param {{ projects?: readonly ProjectInput[]; options?: object }} more
 * @returns {ComparedWorkspace}
 */
function written(name, files, more) {
  const { root } = writeWorkspace(files);
  return { name, root, ...more, dispose: () => rmSync(root, { recursive: true, force: true }) };
}

/** @param {string} checkout @returns {AsyncGenerator<ComparedWorkspace>} */
async function* builtExamples(checkout) {
  const bundlers = copyExamples(checkout);
  const folders = packagesOf(BUNDLERS);
  for (const folder of folders) await build(bundlers, folder);
  yield example('examples/bundlers', bundlers, folders);
  const incident = copyIncident(checkout);
  const packages = ['packages/monitoring', 'packages/gateway', 'apps/api'];
  for (const folder of packages) await build(incident, folder);
  yield example('examples/incident', incident, packages);
}

/**
 * @param {string} name
 * @param {string} root
 * @param {readonly string[]} folders
 * @returns {ComparedWorkspace}
 */
function example(name, root, folders) {
  const projects = folders.map((folder) => ({ name: folder, root: folder, outputs: [`${folder}/dist`] }));
  return { name, root, projects, dispose: () => rmSync(root, { recursive: true, force: true }) };
}
