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

/** What builds the examples; each has a library and an application. */
export const BUNDLERS = ['esbuild', 'vite', 'rollup', 'rolldown', 'webpack', 'rspack', 'swc', 'tsc'];

/** Those whose application is a page; the others' run in Node. */
export const PAGES = new Set(['esbuild', 'vite', 'webpack', 'rspack']);

/** Copies examples/bundlers to a temporary folder and links it as `npm install` would, without downloading anything. */
export function copyExamples() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'verify-exports-bundlers-'));
  cpSync(join(repository, 'examples/bundlers'), folder, {
    recursive: true,
    filter: (source) => !/[\\/](dist|node_modules)$/.test(source),
  });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@acme'), { recursive: true });
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name !== '@acme')
      symlinkSync(join(repository, 'node_modules', name), join(modules, name), 'junction');
  }
  for (const path of packagesOf(BUNDLERS)) {
    const { name } = JSON.parse(readFileSync(join(folder, path, 'package.json'), 'utf8'));
    symlinkSync(join(folder, path), join(modules, name), 'junction');
  }
  return folder;
}

/** Folders of packages, in the order in which they can be built. */
export function packagesOf(bundlers) {
  return ['shared', ...bundlers.flatMap((bundler) => [`${bundler}/lib`, `${bundler}/app`])];
}

/** Runs a package's build script as `npm run build` does. @throws Error with what the build printed */
export async function build(folder, path) {
  const cwd = join(folder, path);
  const script = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).scripts?.build;
  if (script === undefined) return;
  const PATH = [join(repository, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, NODE_ENV: 'production' };
  const { works, output, error } = await outcomeOf(script, [], { cwd, env, shell: true });
  if (!works) throw new Error(`${path}: "${script}" failed.\n${output}${error}`);
}
