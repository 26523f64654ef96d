import { posix } from 'node:path';
import { COMMON_NAMES, someName } from './generate-esm.mjs';
import { spelled } from './probes.mjs';

/**
 * A random graph of declaration files: values, types and both, merged and implicit exports, type-only and star re-exports,
 * aliases, and `export =` if the declarations are CommonJS.
 *
 * @param {import('../../bench/random.mjs').Random} random
 * @param {{ paths: readonly string[]; commonjs?: boolean; foreign?: readonly { specifier: string; names: readonly string[] }[] }} plan
 * @returns {{ modules: import('./workspace.mjs').ModuleFile[]; names: Map<string, Set<string>> }} `names`: approximately the exports of each module
 */
export function generateDeclarations(random, { paths, commonjs = false, foreign = [] }) {
  const drafts = paths.map((path) => ({
    path,
    chunks: /** @type {string[]} */ ([]),
    own: new Set(),
    locals: new Set(),
    stars: [],
    assigned: false,
  }));
  const state = { random, drafts, foreign, counter: 0 };
  for (const draft of drafts) {
    if (commonjs && random.chance(0.4)) assign(state, draft);
    else declare(state, draft);
  }
  for (const draft of drafts) if (!draft.assigned) forward(state, draft);
  // A file without module syntax is a script. Only an entry point may stay one.
  for (const { chunks } of drafts.slice(random.chance(0.5) ? 1 : 0)) {
    if (!chunks.some((chunk) => /^(im|ex)port\b(?! as namespace)/m.test(chunk)))
      chunks.push("import './index.js';");
  }
  const names = new Map(drafts.map((draft) => [draft.path, offeredBy(draft, new Set())]));
  return { modules: drafts.map(({ path, chunks }) => ({ path, chunks })), names };
}

/** `n` is a name that can be bound, `l` a local one. */
const EXPORTED = [
  (n) => `export declare const ${n}: string;`,
  (n) => `export declare function ${n}(): void;\nexport declare function ${n}(x: 1): void;`,
  (n) => `export declare let ${n}: number, more_${n}: string;`,
  (n) => `export declare class ${n} {}`,
  (n) => `export declare abstract class ${n} {}`,
  (n) => `export declare enum ${n} { A, B }`,
  (n) => `export declare const enum ${n} { A = 1 }`,
  (n) => `export interface ${n} {}`,
  (n) => `export type ${n} = string;`,
  (n) => `export declare namespace ${n} { const inner: string; }`,
  (n) => `export declare namespace ${n} { interface Inner {} }`,
  (n) => `export declare namespace ${n}.deep { const inner: string; }`,
  (n) => `export interface ${n} {}\nexport declare const ${n}: ${n};`,
  (n) => `export declare function ${n}(): void;\nexport declare namespace ${n} { type T = 1; }`,
  (n, l) => `declare namespace ${l} { const v: string; interface v {} }\nexport import ${n} = ${l}.v;`,
  (n, l) => `declare namespace ${l} { interface v {} }\nexport import ${n} = ${l}.v;`,
];
const LOCAL = [
  (l) => `declare const ${l}: string;`,
  (l) => `interface ${l} {}`,
  (l) => `type ${l} = 1;`,
  (l) => `declare class ${l} {}`,
  (l) => `interface ${l} {}\ndeclare const ${l}: ${l};`,
  (l) => `declare const enum ${l} { A }`,
  (l) => `declare namespace ${l} { type T = 1; }`,
];
const DEFAULTS = [
  () => 'export default function (): void;',
  () => 'export default class {}',
  () => 'export default interface Anonymous {}',
  () => 'export default abstract class Abstract {}',
  (l) => `declare const ${l}: string;\nexport default ${l};`,
  (l) => `interface ${l} {}\nexport default ${l};`,
  (l) => `declare const ${l}: string;\nexport { ${l} as default };`,
  (l) => `type ${l} = 1;\nexport type { ${l} as default };`,
];
const ASSIGNED = [
  (l, [a, b]) => `declare namespace ${l} { const ${a}: string; interface ${b} {} }\nexport = ${l};`,
  (l, [a, b]) =>
    `declare function ${l}(): void;\ndeclare namespace ${l} { let ${a}: string; type ${b} = 1; }\nexport = ${l};`,
  (l, [a, b]) => `declare const ${l}: { ${a}: string; ${b}(): void };\nexport = ${l};`,
  (l, [a, b]) => `declare class ${l} { static ${a}: string; ${b}: string; }\nexport = ${l};`,
  (l, [a, b]) =>
    `declare class ${l} {}\ndeclare namespace ${l} { class ${a} {} export { ${a} as ${b} }; }\nexport = ${l};`,
  (l, [a, b]) => `interface I${l} { ${a}: string; ${b}: string }\ndeclare const ${l}: I${l};\nexport = ${l};`,
  (l, [a, b]) => `declare enum ${l} { ${a}, ${b} }\nexport = ${l};`,
  (l) => `declare function ${l}(): void;\nexport = ${l};`,
];
const BINDABLE = /^[a-z]$|^ü$|^constructor$|^toString$|^prototype$/;

function declare(state, draft) {
  const { random } = state;
  for (let left = random.int(0, 3); left > 0; left--) {
    const name = someName(random);
    if (draft.own.has(name) || name === '__esModule') continue;
    const local = fresh(state);
    draft.own.add(name);
    if (BINDABLE.test(name) && random.chance(0.75)) draft.chunks.push(random.pick(EXPORTED)(name, local));
    else if (BINDABLE.test(name) && random.chance(0.3)) draft.chunks.push(random.pick(LOCAL)(name));
    else {
      const type = random.pick(['', '', 'type ']);
      const inner = type === '' && random.chance(0.2) ? 'type ' : '';
      draft.chunks.push(
        `${random.pick(LOCAL)(local)}\nexport ${type}{ ${inner}${local} as ${spelled(name)} };`,
      );
    }
  }
  if (random.chance(0.3)) {
    draft.own.add('default');
    draft.chunks.push(random.pick(DEFAULTS)(fresh(state)));
  }
  // This statement alone does not make the file a module.
  if (draft !== state.drafts[0] && random.chance(0.1)) draft.chunks.push('export as namespace SomeGlobal;');
  if (random.chance(0.1)) draft.chunks.push('declare global { interface SomeGlobalType {} }');
}

function assign(state, draft) {
  const { random } = state;
  draft.assigned = true;
  if (random.chance(0.25) && state.drafts.some((one) => one !== draft && !one.aliased)) {
    draft.aliased = true;
    const target = pickTarget(state, draft);
    const local = fresh(state);
    draft.chunks.push(`import ${local} = require(${JSON.stringify(target.specifier)});\nexport = ${local};`);
    draft.stars.push(target);
    return;
  }
  const [a, b] = random.some(COMMON_NAMES, 2);
  draft.own.add(a).add(b);
  draft.chunks.push(random.pick(ASSIGNED)(fresh(state), [a, b]));
}

function forward(state, draft) {
  const { random } = state;
  for (let left = random.int(0, 4); left > 0; left--) {
    const target = pickTarget(state, draft);
    const from = JSON.stringify(target.specifier);
    const type = random.pick(['', '', '', 'type ']);
    const kind = random.int(0, 9);
    if (kind <= 3) {
      if (type === '' || random.chance(0.5)) draft.stars.push(target);
      draft.chunks.push(`export ${type}* from ${from};`);
      continue;
    }
    const local = fresh(state);
    if (kind <= 7) {
      const name = pickName(state, target);
      const as = random.chance(0.5) ? name : random.chance(0.15) ? 'default' : someName(random);
      if (name === undefined || as === '__esModule' || draft.own.has(as)) continue;
      draft.own.add(as);
      const inner = type === '' && random.chance(0.2) ? 'type ' : '';
      const [given, taken] = [spelled(name), spelled(as)];
      draft.chunks.push(
        random.pick([
          `export ${type}{ ${inner}${given} as ${taken} } from ${from};`,
          `import ${type}{ ${inner}${given} as ${local} } from ${from};\nexport { ${local} as ${taken} };`,
          `import { ${given} as ${local} } from ${from};\nexport ${type}{ ${inner}${local} as ${taken} };`,
        ]),
      );
    } else {
      const as = someName(random);
      if (draft.own.has(as) || as === '__esModule') continue;
      draft.own.add(as);
      draft.chunks.push(
        random.pick([
          `export ${type}* as ${spelled(as)} from ${from};`,
          `import ${type}* as ${local} from ${from};\nexport { ${local} as ${spelled(as)} };`,
          `import ${local} = require(${from});\nexport { ${local} as ${spelled(as)} };`,
        ]),
      );
    }
  }
  if (random.chance(0.15)) draft.chunks.push('export {};');
}

function pickTarget({ random, drafts, foreign }, draft) {
  if (foreign.length > 0 && random.chance(0.2)) {
    const { specifier, names } = random.pick(foreign);
    return { specifier, names: () => new Set(names) };
  }
  // TypeScript cannot resolve a cycle of `export =`.
  const target = random.pick(drafts.filter((one) => !one.aliased));
  const path = posix.relative(posix.dirname(draft.path), target.path).replace(/\.d\.([cm]?)ts$/, '.$1js');
  return {
    specifier: path.startsWith('.') ? path : `./${path}`,
    draft: target,
    names: () => offeredBy(target, new Set()),
  };
}

function pickName(state, target) {
  const names = [...target.names()];
  if (names.length > 0 && state.random.chance(0.95)) return state.random.pick(names);
  return state.random.chance(0.3) ? someName(state.random) : undefined;
}

function offeredBy(draft, visited) {
  if (visited.has(draft)) return new Set();
  visited.add(draft);
  const names = new Set(draft.own);
  for (const star of draft.stars) {
    for (const name of star.draft ? offeredBy(star.draft, visited) : star.names())
      if (name !== 'default') names.add(name);
  }
  return names;
}

function fresh(state) {
  return `l${state.counter++}`;
}
