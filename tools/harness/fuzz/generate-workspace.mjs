import { random as seeded } from '../../bench/random.mjs';
import { generateCommonJs } from './generate-commonjs.mjs';
import { generateDeclarations } from './generate-declarations.mjs';
import { COMMON_NAMES, generateEsm, someName } from './generate-esm.mjs';
import { generateManifest } from './generate-manifests.mjs';
import { innerForm, makeProbe, runtimeForm, typesForm } from './probes.mjs';
import { APP } from './workspace.mjs';

/** The kinds of workspaces, and how often each is generated. */
const FLAVOURS = [
  { make: esmWorkspace, times: 3 },
  { make: declarationsWorkspace, times: 3 },
  { make: commonjsWorkspace, times: 3 },
  { make: manifestsWorkspace, times: 3 },
];

/**
 * The workspace of a seed.
 *
 * @param {number} seed
 * @param {{ flavour?: string }} [options]
 * @returns {Promise<import('./workspace.mjs').Workspace>}
 */
export async function generateWorkspace(seed, { flavour } = {}) {
  const random = seeded(Math.imul(seed, 0x9e3779b1));
  const choices = FLAVOURS.filter(({ make }) => !flavour || make.name === `${flavour}Workspace`);
  if (choices.length === 0) throw new Error(`There is no flavour "${flavour}".`);
  const { make } = random.pick(choices.flatMap((choice) => Array(choice.times).fill(choice)));
  return { flavour: make.name.replace(/Workspace$/, ''), seed, ...(await make(random)) };
}

/** Graphs of ES modules, checked by Node and esbuild. */
function esmWorkspace(random) {
  const two = random.chance(0.3);
  const base = esmPackage(random, { name: '@w/base' });
  const top = two
    ? esmPackage(random, { name: '@w/top', foreign: [{ specifier: '@w/base', names: base.names }] })
    : undefined;
  const requested = [base, ...(top ? [top] : [])];
  return {
    modules: requested.flatMap(({ modules }) => modules),
    manifests: [...requested.map(({ manifest }) => manifest), appManifest(requested)],
    probes: runtimeProbes(random, requested, random.int(4, 9)),
    linkedByEsm: true,
  };
}

/**
 * @param {import('../../bench/random.mjs').Random} random
 * @param {{ name: string; foreign?: readonly { specifier: string; names: readonly string[] }[] }} options
 */
function esmPackage(random, { name, foreign = [] }) {
  const root = `packages/${name.split('/')[1]}`;
  const paths = ['index', 'one', 'two', 'three', 'deep/four', 'deep/five']
    .slice(0, random.int(1, 6))
    .map((path) => `${root}/dist/${path}.js`);
  const { modules, names, members } = generateEsm(random, { paths, foreign });
  const json = {
    name,
    type: 'module',
    exports: { '.': './dist/index.js' },
    ...(foreign.length > 0 && { dependencies: { '@w/base': '*' } }),
  };
  return {
    name,
    modules,
    names: [...(names.get(paths[0]) ?? [])],
    members: members.get(paths[0]),
    manifest: { path: `${root}/package.json`, json },
  };
}

/** Declarations that do not match their JavaScript, checked by the TypeScript checker. */
function declarationsWorkspace(random) {
  const commonjs = random.chance(0.4);
  const root = 'packages/base';
  const paths = ['index', 'one', 'two', 'three', 'deep/four'].slice(0, random.int(1, 5));
  const { modules, names } = generateDeclarations(random, {
    paths: paths.map((path) => `${root}/dist/${path}.d.ts`),
    commonjs,
  });
  const offered = [...(names.get(`${root}/dist/index.d.ts`) ?? [])];
  const built = random.some(
    offered.filter((name) => /^[a-z]$|^default$/.test(name)),
    random.int(0, 6),
  );
  const exported = (name) =>
    commonjs
      ? `exports.${name} = 1;`
      : name === 'default'
        ? 'export default 1;'
        : `export const ${name} = 1;`;
  const script = { path: `${root}/dist/index.js`, chunks: ['', ...built.map(exported)] };
  if (!commonjs) script.chunks.push('export {};');
  const json = {
    name: '@w/base',
    type: commonjs ? 'commonjs' : 'module',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  };
  const provider = { name: '@w/base', names: offered, manifest: { path: `${root}/package.json`, json } };
  const probes = Array.from({ length: random.int(4, 9) }, (_, index) =>
    makeProbe({
      form: typesForm({ random }),
      index,
      specifier: provider.name,
      name: usualName(random, offered),
    }),
  );
  return { modules: [...modules, script], manifests: [provider.manifest, appManifest([provider])], probes };
}

/** CommonJS of compilers and of people, checked by Node. */
async function commonjsWorkspace(random) {
  const root = 'packages/base';
  const paths = ['index', 'one', 'two', 'three', 'deep/four']
    .slice(0, random.int(1, 5))
    .map((path) => `${root}/dist/${path}.js`);
  const { modules, names, members, opaque } = await generateCommonJs(random, { paths });
  const json = { name: '@w/base', type: 'commonjs', exports: { '.': './dist/index.js' } };
  const provider = {
    name: '@w/base',
    names: [...(names.get(paths[0]) ?? [])],
    members: members?.get(paths[0]),
    manifest: { path: `${root}/package.json`, json },
  };
  return {
    modules,
    manifests: [provider.manifest, appManifest([provider])],
    probes: runtimeProbes(random, [provider], random.int(4, 9)),
    opaque,
  };
}

/** Maps in `exports` and `imports`, checked by Node and the TypeScript checker. */
function manifestsWorkspace(random) {
  const { modules, json, subpaths, names } = generateManifest(random);
  const provider = { name: '@w/base', manifest: { path: 'packages/base/package.json', json } };
  const probes = Array.from({ length: random.int(5, 10) }, (_, index) => {
    const types = random.chance(0.35);
    const named = types || random.chance(0.9);
    const form = types ? typesForm({ random }) : runtimeForm({ random, named });
    const specifier = `@w/base${random.pick(subpaths).slice(1)}`;
    return makeProbe({
      form,
      index,
      specifier,
      ...(named && { name: random.chance(0.05) ? 'default' : usualName(random, names) }),
    });
  });
  return { modules, manifests: [provider.manifest, appManifest([provider])], probes };
}

function appManifest(providers) {
  const dependencies = Object.fromEntries(providers.map(({ name }) => [name, '*']));
  return { path: `${APP}/package.json`, json: { name: '@w/app', private: true, dependencies } };
}

function runtimeProbes(random, providers, count) {
  return Array.from({ length: count }, (_, index) => {
    const { name: specifier, names, members = new Map() } = random.pick(providers);
    if (members.size > 0 && random.chance(0.25)) {
      const [name, inside] = random.pick([...members]);
      return makeProbe({
        form: innerForm({ random }),
        index,
        specifier,
        name,
        inner: usualName(random, inside),
      });
    }
    const named = random.chance(0.93);
    const form = runtimeForm({ random, named });
    return makeProbe({ form, index, specifier, ...(named && { name: usualName(random, names) }) });
  });
}

/** Usually a name that seems to exist. */
function usualName(random, names) {
  if (names.length > 0 && random.chance(0.75)) return random.pick(names);
  return random.chance(0.1) ? 'default' : random.chance(0.5) ? random.pick(COMMON_NAMES) : someName(random);
}
