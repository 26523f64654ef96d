import { describe, expect, it } from 'vitest';
import type { ModuleRecord } from '../model/module-record.js';
import { parseModule } from './parse-module.js';

/** The result is the same with and without the tree. Only private declarations may be missing. */
function expectSameAsTree(file: string, text: string): void {
  const quick = parseModule(file, text);
  const whole = parseModule(file, text, { allLocals: true });
  const exported = whole.locals.filter((local) => local.exported);
  const wholeExported = { ...whole, locals: exported };
  const quickExported = { ...quick, locals: quick.locals.filter((local) => local.exported) };
  const isDeclaration = file.endsWith('.d.ts');
  expect(isDeclaration ? quickExported : withoutMembers(quickExported)).toEqual(
    isDeclaration ? wholeExported : withoutMembers(wholeExported),
  );
}

/** The members of a source's enums do not matter. */
function withoutMembers(record: ModuleRecord): ModuleRecord {
  const locals = record.locals.map((local) => {
    const { members, ...rest } = local;
    return members ? rest : local;
  });
  return { ...record, locals };
}

const TEXTS = [
  `export enum Plain { A, B = 2 }`,
  `/** } */\nexport declare enum E {\n  /** } */\n  A = 0,\n  'b c' = "}",\n}\n// }\nexport declare const a: E;`,
  `export declare const a: 1;\nexport declare const enum E { A = 0 }\nexport { b } from './b.js';`,
  `export declare enum E { A = 0 }\nexport declare enum E { B = 1 }`,
  `export declare enum E { A = 0 }\nexport declare function E(): void;`,
  `import { a, type B, default as c } from 'x';\nexport const one = a;\nexport function two() {}\nexport class Three {}\nexport interface Four {}\nexport type Five = B;`,
  `import type { A } from './a.js';\nimport type D from 'd';\nexport declare const a: A, b: D;\nexport declare function f(): void;\nexport declare function f(x: 1): void;`,
  `import type, { x } from 'y';\nexport let v = type(x);`,
  `import { type } from 'y';\nexport var v = type;`,
  `export type { A, B as C } from './a.js';\nexport { type D, e } from './d.js';\nexport type * from './f.js';\nexport * as g from './g.js';\nexport * from './h.js';`,
  `export default class Q<T> { m(): T }`,
  `export default function named(): void;`,
  `export default function (): void;`,
  `export default interface Only {}`,
  `export default abstract class X {}`,
  `export abstract class X {}\nexport async function y() {}\nexport function* z() {}`,
  `export const { p, q: [r] } = thing;\nexport const [s, ...t] = list;`,
  `export const enum E { A }\nexport enum F { B }`,
  `export namespace N { export const x = 1; }`,
  `const hidden = 1;\nexport { hidden as shown };`,
  `interface Hidden {}\nexport interface Shown extends Hidden {}`,
  `interface Hidden {}\nexport interface Shown {}\nexport {};`,
  `/** doc */\nexport declare const a: 1;\n// note\nexport declare class K {}\n;\n//# sourceMappingURL=x.js.map`,
  `export interface Merged {}\nexport declare class Merged {}\nexport declare function Merged(): void;`,
  `import {} from 'x';\nimport type {} from 'y';\nexport {} from 'z';`,
  `import x = require('x');\nexport const a = x;`,
  `export import y = require('y');`,
  `import * as ns from 'n';\nexport const a = ns.member;`,
  `import { a } from 'x';\nexport { a };`,
  `import { a } from 'x';\nexport type { a };`,
  `import { a, b } from 'x';\nexport { type a, b as c };`,
  `import a from 'x';\nexport default a;`,
  `import * as ns from 'n';\nexport { ns };`,
  `export type T = import('x').U;`,
  `export const lazy = () => import('x');`,
  `export declare const a: 1;\ndeclare module 'x' { interface Y {} }`,
  `export declare const a: 1;\ndeclare global { interface Window {} }`,
  `/// <reference types="node" />\nexport declare const a: 1;`,
  `export /* why */ const commented = 1;`,
  `export const\n  broken = 1;`,
  `import source wasm from 'x';\nexport const a = wasm;`,
];

describe.each(['a.ts', 'a.d.ts', 'a.tsx'])('%s without the tree', (file) => {
  it.each(TEXTS)('%j', (text) => {
    expectSameAsTree(file, text);
    expectSameAsTree(file, text.replaceAll('\n', '\r\n'));
  });
});
