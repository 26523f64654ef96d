import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkText } from '../../test/check-record.js';
import { parseModule } from './parse-module.js';

/** Names, copied modules and whether there may be more names, in one line. */
function offered(text: string): string {
  expect(checkText(text, (variant) => parseModule('module.cjs', variant))).toEqual([]);
  const { commonjs, syntaxError } = parseModule('module.cjs', text);
  expect(syntaxError).toBeUndefined();
  const { assigned = [], assignedFrom = [], membersOf = [], open = [] } = commonjs ?? {};
  const names = assigned.map(({ name }) => name);
  return [
    ...names,
    ...assignedFrom.map((from) => `*${from}`),
    ...membersOf.map(({ specifier, name }) => `*${specifier}.${name}`),
    ...(open.length > 0 ? ['…'] : []),
  ].join(' ');
}

/** Texts that run on their own. Their exports must be those that Node's `require` returns. */
const RUNNING: readonly (readonly [text: string, offered: string])[] = [
  [`var a = 1`, ''],
  [`exports.a = 1; module.exports.b = 2; exports['c'] = 3; module['exports'].d = 4`, 'a b c d'],
  [`exports.a = exports.b = void 0; exports.a = 1`, 'a b'],
  [`Object.defineProperty(exports, 'a', { enumerable: true, get() { return 1 } })`, 'a'],
  [`Object.defineProperties(exports, { a: { enumerable: true, value: 1 } })`, 'a'],
  [
    `Object.assign(exports, { a: 1 }, { b: 2 }); Object.assign(module.exports, require('node:path'))`,
    'a b *node:path',
  ],
  [
    `module.exports = { a: 1, b() {}, get c() { return 1 }, 'd e': 1, ...require('node:path') }`,
    'a b c d e *node:path',
  ],
  [`const more = { b: 1 }; module.exports = { a: 1, ...more }`, 'b a'],
  [`module.exports = require('node:path')`, '*node:path'],
  [`const path = require('node:path'); module.exports = path`, '*node:path'],
  [`exports = module.exports = { a: 1 }; exports.b = 2`, 'a b'],
  [`exports = module.exports; exports.a = 1`, 'a'],
  [`module.exports = f; function f() {} module.exports.a = 1; f.b = 2`, 'a b'],
  [`module.exports = class { static a = 1; static get b() { return 1 } c = 1; static #d }`, 'a b'],
  [`class A { static a = 1 } A.b = 2; module.exports = A; module.exports.default = A`, 'a b default'],
  [`const api = {}; api.a = 1; module.exports = api; api.b = 2`, 'a b'],
  [`const e = module.exports; e.a = 1`, 'a'],
  [`var proto = module.exports = {}; proto.a = 1`, 'a'],
  [`module.exports = Object.assign(function () {}, { a: 1 })`, 'a'],
  [`module.exports = Object.freeze({ a: 1 })`, 'a'],
  [`module.exports = process.env.NEVER ? { a: 1 } : { a: 2 }`, 'a'],
  [`module.exports = (() => { const x = 1; return { a: x } })()`, 'a'],
  [`(function (e) { e.a = 1 })(exports)`, 'a'],
  [`function fill(target) { target.a = 1 } fill(exports)`, 'a'],
  [`['a', 'b'].forEach((key) => { exports[key] = 1 })`, 'a b'],
  [`const key = 'a'; exports[key] = 1`, 'a'],
  [`this.a = 1; function f() { this.b = 1 }`, 'a'],
  [`(function (exports) { exports.a = 1 })({}); exports.b = 1`, 'b'],
  [`if (typeof exports !== 'undefined') exports.a = 1`, 'a'],
  [
    `exports.a = 1; delete exports.b; exports.c; exports.hasOwnProperty('d'); 'e' in exports; Object.keys(exports)`,
    'a',
  ],
  [`return void (exports.a = 1)`, 'a'],
  // Rollup's, Babel's and TypeScript's ways to copy all names of a module.
  [
    `var x = require('node:path'); Object.keys(x).forEach(function (k) {
    if (k !== 'default' && !Object.prototype.hasOwnProperty.call(exports, k)) exports[k] = x[k];
  })`,
    '*node:path',
  ],
  [
    `var _x = require('node:path'); Object.keys(_x).forEach(function (key) {
    if (key === 'default' || key === '__esModule') return;
    if (key in exports && exports[key] === _x[key]) return;
    Object.defineProperty(exports, key, { enumerable: true, get: function () { return _x[key] } });
  })`,
    '*node:path',
  ],
  [
    `function __export(m) { for (var p in m) if (!exports.hasOwnProperty(p)) exports[p] = m[p] } __export(require('node:path'))`,
    '*node:path',
  ],
  // UMD, webpack, Parcel, minified helpers.
  [
    `(function (global, factory) {
    typeof exports === 'object' && typeof module !== 'undefined' ? factory(exports) : factory((global.X = {}));
  })(this, function (exports) { exports.a = 1 })`,
    'a',
  ],
  [
    `(function (root, factory) {
    if (typeof module === 'object' && module.exports) module.exports = factory(); else root.X = factory();
  })(this, function () { return { a: 1, b: 2 } })`,
    'a b',
  ],
  [
    `var w = {}; w.d = (e, d) => { for (var k in d) Object.defineProperty(e, k, { enumerable: true, get: d[k] }) };
    var out = {}; w.d(out, { a: () => 1 }); module.exports = out`,
    'a',
  ],
  [
    `var w = {}; w.r = (e) => { Object.defineProperty(e, 'tag', { enumerable: true }) }; var o = {}; w.r(o); o.a = 1; module.exports = o`,
    'tag a',
  ],
  [
    `function $p(e, n, g) { Object.defineProperty(e, n, { get: g, enumerable: true }) } $p(module.exports, 'a', () => 1)`,
    'a',
  ],
  [`var source = { a: 1 }; var target = exports; for (var i in source) target[i] = source[i]`, 'a'],
];

/** Texts that do not run here, or whose names are partly unknown. */
const OTHERS: readonly (readonly [text: string, offered: string])[] = [
  [`module.exports = make()`, '…'],
  [`module.exports = new Thing()`, '…'],
  [`module.exports = require('x').y`, '*x.y'],
  [`const { y } = require('x'); module.exports = y`, '*x.y'],
  [`module.exports = require('x').default`, '…'],
  [`exports[name()] = 1; exports.a = 1`, 'a …'],
  [`register(exports)`, '…'],
  [`require('x')(exports); exports.a = 1`, 'a …'],
  [`load(module)`, '…'],
  [`module.exports = class extends Base { static a = 1 }`, 'a …'],
  [`module.exports = { [key()]: 1, b: 1 }`, 'b …'],
  [`exports = { a: 1 }`, '…'],
  [
    `if (process.env.NODE_ENV === 'production') module.exports = require('./a'); else module.exports = require('./b')`,
    '*./a *./b',
  ],
  [`__exportStar(require('x'), exports); tslib_1.__exportStar(require('y'), exports)`, '*x *y'],
  [`_export_star(require('x'), exports)`, '*x'],
  [`__createBinding(exports, x, 'a'); __createBinding(exports, x, 'a', 'b')`, 'a b'],
  [
    `__reExport(src, require('x'), module.exports); module.exports = __toCommonJS(src); var src = {}; __export(src, { a: () => a })`,
    '__esModule a *x',
  ],
  [`_export(exports, { a: function () { return a }, b: function () { return b } })`, 'a b'],
  [`0 && (module.exports = { a, b, ...require('x') })`, ''],
  [`define(['exports'], function (exports) { exports.a = 1 })`, ''],
  [`(function (root, factory) { factory(exports, root.y) })(this, factoryFromElsewhere)`, '…'],
];

describe('the exports of a CommonJS module', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parse-commonjs-'));
  const require = createRequire(join(folder, 'x.cjs'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([...RUNNING, ...OTHERS])('%s', (text, expected) => {
    expect(offered(text).split(' ').toSorted()).toEqual(expected.split(' ').toSorted());
  });

  test.each(RUNNING)('Node finds the same in: %s', (text) => {
    const file = join(folder, `${RUNNING.findIndex(([other]) => other === text)}.cjs`);
    writeFileSync(file, text);
    const { assigned, assignedFrom } = parseModule('module.cjs', text).commonjs!;
    const copied = assignedFrom.flatMap((from) => Object.keys(require(from) as object));
    const expected = new Set([...assigned.map(({ name }) => name), ...copied]);
    const actual = require(file) as object;
    // A class's static methods and getters are own names that are not enumerable.
    const own = typeof actual === 'function' ? Object.getOwnPropertyNames(actual) : Object.keys(actual);
    const functions = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);
    expect(own.filter((name) => !functions.has(name) || expected.has(name)).toSorted()).toEqual(
      [...expected].toSorted(),
    );
  });
});

describe('facts about a module', () => {
  test('exist only for JavaScript without module syntax', () => {
    expect(parseModule('m.js', 'exports.a = 1').commonjs).toBeDefined();
    expect(parseModule('m.js', 'let a').commonjs).toEqual({
      lexed: { exports: [], reexports: [] },
      assigned: [],
      assignedFrom: [],
      open: [],
    });
    for (const file of ['m.mjs', 'm.ts', 'm.cts'])
      expect(parseModule(file, 'exports.a = 1').commonjs).toBeUndefined();
    expect(parseModule('m.js', 'export {}; exports.a = 1').commonjs).toBeUndefined();
  });

  test('separate the names that the lexer detects', () => {
    const { lexed, assigned } = parseModule(
      'm.js',
      `exports.a = 1; Object.assign(exports, { b: 1 }); if (c) module.exports = require('./c')`,
    ).commonjs!;
    expect(lexed).toEqual({ exports: ['a'], reexports: ['./c'] });
    expect(assigned.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test.each([
    ['exports.a = 1; Object.assign(exports, { b: 1 }); module.exports = { c: 1 }', ['c'], ['a', 'b']],
    ["module.exports = require('./c'); exports.a = 1; module.exports.b = 1", ['b'], ['a']],
    ['module.exports.a = 1; class C {} module.exports = C; module.exports.b = 1', ['b'], ['a']],
    ['module.exports = { a: 1 }; module.exports = { b: 1 }', ['b'], ['a']],
    ['module.exports = { a: 1 }; module.exports = { ...module.exports, b: 1 }', ['a', 'b'], []],
    ['exports.a = 1; module.exports = exports = { b: 1 }; exports.c = 1', ['a', 'b', 'c'], []],
    ['exports.a = 1; module.exports = { ...exports, b: 1 }', ['a', 'b'], []],
    ['const api = exports; api.a = 1; module.exports = api; exports.b = 1', ['a', 'b'], []],
    [
      'exports.a = 1; add(exports); module.exports = { b: 1 }; function add(to) { to.c = 1 }',
      ['a', 'b', 'c'],
      [],
    ],
  ])('list the assignments that get lost: %s', (text, offered, lost) => {
    const facts = parseModule('m.js', text).commonjs!;
    expect(facts.assigned.map(({ name }) => name).toSorted()).toEqual(offered);
    expect(facts.lost ?? []).toEqual(lost);
  });
});
