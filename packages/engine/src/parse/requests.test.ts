import { describe, expect, test } from 'vitest';
import { checkText } from '../../test/check-record.js';
import { describeRequest } from '../../test/describe-record.js';
import { parseModule } from './parse-module.js';

/** The requests of a text, one line each; their positions are checked on the way, in several spellings of the text. */
function requestsOf(text: string, file = 'module.ts'): string[] {
  expect(checkText(text, (variant) => parseModule(file, variant))).toEqual([]);
  const record = parseModule(file, text);
  expect(record.syntaxError).toBeUndefined();
  return record.requests.map(describeRequest);
}

type Row = readonly [text: string, requests: readonly string[], file?: string];

function table(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows.map(([text, requests, file = 'module.ts']) => [file, text, requests] as const))(
      '%s: %s',
      (file, text, requests) => {
        expect(requestsOf(text, file)).toEqual(requests);
      },
    );
  });
}

table('import and export statements', [
  [`import 'x'`, ['import x']],
  [`import {} from 'x'`, ['import x']],
  [`import type {} from 'x'`, ['import x (type)']],
  [`import type from 'x'`, ['import x: default']],
  [`import d, { a, b as c } from 'x'`, ['import x: default, a, b']],
  [`import { "a b" as c } from 'x'`, ['import x: a b']],
  [`import { type A, b } from '#x'`, ['import #x: type A, b']],
  [`import type { A } from './x.js'`, ['import ./x.js (type): type A']],
  [`import type D from 'x'`, ['import x (type): type default']],
  [`import type * as ns from 'x'; let a: ns.A`, ['import x (type): type .A; members']],
  [`import { default as d } from 'x'`, ['import x: default']],
  [`import a from 'x' with { type: 'json' }`, ['import x: default']],
  [`import source s from 'x'`, ['import x'], 'module.mjs'],
  [`import defer * as ns from 'x'; ns.a`, ['import x: .a; members'], 'module.mjs'],
  [`export { a, b as c, default } from 'x'`, ['export-from x: a, b, default']],
  [`export {} from 'x'`, ['export-from x'], 'module.js'],
  [`export type { A } from 'x'`, ['export-from x (type): type A']],
  [`export { type A } from 'x'`, ['export-from x: type A']],
  [`export * from 'x'`, ['export-star x']],
  [`export type * from 'x'`, ['export-star x (type)']],
  [`export * as ns from 'x'`, ['export-from x; escapes']],
  [`import '\\x61\\u{62}'`, ['import ab']],
  [`import x = require('x'); x.a`, ['import-equals x: .a; members']],
  [`import type x = require('x'); let a: x.T`, ['import-equals x (type): type .T; members']],
  [`export import x = require('x')`, ['import-equals x; escapes']],
  [`import x = require('x'); export = x`, ['import-equals x; escapes']],
]);

table('namespaces: what is read from them', [
  [`import * as ns from 'x'`, ['import x; members']],
  [
    `import * as ns from 'x'; ns.a; ns['b']; ns?.c; ns.d(); new ns.E()`,
    ['import x: .a, .b, .c, .d, .E; members'],
  ],
  [`import * as ns from 'x'; (0, ns.a)(); ns.a.b.c; ns.a\`t\``, ['import x: .a; members']],
  [
    `import * as ns from 'x'; <ns.Tag x={ns.a}><ns.B.C/></ns.Tag>`,
    ['import x: .Tag, .a, .B; members'],
    'm.tsx',
  ],
  [
    `import * as ns from 'x'; let a: ns.T; let b: typeof ns.c; let c: ns.N.T`,
    ['import x: type .T, type .c, type .N; members'],
  ],
  [`import * as ns from 'x'; let a: (typeof ns)['b']`, ['import x: type .b; members']],
  [`import * as ns from 'x'; class A extends ns.B implements ns.C {}`, ['import x: .B, type .C; members']],
  [`import * as ns from 'x'; interface A extends ns.C.D<ns.E> {}`, ['import x: type .C, type .E; members']],
  [`import * as ns from 'x'; import a = ns.b.c`, ['import x: .b; members']],
  [`import * as ns from 'x'; const { a, b: { c } } = ns`, ['import x: a, b; members']],
  [`import * as ns from 'x'; let a; ({ a } = ns)`, ['import x: a; members']],
  [`import * as ns from 'x'; const m = ns; m.a`, ['import x: .a; members']],
  [`import * as ns from 'x'; f(ns); ns.a`, ['import x: .a; escapes']],
  [`import * as ns from 'x'; ({ ...ns })`, ['import x; escapes']],
  [`import * as ns from 'x'; ({ ns })`, ['import x; escapes']],
  [`import * as ns from 'x'; ns[k]`, ['import x; escapes']],
  [`import * as ns from 'x'; export { ns }`, ['import x; escapes']],
  [`import * as ns from 'x'; export default ns`, ['import x; escapes']],
  [`import * as ns from 'x'; let a: typeof ns`, ['import x; escapes']],
  [`import * as ns from 'x'; const { a, ...rest } = ns`, ['import x: a; escapes']],
  [`import * as ns from 'x'; () => ns`, ['import x; escapes']],
  [`import * as ns from 'x'; function f(ns) { ns.a } { const ns = 1; ns.b }`, ['import x; members']],
  [
    `import * as ns from 'x'; try {} catch (ns) { ns.a } for (const ns of y) ns.b; ns.c`,
    ['import x: .c; members'],
  ],
  [`import * as ns from 'x'; ns.x = 1; ns.y++; delete ns.z; [ns.w] = []`, ['import x; members']],
  [`import * as ns from 'x'; (ns as any).a; ns!.b`, ['import x: .a?, .b; members']],
  [`import * as ns from 'x'; o.ns.a; ({ ns: 1 }); class A { ns() {} }`, ['import x; members']],
]);

table('namespaces: tests for a member do not demand it', [
  [`import * as ns from 'x'; if (ns.a) ns.a(); ns.b`, ['import x: .a?, .b; members']],
  [`import * as ns from 'x'; ns.a ?? d; ns.b || d; ns.c && ns.c()`, ['import x: .c?; members']],
  [`import * as ns from 'x'; ns.a?.(); ns.b?.c; typeof ns.d; !ns.e`, ['import x; members']],
  [`import * as ns from 'x'; ns.a ? ns.a : d; ns.b === undefined; null != ns.c`, ['import x: .a?; members']],
  [`import * as ns from 'x'; ns.a === ns.B`, ['import x: .a, .B; members']],
  [`import * as ns from 'x'; if ('a' in ns) ns.a()`, ['import x: .a?; members']],
  [`import * as ns from 'x'; if (Object.hasOwn(ns, 'a')) ns.a()`, ['import x: .a?; members']],
  [`import * as ns from 'x'; const { a = 1, b } = ns`, ['import x: a?, b; members']],
  [`import * as ns from 'x'; const a = ns.a; if (a) a()`, ['import x; members']],
  [`import * as ns from 'x'; const { a } = ns; a?.(); const b = ns.b; b()`, ['import x: a?, .b; members']],
  [`if (require('x').a) require('x').a()`, ['require x; members', 'require x: .a?; members'], 'm.js'],
  [`const { a = 1 } = require('x')`, ['require x: a?; members'], 'm.js'],
]);

table('require', [
  [`require('x')`, ['require x'], 'm.js'],
  [`require(\`x\`)`, ['require x'], 'm.js'],
  [`require(name); require('a' + b); require()`, [], 'm.js'],
  [`const x = require('x'); x.a; x.b()`, ['require x: .a, .b; members'], 'm.js'],
  [`const { a, b: { c } } = require('x')`, ['require x: a, b; members'], 'm.js'],
  [`const { a, ...r } = require('x')`, ['require x: a; escapes'], 'm.js'],
  [
    `const a = require('x').a; const { c } = require('y').b`,
    ['require x: .a; members', 'require y: .b; members'],
    'm.js',
  ],
  [`let x; x = require('x'); x.a`, ['require x: .a; members'], 'm.js'],
  [`let x = require('x'); x = y; x.a`, ['require x; escapes'], 'm.js'],
  [`const x = a || require('x'); x.b`, ['require x: .b?; members'], 'm.js'],
  [`require('x')()`, ['require x; escapes'], 'm.js'],
  [`module.exports = require('x')`, ['require x; escapes'], 'm.js'],
  [`(function (require, module, exports) { require('x') })()`, [], 'm.js'],
  [`function require() {} require('x')`, [], 'm.js'],
  [`declare const require: any; require('x')`, ['require x']],
  [`require.resolve('x'); require.main; require.resolve(y)`, ['require-resolve x'], 'm.js'],
  [
    `import { createRequire as make } from 'node:module'; const need = make(import.meta.url); need('x').a; need.resolve('y')`,
    ['import node:module: createRequire', 'require x: .a; members', 'require-resolve y'],
    'm.mjs',
  ],
  [
    `import module from 'module'; const require = module.createRequire(import.meta.url); require('x')`,
    ['import module: default', 'require x'],
    'm.js',
  ],
  [`return require('x').a`, ['require x: .a; members'], 'm.js'],
  [`with (o) { require('x') } 010`, ['require x'], 'm.cjs'],
]);

table("compilers' wrappers around require", [
  [`const m = __importStar(require('x')); m.a; m.default`, ['require x: .a, .default; members'], 'm.js'],
  [`const m = tslib_1.__importStar(require('x')); m.a`, ['require x: .a; members'], 'm.js'],
  [`var m = __toESM(require('x'), 1); (0, m.a)()`, ['require x: .a; members'], 'm.js'],
  [`var m = _interopRequireWildcard(require('x')); m.a`, ['require x: .a; members'], 'm.js'],
  [`const m = _interop_require_wildcard._(require('x')); m.a`, ['require x: .a; members'], 'm.js'],
  [`const m_1 = __importDefault(require('x')); m_1.default.a`, ['require x: .default; members'], 'm.js'],
  [`var _m = (0, _i2.default)(require('x')); _m.default`, ['require x; escapes'], 'm.js'],
  [
    `var _m = (0, _interopRequireDefault2.default)(require('x')); _m.default`,
    ['require x: .default; members'],
    'm.js',
  ],
  [
    `var x = require('x'); var d = _interopDefault(x); d.default(); x.a`,
    ['require x: .default, .a; members'],
    'm.js',
  ],
  [`const m = __importDefault(require('x')); m.a`, ['require x; escapes'], 'm.js'],
  [`const m = wrap(require('x')); m.a`, ['require x; escapes'], 'm.js'],
  [`__exportStar(require('x'), exports)`, ['require x; escapes'], 'm.js'],
]);

table('import()', [
  [`import('x')`, ['dynamic-import x']],
  [`import(\`x\`); import(y); import('a' + b); void import('z')`, ['dynamic-import x', 'dynamic-import z']],
  [`const ns = await import('x'); ns.a`, ['dynamic-import x: .a; members']],
  [
    `(await import('x')).a; const { b } = await import('y')`,
    ['dynamic-import x: .a; members', 'dynamic-import y: b; members'],
  ],
  [`import('x').then(({ a, b: c }) => a)`, ['dynamic-import x: a, b; members']],
  [`import('x').then((m) => m.a)`, ['dynamic-import x: .a; members']],
  [`import('x').then(function (m) { return { default: m.A } })`, ['dynamic-import x: .A; members']],
  [`import('x').then((m) => m)`, ['dynamic-import x; escapes']],
  [`import('x').then(use)`, ['dynamic-import x; escapes']],
  [`import('x').then(() => 1)`, ['dynamic-import x']],
  [`import('x').catch(() => {})`, ['dynamic-import x (guarded)']],
  [`import('x').then((m) => m.a, () => {})`, ['dynamic-import x (guarded): .a; members']],
  [`import('x').then((m) => m.a).catch(() => {})`, ['dynamic-import x (guarded): .a; members']],
  [`const { a } = await import('x').catch(() => ({}))`, ['dynamic-import x (guarded): a; members']],
  [`lazy(() => import('x'))`, ['dynamic-import x; escapes']],
  [`const p = import('x'); (await p).a`, ['dynamic-import x: .a; members']],
  [
    `const [{ a }, b] = await Promise.all([import('x'), import('y')]); b.c`,
    ['dynamic-import x: a; members', 'dynamic-import y: .c; members'],
  ],
  [`Promise.all([import('x')]).then(([m]) => m.a)`, ['dynamic-import x: .a; members']],
  [`const load = () => import('x'); load().then((m) => m.a)`, ['dynamic-import x: .a; members']],
  [
    `async function load() { return import('x') } const { a } = await load()`,
    ['dynamic-import x: a; members'],
  ],
  [`const load = () => import('x'); try { await load() } catch {}`, ['dynamic-import x (guarded); members']],
  [`const load = () => import('x'); lazy(load)`, ['dynamic-import x; escapes']],
  [`export const load = () => import('x')`, ['dynamic-import x; escapes']],
  [`const ns = (await import('x')) as any; ns.a`, ['dynamic-import x: .a?; members']],
]);

table('guards', [
  [`try { require('x') } catch {}`, ['require x (guarded)'], 'm.js'],
  [`try { require('x') } finally {}`, ['require x'], 'm.js'],
  [`try {} catch { require('x') }`, ['require x'], 'm.js'],
  [`try { f(() => require('x')) } catch {}`, ['require x; escapes'], 'm.js'],
  [`try { (() => { require('x') })() } catch {}`, ['require x (guarded)'], 'm.js'],
  [`async () => { try { await import('x') } catch {} }`, ['dynamic-import x (guarded)']],
  [
    `export {}; typeof require === 'function' ? f(require('x')) : g()`,
    ['require x (guarded); escapes'],
    'm.js',
  ],
  [`typeof exports === 'object' ? f(require('x')) : g()`, ['require x; escapes'], 'm.js'],
]);

table('types, mocks, URLs, references', [
  [
    `let a: import('x').A.B<import('y').C>`,
    ['import-type x (type): type .A; members', 'import-type y (type): type .C; members'],
  ],
  [
    `let a: typeof import('x'); let b: typeof import('x').b`,
    ['import-type x (type); escapes', 'import-type x (type): type .b; members'],
  ],
  [`let a: (typeof import('x'))['a']`, ['import-type x (type): type .a; members']],
  [
    `vi.mock('x', () => ({})); vi.importActual<typeof import('x')>('x')`,
    ['mock x', 'import-type x (type); escapes', 'mock x'],
  ],
  [`vi.mock(import('x'), async (o) => o())`, ['mock x; escapes']],
  [
    `const { a } = await vi.importActual('x'); jest.requireActual('y').b()`,
    ['mock x: a; members', 'mock y: .b; members'],
  ],
  [`vi.mock('x', async (original) => ({ a: (await original()).a }))`, ['mock x: .a; members']],
  [`vi.mock('x', () => ({ a: vi.fn() })); jest.mock('y', factory)`, ['mock x', 'mock y']],
  [`import { vi as v } from 'vitest'; v.mock('x')`, ['import vitest: vi', 'mock x'], 'm.js'],
  [`import * as tool from 'vitest'; tool.vi.mock('x')`, ['import vitest: .vi; members', 'mock x'], 'm.js'],
  [`import { vi } from 'vitest'; vi.doMock('./x')`, ['import vitest: vi', 'mock ./x']],
  [`jest.mock('a').mock('b'); jest.requireActual('c'); jest.fn('d')`, ['mock a', 'mock b', 'mock c']],
  [`jest.mock('x', f, { virtual: true })`, []],
  [`const vi = other(); vi.mock('x')`, []],
  // Names that every object has are no tools.
  [`constructor.mock('x'); toString.call(vi.fn)`, []],
  [`new URL('./x.wasm', import.meta.url); new URL('y', base)`, ['url ./x.wasm'], 'm.js'],
  [`import.meta.resolve('x')`, ['meta-resolve x'], 'm.js'],
  [
    `/// <reference types="x" />\n/// <reference path="y.d.ts" />\nlet a`,
    ['reference x (type)', 'reference ./y.d.ts (type)'],
  ],
  [
    `/// <reference path='../y.d.ts'/>\nlet a\n/// <reference types="late" />`,
    ['reference ../y.d.ts (type)'],
  ],
  [`declare module 'x' { interface A {} } export {}`, ['augmentation x (type)']],
  [
    `export declare const a: import('x').A; import b from 'y'`,
    ['import-type x (type): type .A; members', 'import y (type): type default'],
    'm.d.ts',
  ],
  [`// import 'x'\nconst t = "require('y')" + \`import('z')\``, [], 'm.js'],
]);
