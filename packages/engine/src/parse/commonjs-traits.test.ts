import { describe, expect, test } from 'vitest';
import { parseModule } from './parse-module.js';

/** What is known about names, apart from their existence. */
const TRAITS: readonly (readonly [text: string, traits: unknown])[] = [
  [`exports.a = require('./b').c`, { a: { from: [{ specifier: './b', name: 'c' }] } }],
  [
    `exports.a = void 0; var b = require('./b'); exports.a = b.a`,
    { a: { from: [{ specifier: './b', name: 'a' }] } },
  ],
  [
    `const { c: local } = require('./b'); exports.a = local`,
    { a: { from: [{ specifier: './b', name: 'c' }] } },
  ],
  [
    `var b = require('./b'); Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return b.a } })`,
    { a: { from: [{ specifier: './b', name: 'a' }] } },
  ],
  [`exports.a = require('./b').a || 1`, { a: {} }],
  [`exports.a = require('./b').a; exports.a = 1`, { a: {} }],
  [`exports.a = require('./b').default`, { a: { from: [{ specifier: './b', name: 'default' }] } }],
  [
    `var b = __importDefault(require('./b')); exports.a = b.default`,
    { a: { from: [{ specifier: './b', name: 'default', interop: true }] } },
  ],
  [`var b = __importDefault(require('./b')); exports.a = b.c`, { a: {} }],
  [`var b = __toESM(require('./b'), 1); exports.a = b.default`, { a: {} }],
  [`var b = _interopDefaultLegacy(require('./b')); exports.a = b['default']`, { a: {} }],
  [`const { c = 1 } = require('./b'); exports.a = c`, { a: {} }],
  [`exports.a = void 0`, { a: {} }],
  [`Object.defineProperty(exports, 'a', { value: 1 })`, { a: { hidden: true } }],
  [`Object.defineProperty(exports, 'a', { value: 1 }); exports.a = 2`, { a: { hidden: true } }],
  [`exports.a = 2; Object.defineProperty(exports, 'a', { value: 1 })`, { a: {} }],
  [`module.exports = class { static a = 1; static b() {} }`, { a: {}, b: { hidden: true } }],
];

describe('facts about CommonJS names', () => {
  test.each(TRAITS)('%s', (text, expected) => {
    const { assigned = [] } = parseModule('module.cjs', text).commonjs ?? {};
    const traits = assigned.map(
      ({ name, from, hidden }) => [name, { ...(from && { from }), ...(hidden && { hidden }) }] as const,
    );
    expect(Object.fromEntries(traits)).toEqual(expected);
  });

  test.each([
    [`module.exports = { ...require('./b') }`, ['./b']],
    [`Object.assign(exports, require('./b'))`, ['./b']],
    [`module.exports = require('./b')`, undefined],
    [`module.exports = require('./b'); Object.assign(exports, require('./b'))`, undefined],
  ])('%s copies enumerable properties', (text, copied) => {
    expect(parseModule('module.cjs', text).commonjs?.copiedFrom).toEqual(copied);
  });

  test.each([
    [`__exportStar(require('./b'), exports)`, ['./b']],
    [`__reExport(out, require('./b'), module.exports)`, ['./b']],
    [`__copyProps(exports, require('./b'), 'default')`, ['./b']],
    [
      `var b = require('./b'); Object.keys(b).forEach((k) => { if (k !== 'default') exports[k] = b[k] })`,
      ['./b'],
    ],
    [
      `var b = require('./b'); Object.keys(b).forEach((k) => { if (k === 'default' || k === 'x') return; exports[k] = b[k] })`,
      ['./b'],
    ],
    [`var b = require('./b'); for (const k in b) k !== 'default' && k in b && (exports[k] = b[k])`, ['./b']],
    [`__copyProps(exports, require('./b'))`, undefined],
    [`var b = require('./b'); for (const k in b) exports[k] = b[k]`, undefined],
    [
      `var b = require('./b'); for (const k in b) { if (k === 'default') log(k); exports[k] = b[k] }`,
      undefined,
    ],
    [`__exportStar(require('./b'), exports); Object.assign(exports, require('./b'))`, undefined],
  ])('%s omits the default', (text, starred) => {
    expect(parseModule('module.cjs', text).commonjs?.starredFrom).toEqual(starred);
  });

  test.each([
    [`exports.a = 1; module.exports = { b: 1 }`, ['a']],
    [`exports.a = 1; module.exports = exports = { b: 1 }`, undefined],
    [`module.exports.a = 1; module.exports = exports = { b: 1 }`, ['a']],
    [`(() => { module.exports.a = 1 })(); module.exports = { b: 1 }`, ['a']],
    [`exports.a = 1; module.exports = Object.fromEntries([])`, ['a']],
    [`0 && (module.exports = { a, b }); exports.b = 1`, ['a']],
    [`0 && (module.exports = { a }); module.exports = make()`, undefined],
  ])('%s loses', (text, lost) => {
    expect(parseModule('module.cjs', text).commonjs?.lost).toEqual(lost);
  });
});
