import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'oxc-parser';
import { afterAll, describe, expect, test } from 'vitest';
import { checkText } from '../../test/check-record.js';
import { describeAmbient, describeExport, describeLocal } from '../../test/describe-record.js';
import { syntaxFromRecord } from './exports/syntax-from-record.js';
import { syntaxFromTree } from './exports/syntax-from-tree.js';
import { indexTree } from './tree/index-tree.js';
import { parseModule } from './parse-module.js';

function recordOf(text: string, file: string) {
  expect(checkText(text, (variant) => parseModule(file, variant))).toEqual([]);
  const record = parseModule(file, text);
  expect(record.syntaxError).toBeUndefined();
  return record;
}

const ESM: readonly (readonly [text: string, exports: readonly string[]])[] = [
  [
    `export const a = 1, { b, c: [d], ...e } = { c: [] }; export function f() {} export class G {}`,
    ['a = local a', 'b = local b', 'd = local d', 'e = local e', 'f = local f', 'G = local G'],
  ],
  [
    `const a = 1; export { a, a as b, a as default, a as "c d" }`,
    ['a = local a', 'b = local a', 'default = local a', 'c d = local a'],
  ],
  [`export default function f() {}`, ['default = local f']],
  [`export default class {}`, ['default = local -']],
  [`export default 1 + 2`, ['default = local -']],
  [`const a = 1; export default a`, ['default = local a']],
  [`import { sep as s } from 'node:path'; export { s, s as t }`, ['s = sep from 0', 't = sep from 0']],
  [`import p from 'node:path'; export { p }`, ['p = default from 0']],
  [`import p from 'node:path'; export default p`, ['default = local p']],
  [`import * as p from 'node:path'; export { p as q }`, ['q = * from 0']],
  [
    `export { sep, default as p } from 'node:path'; export * as q from 'node:fs'`,
    ['sep = sep from 0', 'p = default from 0', 'q = * from 1'],
  ],
  [`export * from 'node:path'`, ['* from 0']],
  [`export {}`, []],
];

describe('exports of ES modules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parse-exports-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(ESM)('%s', (text, exports) => {
    expect(recordOf(text, 'module.js').exports.map(describeExport)).toEqual(exports);
  });

  test.each(ESM)("the parser's record and the tree agree on: %s", (text) => {
    const { module, program } = parseSync('m', text, {
      lang: 'jsx',
      sourceType: 'module',
      preserveParens: false,
    });
    indexTree(program);
    const bySource = ({ requests, exports }: ReturnType<typeof syntaxFromTree>) => ({
      requests: requests.map(({ specifier, form, names, start, end }) => ({
        specifier,
        form,
        names,
        start,
        end,
      })),
      names: exports.flatMap((entry) =>
        'name' in entry ? [`${entry.name} ${entry.start} ${entry.end}`] : [],
      ),
    });
    expect(bySource(syntaxFromRecord(module, text))).toEqual(
      bySource(syntaxFromTree(program.body, text, false)),
    );
  });

  test.each(ESM)('Node finds the same names in: %s', async (text) => {
    const file = join(folder, `${ESM.findIndex(([other]) => other === text)}.mjs`);
    writeFileSync(file, text);
    const actual = Object.keys((await import(/* @vite-ignore */ pathToFileURL(file).href)) as object);
    const { exports } = parseModule('module.mjs', text);
    const named = exports.flatMap((entry) => ('name' in entry ? [entry.name] : []));
    const stars = exports.some(({ kind }) => kind === 'star')
      ? actual.filter((name) => name !== 'default')
      : [];
    expect(actual.toSorted()).toEqual([...named, ...stars].toSorted());
  });
});

type Row = readonly [text: string, exports: readonly string[], file?: string];

const TYPESCRIPT: readonly Row[] = [
  [
    `export interface A {} export type B = 1; export const c = 1`,
    ['type A = local A', 'type B = local B', 'c = local c'],
  ],
  [`export interface A {} export const A = 1`, ['A = local A']],
  [`export function f(): void; export function f(a?: 1) {}`, ['f = local f']],
  [`export default interface A {}`, ['type default = local A']],
  [
    `import { A } from 'x'; export type { A }; import type { B } from 'y'; export { B }`,
    ['type A = A from 0', 'type B = B from 1'],
  ],
  [`import d from 'x'; export default d`, ['default = default from 0']],
  [`import x = require('x'); export { x }`, ['x = * from 0']],
  [`export import x = require('x')`, ['x = * from 0']],
  [`import x = require('x'); export = x`, ['= from 0 {  }']],
  [`export type * from 'x'; export type * as ns from 'y'`, ['type * from 0', 'type ns = * from 1']],
  [`export = { a: 1, b() {} }`, ['= { a: value, b: value }']],
  [
    `class A { static a = 1; static b() {} c = 1; static #d = 1 } namespace A { export type T = 1 } export = A`,
    ['= { T: type, a: value, b: value }'],
  ],
  [`function f() {} namespace f { export const a = 1; const hidden = 2 } export = f`, ['= { a: value }']],
  [`export = make()`, ['= {  } open']],
  [`declare const x: { a: 1; b(): void }; export = x`, ['= { a: value, b: value }'], 'm.d.ts'],
  [`declare const x: I; interface I { a: 1 } export = x`, ['= { a: value }'], 'm.d.ts'],
  [`declare const x: I; interface I extends J { a: 1 } export = x`, ['= { a: value } open'], 'm.d.ts'],
  [`declare const x: Other; export = x`, ['= {  } open'], 'm.d.ts'],
  [
    `declare function f(): void; declare namespace f { const a: 1; interface I {} } export = f; export as namespace f`,
    ['= { a: value, I: type }'],
    'm.d.ts',
  ],
  // A declaration file exports everything, unless it says what it exports.
  [
    `declare const a: 1; interface B {} export declare function c(): void; import 'x'`,
    ['a = local a', 'type B = local B', 'c = local c'],
    'm.d.ts',
  ],
  [`declare const a: 1; export declare const b: 1; export {}`, ['b = local b'], 'm.d.ts'],
  [`declare const a: 1; export default a`, ['default = local a'], 'm.d.ts'],
  [`declare const a: 1; export default function f(): void`, ['a = local a', 'default = local f'], 'm.d.ts'],
  [`declare const a: 1; interface B {}`, [], 'm.d.ts'],
  [`export declare const { a, b: [c] }: any`, ['a = local a', 'c = local c'], 'm.d.ts'],
];

describe('exports of TypeScript and declarations', () => {
  test.each(TYPESCRIPT.map(([text, exports, file = 'module.ts']) => [text, exports, file] as const))(
    '%s',
    (text, exports, file) => {
      expect(recordOf(text, file).exports.map(describeExport)).toEqual(exports);
    },
  );
});

const LOCALS: readonly (readonly [text: string, locals: readonly string[]])[] = [
  [
    `const a = 1; export let { b }: any = 0; function c() {} class D {}`,
    ['value a', 'exported value b', 'value c', 'value+type D'],
  ],
  [`interface A {} type B = 1; declare function c(): void`, ['type A', 'type B', 'value c']],
  [
    `enum E { A, 'b c' } const enum C { X }`,
    ['value+type E { A: value+type, b c: value+type }', 'const value+type C { X: value+type }'],
  ],
  [
    `namespace N { export const a = 1; export interface B {} const c = 1 }`,
    ['value N { a: value, B: type }'],
  ],
  [
    `namespace N { export interface A {} } namespace M { export namespace L { export type T = 1 } }`,
    ['type N { A: type }', 'type M { L: type }'],
  ],
  [`namespace A.B.C { export const x = 1 }`, ['value A { B: value }']],
  [`declare namespace N { const a: 1; interface B {} }`, ['value N { a: value, B: type }']],
  [`declare namespace N { const a: 1; const b: 2; export { b as c } }`, ['value N { c: value }']],
  [`function f() {} namespace f { export const a = 1 } interface f {}`, ['value+type f { a: value }']],
  [
    `namespace N { export type T = 1 } namespace N { export const a = 1 }`,
    ['value+type N { T: type, a: value }'],
  ],
  [
    `namespace N { export type T = 1 } import A = N.T; import B = Other.x`,
    ['type N { T: type }', 'type A', 'value+type B'],
  ],
];

describe('top-level declarations', () => {
  test.each(LOCALS)('%s', (text, locals) => {
    expect(parseModule('module.ts', text, { allLocals: true }).locals.map(describeLocal)).toEqual(locals);
  });

  test('are omitted for JavaScript', () => {
    expect(parseModule('m.js', 'const a = require("x")').locals).toEqual([]);
  });
});

describe('ambient modules', () => {
  test.each<readonly [string, readonly string[]]>([
    [
      `declare module 'x' { const a: 1; interface B {} }`,
      ['declares x: a = local a; type B = local B; |; value a; type B'],
    ],
    [
      `declare module 'x' { const a: 1; const b: 1; export { b } }`,
      ['declares x: b = local b; |; value a; value b'],
    ],
    [
      `declare module 'x' { export * from 'y'; import z from 'z'; export { z } }`,
      ['declares x: * from 0; z = default from 1; |'],
    ],
    [
      `declare module 'x' { function f(): void; namespace f { const a: 1 } export = f }`,
      ['declares x: = { a: value }; |; value f { a: value }'],
    ],
    [`declare module '*.css'`, ['declares *.css: = {  } open; |']],
    [`import 'x'; declare module 'x' { interface A {} }`, ['augments x: type A = local A; |; type A']],
    [`declare global { interface Window {} } export {}`, []],
  ])('%s', (text, modules) => {
    expect(recordOf(text, 'm.d.ts').ambientModules.map(describeAmbient)).toEqual(modules);
  });
});
