import { random } from './random.mjs';

/**
 * The plan of a generated workspace: its packages and modules, the declarations of each module, and all imports. The workspace has
 * no cycles and no broken import.
 *
 * @typedef {{ name: string; kind: 'interface' | 'alias' | 'enum' | 'const' | 'class' | 'function' | 'async' }} Declared
 * @typedef {{ specifier: string; form: 'named' | 'type' | 'mixed' | 'namespace'; names: Declared[] }} Imported
 * @typedef {{ file: string; title: string; declared: Declared[]; imports: Imported[] }} FeatureModule
 * @typedef {{ file: string; form: 'named' | 'star' }} BarrelEntry
 * @typedef {{ name: string; folder: string; dual: boolean; dependencies: string[]; modules: FeatureModule[]; barrel: BarrelEntry[]; testing: string[] }} PlannedPackage
 */

const VERBS = ['normalize', 'resolve', 'merge', 'format', 'collect', 'validate', 'schedule', 'measure'];
const NOUNS = [
  'Invoice',
  'Session',
  'Tenant',
  'Ledger',
  'Signal',
  'Route',
  'Policy',
  'Segment',
  'Quota',
  'Cursor',
];
const TYPES_ONLY = new Set(['interface', 'alias']);

/** Every fifth package is built as ES module and CommonJS. It depends only on packages that are built in the same way. */
const DUAL_EVERY = 5;
/** A package depends only on this many packages before it, like the layers of a real workspace. */
const WINDOW = 24;

/** @param {Declared} declared */
export const isTypeOnly = (declared) => TYPES_ONLY.has(declared.kind);

/**
 * @param {{ packages: number; modules: number; seed?: number }} size `modules` counts the barrel and the testing entry too.
 * @returns {PlannedPackage[]} in an order in which every package comes after those that it depends on
 */
export function planWorkspace({ packages, modules, seed = 1 }) {
  if (modules < 4)
    throw new RangeError('A package needs at least four modules: index, testing and two more.');
  const rng = random(seed);
  const digits = String(packages).length;
  /** @type {PlannedPackage[]} */
  const planned = [];
  for (let index = 0; index < packages; index++) {
    const dual = index % DUAL_EVERY === 0;
    const before = planned.filter((other, at) => (dual ? other.dual : index - at <= WINDOW)).slice(-WINDOW);
    const dependencies = rng.some(before, rng.int(3, 8));
    planned.push(planPackage({ rng, index, digits, dual, dependencies, modules }));
  }
  return planned;
}

function planPackage({ rng, index, digits, dual, dependencies, modules }) {
  const id = String(index).padStart(digits, '0');
  const plan = {
    name: `@bench/pkg-${id}`,
    folder: `packages/pkg-${id}`,
    dual,
    dependencies: dependencies.map(({ name }) => name),
  };
  /** @type {FeatureModule[]} */
  const features = [];
  for (let at = 0; at < modules - 2; at++)
    features.push(planModule({ rng, index, at, features, dependencies, modules }));
  const exported = features.filter((_, at) => at === 0 || at % 10 !== 9);
  return {
    ...plan,
    modules: features,
    barrel: exported.map(({ file }) => ({
      file,
      form: /** @type {BarrelEntry['form']} */ (rng.chance(0.2) ? 'star' : 'named'),
    })),
    testing: rng.some(features, 3).map(({ file }) => file),
  };
}

function planModule({ rng, index, at, features, dependencies, modules }) {
  // No two modules of the workspace declare the same name, so that a module can import from any of them.
  const title = `${rng.pick(NOUNS)}${index}x${at}`;
  const providers = dependencies.filter((_, which) => which % (modules - 2) === at || rng.chance(0.15));
  const siblings = rng.some(features, Math.min(features.length, rng.int(1, 3)));
  const imports = [
    ...providers.map((provider) =>
      planImport({ rng, specifier: provider.name, offered: offeredBy(provider) }),
    ),
    ...siblings.map((sibling) =>
      planImport({ rng, specifier: `./${sibling.file}.js`, offered: sibling.declared }),
    ),
  ];
  return { file: title.toLowerCase(), title, declared: declare(rng, title), imports };
}

function declare(rng, title) {
  const verbs = rng.some(VERBS, 2);
  return [
    { kind: 'interface', name: `${title}Options` },
    { kind: 'alias', name: `${title}Result` },
    ...(rng.chance(0.25) ? [{ kind: 'enum', name: `${title}State` }] : []),
    { kind: 'const', name: `${title.toUpperCase()}_DEFAULTS` },
    { kind: 'class', name: `${title}Store` },
    ...verbs.map((verb, at) => ({ kind: at === 1 ? 'async' : 'function', name: `${verb}${title}` })),
  ];
}

/** @param {PlannedPackage} provider */
function offeredBy(provider) {
  const listed = new Set(provider.barrel.map(({ file }) => file));
  return provider.modules.filter(({ file }) => listed.has(file)).flatMap(({ declared }) => declared);
}

function planImport({ rng, specifier, offered }) {
  const names = rng.some(offered, rng.int(2, 4));
  const types = names.filter(isTypeOnly);
  const values = names.filter((one) => !isTypeOnly(one));
  if (values.length === 0) return { specifier, form: rng.chance(0.8) ? 'type' : 'named', names };
  if (rng.chance(0.1)) return { specifier, form: 'namespace', names: values };
  // A tenth of the imports has types without the word `type`, as people write them.
  return { specifier, form: types.length > 0 && rng.chance(0.9) ? 'mixed' : 'named', names };
}
