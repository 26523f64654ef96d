import { posix } from 'node:path';
import { spelled } from './probes.mjs';

/**
 * A random graph of ES modules: stars with cycles and conflicts, renames, defaults, namespaces as names, string names.
 *
 * @param {import('../../bench/random.mjs').Random} random
 * @param {{ paths: readonly string[]; foreign?: readonly { specifier: string; names: readonly string[] }[]; acyclic?: boolean; plainNames?: boolean }} plan
 *   `foreign`: specifiers of other packages to re-export from; `acyclic`: modules import only later ones
 * @returns {{ modules: import('./workspace.mjs').ModuleFile[]; names: Map<string, Set<string>>; members: Map<string, Map<string, string[]>> }}
 *   `names`: approximately the exports of each module; `members`: approximately the names in exports that are namespaces
 */
export function generateEsm(random, { paths, foreign = [], acyclic = false, plainNames = false }) {
  const drafts = paths.map((path) => ({
    path,
    chunks: /** @type {string[]} */ ([]),
    own: new Set(),
    stars: [],
    spaces: new Map(),
  }));
  const state = { random, drafts, foreign, acyclic, plainNames, counter: 0 };
  for (const draft of drafts) declare(state, draft);
  for (const draft of drafts) forward(state, draft);
  // Node treats an empty file as an ES module because of its package. Bundlers treat it as CommonJS.
  for (const { chunks } of drafts)
    if (!chunks.some((chunk) => /\b(im|ex)port\b/.test(chunk))) chunks.push('export {};');
  const names = new Map(drafts.map((draft) => [draft.path, offeredBy(draft, new Set())]));
  const members = new Map(drafts.map((draft) => [draft.path, membersOf(draft, new Set())]));
  return {
    modules: drafts.map(({ path, chunks }) => ({ path, chunks: random.some(chunks, chunks.length) })),
    names,
    members,
  };
}

export const COMMON_NAMES = ['a', 'b', 'c', 'd', 'e'];
const RARE_NAMES = [
  'x-y',
  'ü',
  'constructor',
  '__proto__',
  'toString',
  'if',
  '*',
  '__esModule',
  'prototype',
  'a b',
];

export function someName(random, plain = false) {
  return plain || random.chance(0.93) ? random.pick(COMMON_NAMES) : random.pick(RARE_NAMES);
}

const LOCAL_EXPORTS = [
  (n, v) => `export const ${n} = ${v};`,
  (n, v) => `export let ${n} = ${v};`,
  (n) => `export function ${n}() {}`,
  (n) => `export async function* ${n}() {}`,
  (n) => `export class ${n} {}`,
  (n, v) => `export const { ${n}, rest_${n} = 1 } = { ${n}: ${v} };`,
  (n, v) => `export var [${n}] = [${v}];`,
];
const DEFAULTS = [
  (v) => `export default ${v};`,
  () => 'export default function () {}',
  () => 'export default class Named {}',
  () => 'export default (class {});',
  (v, l) => `const ${l} = ${v}; export { ${l} as default };`,
];
const BINDABLE = /^[a-z]$|^ü$|^constructor$|^toString$|^prototype$/;

function declare(state, draft) {
  const { random } = state;
  for (let left = random.int(0, 3); left > 0; left--) {
    const name = someName(random, state.plainNames);
    if (draft.own.has(name)) continue;
    const value = JSON.stringify(`${draft.path} ${name}`);
    if (BINDABLE.test(name) && random.chance(0.7)) draft.chunks.push(random.pick(LOCAL_EXPORTS)(name, value));
    else {
      const local = fresh(state);
      const again = random.chance(0.2) ? someName(random, state.plainNames) : undefined;
      const second = again !== undefined && again !== name && !draft.own.has(again);
      draft.chunks.push(
        `const ${local} = ${value}; export { ${local} as ${spelled(name)}${second ? `, ${local} as ${spelled(again)}` : ''} };`,
      );
      if (second) draft.own.add(again);
    }
    draft.own.add(name);
  }
  if (random.chance(0.25)) {
    draft.chunks.push(random.pick(DEFAULTS)(JSON.stringify(`${draft.path} default`), fresh(state)));
    draft.own.add('default');
  }
}

function forward(state, draft) {
  const { random } = state;
  for (let left = random.int(0, 4); left > 0; left--) {
    const target = pickTarget(state, draft);
    if (!target) continue;
    const from = JSON.stringify(target.specifier);
    const kind = random.int(0, 9);
    if (kind <= 3) {
      draft.stars.push(target);
      draft.chunks.push(`export * from ${from};`);
    } else if (kind <= 6) {
      const name = pickName(state, target);
      const as = random.chance(0.5)
        ? name
        : random.chance(0.15)
          ? 'default'
          : someName(random, state.plainNames);
      if (name === undefined || draft.own.has(as)) continue;
      draft.own.add(as);
      draft.chunks.push(reexport(state, name, as, from));
    } else if (kind === 7) {
      const as = someName(random, state.plainNames);
      if (draft.own.has(as)) continue;
      draft.own.add(as);
      draft.spaces.set(as, target);
      const local = fresh(state);
      draft.chunks.push(
        random.chance(0.5)
          ? `export * as ${spelled(as)} from ${from};`
          : `import * as ${local} from ${from}; export { ${local} as ${spelled(as)} };`,
      );
    } else if (kind === 8) draft.chunks.push(`import ${from};`);
    else draft.chunks.push(random.chance(0.5) ? `export {} from ${from};` : 'export {};');
  }
}

function reexport(state, name, as, from) {
  const { random } = state;
  if (random.chance(0.6)) return `export { ${spelled(name)} as ${spelled(as)} } from ${from};`;
  const local = fresh(state);
  const exported = `export { ${local} as ${spelled(as)} };`;
  if (name === 'default' && random.chance(0.7)) return `import ${local} from ${from}; ${exported}`;
  return `import { ${spelled(name)} as ${local} } from ${from}; ${exported}`;
}

function pickTarget(state, draft) {
  const { random, drafts, foreign, acyclic } = state;
  if (foreign.length > 0 && random.chance(0.2)) {
    const { specifier, names } = random.pick(foreign);
    return { specifier, names: () => new Set(names) };
  }
  const candidates = acyclic ? drafts.slice(drafts.indexOf(draft) + 1) : drafts;
  if (candidates.length === 0) return undefined;
  const target = random.pick(candidates);
  const path = posix.relative(posix.dirname(draft.path), target.path);
  return {
    specifier: path.startsWith('.') ? path : `./${path}`,
    draft: target,
    names: () => offeredBy(target, new Set()),
  };
}

/** Usually a name that the target seems to export. */
function pickName(state, target) {
  const names = [...target.names()];
  if (names.length > 0 && state.random.chance(0.96)) return state.random.pick(names);
  return state.random.chance(0.2) ? someName(state.random, state.plainNames) : undefined;
}

/** Ignores ambiguity: this is only a hint for choosing names. */
function offeredBy(draft, visited) {
  if (visited.has(draft)) return new Set();
  visited.add(draft);
  const names = new Set(draft.own);
  for (const star of draft.stars) {
    const through = star.draft ? offeredBy(star.draft, visited) : star.names();
    for (const name of through) if (name !== 'default') names.add(name);
  }
  return names;
}

function membersOf(draft, visited) {
  if (visited.has(draft)) return new Map();
  visited.add(draft);
  const passedOn = draft.stars.flatMap((star) => (star.draft ? [...membersOf(star.draft, visited)] : []));
  const own = [...draft.spaces].map(([name, target]) => [name, [...target.names()]]);
  return new Map([...passedOn, ...own]);
}

function fresh(state) {
  return `l${state.counter++}`;
}
