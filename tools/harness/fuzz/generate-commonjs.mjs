import { posix } from 'node:path';
import { compileToCommonJs } from './compile-commonjs.mjs';
import { generateEsm, someName } from './generate-esm.mjs';

/**
 * CommonJS modules: compiled graphs of ES modules, and the patterns of other tools and of people. Modules import only later ones,
 * because a cycle of partly evaluated modules depends on the load order.
 *
 * @param {import('../../bench/random.mjs').Random} random
 * @param {{ paths: readonly string[] }} plan
 * @returns {Promise<{ modules: import('./workspace.mjs').ModuleFile[]; names: Map<string, Set<string>>; members?: Map<string, Map<string, string[]>>; opaque: boolean }>}
 *   `opaque`: the exports of a module cannot be determined without running it
 */
export async function generateCommonJs(random, { paths }) {
  return random.chance(0.5) ? compiled(random, paths) : written(random, paths);
}

async function compiled(random, paths) {
  const { modules, names, members } = generateEsm(random, { paths, acyclic: true });
  return { modules: await compileToCommonJs(random, modules), names, members, opaque: false };
}

/** `n`: a name, `v`: a value's text. */
const PROPERTIES = [
  (n, v) => `exports.${n} = ${v};`,
  (n, v) => `exports[${JSON.stringify(n)}] = ${v};`,
  (n, v) => `module.exports.${n} = ${v};`,
  (n, v) => `exports.${n} = void 0;\nexports.${n} = ${v};`,
  (n, v) =>
    `Object.defineProperty(exports, "${n}", { enumerable: true, get: function () { return ${v}; } });`,
  (n, v) => `Object.defineProperty(exports, "${n}", { enumerable: true, value: ${v} });`,
  (n, v) => `module.exports.${n} = exports.${n} = ${v};`,
  (n, v) => `Object.defineProperty(exports, "${n}", { get: () => ${v} });`,
  (n, v) => `Object.assign(exports, { ${n}: ${v} });`,
];
/** Whole modules, by their names `a` and `b`. */
const WHOLE = [
  (a, b) => `module.exports = { ${a}: 'x', ${b}: 'y' };`,
  (a, b) => `const ${a} = 1, ${b} = 2;\nmodule.exports = { ${a}, ${b} };`,
  (a, b) => `module.exports = { ${a}() {}, '${b}': 1 };`,
  (a, b) => `module.exports = function () {};\nmodule.exports.${a} = 1;\nmodule.exports.${b} = 2;`,
  (a, b) => `module.exports = class { static ${a} = 1; static ${b}() {} };`,
  (a, b) => `function api() {}\napi.${a} = 1;\napi.${b} = 2;\nmodule.exports = api;`,
  (a, b) => `const api = {};\napi.${a} = 1;\napi.${b} = 2;\nmodule.exports = api;`,
  (a, b) => `module.exports = exports = { ${a}: 1 };\nexports.${b} = 2;`,
  // Names from lists, and a member of an object
  (a, b) => `const names = ['${a}', '${b}'];\nfor (const name of names) exports[name] = 1;`,
  (a, b) => `['${a}', '${b}'].forEach(function (name) { module.exports[name] = 1; });`,
  (a, b) =>
    `var methods = ['${a}', '${b}'];\nfor (var i = 0; i < methods.length; i++) { var method = methods[i]; exports[method] = 1; }`,
  (a, b) => `const all = { api: { ${a}: 1 }, other: {} };\nall.api.${b} = 2;\nmodule.exports = all.api;`,
  (a, b) => `function make() {}\nmake.api = { ${a}: 1, ${b}: 2 };\nmodule.exports = make.api;`,
  (a, b) => `module.exports = Object.fromEntries(['${a}', '${b}'].map((name) => [name, 1]));`,
  (a, b) => `module.exports = ['${a}', '${b}'].reduce((all, name) => ({ ...all, [name]: 1 }), {});`,
  (a, b) =>
    `function fp(fn) { fn.${b} = 1; return fn; }\nmodule.exports = fp(function () {});\nmodule.exports.${a} = 1;`,
  // swc
  (a, b) =>
    `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nfunction _export(target, all) {\n  for (var name in all) Object.defineProperty(target, name, { enumerable: true, get: Object.getOwnPropertyDescriptor(all, name).get });\n}\n_export(exports, {\n  get ${a} () { return 1; },\n  get ${b} () { return 2; }\n});`,
  (a, b) =>
    `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n0 && (module.exports = { ${a}: null, ${b}: null });\nfunction _export(target, all) {\n  for (var name in all) Object.defineProperty(target, name, { enumerable: true, get: all[name] });\n}\n_export(exports, {\n  ${a}: function() { return 1; },\n  ${b}: function() { return 2; }\n});`,
  // webpack, and UMD as rollup writes it
  (a, b) =>
    `(() => {\n  var __webpack_require__ = {};\n  __webpack_require__.d = (exports, definition) => {\n    for (var key in definition) Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });\n  };\n  var __webpack_exports__ = {};\n  __webpack_require__.d(__webpack_exports__, { ${a}: () => 1, ${b}: () => 2 });\n  module.exports = __webpack_exports__;\n})();`,
  (a, b) =>
    `(function (global, factory) {\n  typeof exports === 'object' && typeof module !== 'undefined' ? factory(exports) :\n  typeof define === 'function' && define.amd ? define(['exports'], factory) :\n  (global = global || self, factory(global.Lib = {}));\n})(this, (function (exports) { 'use strict';\n  exports.${a} = 1;\n  exports.${b} = 2;\n}));`,
];
const OPAQUE = (a, b) => `module.exports = Object.fromEntries([...'${a}${b}'].map((name) => [name, 1]));`;

/** Ways to re-export all names of `f`; `l` is a local name. */
const STARS = [
  (f) => `module.exports = require(${f});`,
  (f) => `module.exports = { ...require(${f}) };`,
  (f, l) => `const ${l} = require(${f});\nmodule.exports = ${l};`,
  (f) => `Object.assign(exports, require(${f}));`,
  (f) => `Object.assign(module.exports, require(${f}));`,
  // Babel
  (f, l) =>
    `var ${l} = require(${f});\nObject.keys(${l}).forEach(function (key) {\n  if (key === "default" || key === "__esModule") return;\n  if (key in exports && exports[key] === ${l}[key]) return;\n  Object.defineProperty(exports, key, {\n    enumerable: true,\n    get: function () {\n      return ${l}[key];\n    }\n  });\n});`,
  // rollup
  (f, l) =>
    `var ${l} = require(${f});\nObject.keys(${l}).forEach(function (k) {\n  if (k !== 'default' && !Object.prototype.hasOwnProperty.call(exports, k)) Object.defineProperty(exports, k, {\n    enumerable: true,\n    get: function () { return ${l}[k]; }\n  });\n});`,
  // swc
  (f, l) =>
    `_export_star_${l}(require(${f}), exports);\nfunction _export_star_${l}(from, to) {\n  Object.keys(from).forEach(function(k) {\n    if (k !== "default" && !Object.prototype.hasOwnProperty.call(to, k)) {\n      Object.defineProperty(to, k, { enumerable: true, get: function() { return from[k]; } });\n    }\n  });\n  return from;\n}`,
];

const BINDABLE = /^[a-z]$/;

function written(random, paths) {
  const names = new Map();
  const modules = [];
  let opaque = false;
  // Later modules first, because their names are re-exported.
  for (const [at, path] of [...paths.entries()].toReversed()) {
    const chunks = [];
    const own = new Set();
    const later = paths.slice(at + 1);
    if (random.chance(0.03)) {
      chunks.push(OPAQUE('a', 'b'));
      own.add('a').add('b');
      opaque = true;
    } else if (random.chance(0.3)) {
      const [a, b] = random.some(['a', 'b', 'c', 'd', 'e'], 2);
      chunks.push(random.pick(WHOLE)(a, b));
      own.add(a).add(b);
    } else {
      if (random.chance(0.4)) chunks.push('Object.defineProperty(exports, "__esModule", { value: true });');
      for (let left = random.int(0, 3); left > 0; left--) {
        const name = random.chance(0.1) ? 'default' : someName(random, true);
        if (own.has(name)) continue;
        own.add(name);
        chunks.push(random.pick(PROPERTIES)(name, JSON.stringify(`${path} ${name}`)));
      }
    }
    // A module that passes `exports` to a function, or is opaque, does not also replace it.
    const handsOn = chunks.some((chunk) => /_export\(|fromEntries|__webpack_exports__|\.api;$/m.test(chunk));
    if (later.length > 0 && !handsOn && random.chance(0.5))
      star(random, { path, chunks, own, target: random.pick(later), names });
    const nested = chunks.some((chunk) => chunk.includes('__webpack_exports__'));
    if (later.length > 0 && !nested && random.chance(0.3))
      pass(random, { path, chunks, own, target: random.pick(later), names });
    names.set(path, own);
    modules.unshift({ path, chunks });
  }
  return { modules, names, opaque };
}

function star(random, { path, chunks, own, target, names }) {
  const whole = chunks.some((chunk) =>
    /^module\.exports\b|module\.exports = \w+;$|^\(function|^\(\(\) =>/m.test(chunk),
  );
  // No real module passes `exports` on before it replaces it.
  const replaced = chunks.some((chunk) => chunk.includes('= exports =') || chunk.startsWith('(function'));
  const kind = replaced ? 4 : whole ? random.pick([0, 1, 2, 4]) : random.int(0, STARS.length - 1);
  const text = STARS[kind](specifierTo(path, target), `star${chunks.length}`);
  // If the statement that replaces module.exports is not first, earlier names are lost. Both occur.
  if (random.chance(0.8)) chunks.unshift(text);
  else chunks.push(text);
  for (const name of names.get(target)) own.add(name);
}

function pass(random, { path, chunks, own, target, names }) {
  const [name] = random.some(
    [...names.get(target)].filter((one) => BINDABLE.test(one)),
    1,
  );
  if (name === undefined) return;
  const from = specifierTo(path, target);
  const local = `passed${chunks.length}`;
  own.add(name);
  chunks.push(
    random.pick([
      `exports.${name} = require(${from}).${name};`,
      `const { ${name}: ${local} } = require(${from});\nexports.${name} = ${local};`,
      `var ${local} = require(${from});\nObject.defineProperty(exports, "${name}", { enumerable: true, get: function () { return ${local}.${name}; } });`,
    ]),
  );
}

function specifierTo(path, target) {
  const way = posix.relative(posix.dirname(path), target);
  const specifier = way.startsWith('.') ? way : `./${way}`;
  return JSON.stringify(specifier.length % 2 ? specifier : specifier.replace(/\.js$/, ''));
}
