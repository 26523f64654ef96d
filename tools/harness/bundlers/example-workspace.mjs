import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outcomeOf } from './outcome-of.mjs';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The tools that build the examples. Each has a library and an application. */
export const BUNDLERS = ['esbuild', 'vite', 'rollup', 'rolldown', 'webpack', 'rspack', 'swc', 'tsc'];

/** Tools whose application is a page. The other applications run in Node. */
export const PAGES = new Set(['esbuild', 'vite', 'webpack', 'rspack']);

/** Copies examples/bundlers to a temporary folder. @param {string} [checkout] */
export function copyExamples(checkout = repository) {
  return copyExample(checkout, 'bundlers', packagesOf(BUNDLERS));
}

/** Copies examples/incident to a temporary folder. @param {string} [checkout] */
export function copyIncident(checkout = repository) {
  return copyExample(checkout, 'incident', ['packages/monitoring', 'packages/gateway', 'apps/api']);
}

/**
 * Copies an example without its output and links its packages as `npm install` does, without downloading anything.
 *
 * @param {string} checkout
 * @param {string} example
 * @param {readonly string[]} packages
 */
function copyExample(checkout, example, packages) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `verify-exports-${example}-`));
  cpSync(join(checkout, 'examples', example), folder, {
    recursive: true,
    filter: (source) => !/[\\/](dist|node_modules|\.nx|\.verify-exports)$/.test(source),
  });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@acme'), { recursive: true });
  for (const name of readdirSync(join(checkout, 'node_modules')))
    if (name !== '@acme') symlinkSync(join(checkout, 'node_modules', name), join(modules, name), 'junction');
  for (const path of packages) {
    const { name } = JSON.parse(readFileSync(join(folder, path, 'package.json'), 'utf8'));
    symlinkSync(join(folder, path), join(modules, name), 'junction');
  }
  return folder;
}

/** Folders of packages, in the order in which they can be built. @param {readonly string[]} bundlers */
export function packagesOf(bundlers) {
  return ['shared', ...bundlers.flatMap((bundler) => [`${bundler}/lib`, `${bundler}/app`])];
}

/**
 * Runs a package's build script as `npm run build` does.
 *
 * @param {string} folder
 * @param {string} path
 * @throws Error with the output of the build
 */
export async function build(folder, path) {
  const cwd = join(folder, path);
  const script = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).scripts?.build;
  if (script === undefined) return;
  const PATH = [join(repository, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, NODE_ENV: 'production' };
  const { works, output, error } = await outcomeOf(script, [], { cwd, env, shell: true });
  if (!works) throw new Error(`${path}: "${script}" failed.\n${output}${error}`);
}
