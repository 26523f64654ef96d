import { random as seeded } from '../bench/random.mjs';
import { COMMON_NAMES, generateEsm, someName } from './generate-esm.mjs';
import { makeProbe, runtimeForm } from './probes.mjs';
import { APP } from './workspace.mjs';

/** What kinds of workspaces there are, and how often each comes up. */
const FLAVOURS = [[esmWorkspace, 1]];

/**
 * The workspace of a seed.
 *
 * @param {number} seed
 * @param {{ flavour?: string }} [options]
 * @returns {import('./workspace.mjs').Workspace}
 */
export function generateWorkspace(seed, { flavour } = {}) {
  const random = seeded(Math.imul(seed, 0x9e3779b1));
  const choices = FLAVOURS.filter(([make]) => !flavour || make.name === `${flavour}Workspace`);
  if (choices.length === 0) throw new Error(`There is no flavour "${flavour}".`);
  const [make] = random.pick(choices.flatMap((choice) => Array(choice[1]).fill(choice)));
  return { flavour: make.name.replace(/Workspace$/, ''), seed, ...make(random) };
}

/** Webs of ES modules, judged by Node and esbuild. */
function esmWorkspace(random) {
  const two = random.chance(0.3);
  const base = esmPackage(random, { name: '@w/base' });
  const top = two ? esmPackage(random, { name: '@w/top', foreign: [{ specifier: '@w/base', names: base.names }] }) : undefined;
  const asked = [base, ...(top ? [top] : [])];
  return {
    modules: asked.flatMap(({ modules }) => modules),
    manifests: [...asked.map(({ manifest }) => manifest), appManifest(asked)],
    probes: runtimeProbes(random, asked, random.int(4, 9)),
    linkedByEsm: true,
  };
}

function esmPackage(random, { name, foreign = [] }) {
  const root = `packages/${name.split('/')[1]}`;
  const paths = ['index', 'one', 'two', 'three', 'deep/four', 'deep/five']
    .slice(0, random.int(1, 6))
    .map((path) => `${root}/dist/${path}.js`);
  const { modules, names } = generateEsm(random, { paths, foreign });
  const json = {
    name,
    type: 'module',
    exports: { '.': './dist/index.js' },
    ...(foreign.length > 0 && { dependencies: { '@w/base': '*' } }),
  };
  return { name, modules, names: [...names.get(paths[0])], manifest: { path: `${root}/package.json`, json } };
}

function appManifest(providers) {
  const dependencies = Object.fromEntries(providers.map(({ name }) => [name, '*']));
  return { path: `${APP}/package.json`, json: { name: '@w/app', private: true, dependencies } };
}

function runtimeProbes(random, providers, count) {
  return Array.from({ length: count }, (_, index) => {
    const { name: specifier, names } = random.pick(providers);
    const named = random.chance(0.93);
    const form = runtimeForm({ random, named });
    return makeProbe({ form, index, specifier, ...(named && { name: askedName(random, names) }) });
  });
}

/** Mostly a name that seems to be there. */
function askedName(random, names) {
  if (names.length > 0 && random.chance(0.75)) return random.pick(names);
  return random.chance(0.1) ? 'default' : random.chance(0.5) ? random.pick(COMMON_NAMES) : someName(random);
}
