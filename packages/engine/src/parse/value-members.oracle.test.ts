import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync, transformSync } from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import ts from 'typescript6';
import { afterAll, describe, expect, test } from 'vitest';
import { readValues } from './parse-module.js';

/**
 * Oracle: Node's import of compiled enums, namespaces and objects. The members that are found must
 * be exactly those of the loaded value. A value that is `open` must not have members that do not
 * exist.
 */
const MODULES: Readonly<Record<string, string>> = {
  'numeric enum': `export enum X { A, B = 5, 'c d' = 1 << 3 }`,
  'string enum': `export enum X { A = 'a', B = \`b\` }`,
  'computed enum': `const base = 'abc'.length; export enum X { A = base, B = A | 2 }`,
  'enum in two parts': `export enum X { A } export enum X { B = 1 }`,
  namespace: `export namespace X { export const a = 1; export function f() {} export class K {} const hidden = 1; void hidden }`,
  'namespace in two parts': `export namespace X { export let a = 1 } export namespace X { export const b = a }`,
  'enum and namespace': `export enum X { A } export namespace X { export function parse() {} }`,
  'function and namespace': `export function X() {} export namespace X { export const a = 1 }`,
  'class and namespace': `export class X { static s = 1; static m() {} own = 1 } export namespace X { export const a = 1 }`,
  'nested namespaces': `export namespace X { export namespace Y { export const a = 1 } export enum Z { A } }`,
  'destructured in a namespace': `export namespace X { export const { a, b: [c] } = { a: 1, b: [2] } }`,
  'exported later': `enum X { A } export { X }`,
  'default export': `enum X { A } export { X }; export default X`,
  object: `export const X = { a: 1, 'b-c': 2, m() {}, get g() { return 1 } }`,
  'frozen object': `export const X = Object.freeze({ a: 1 })`,
  'object given names later': `export const X: any = { a: 1 }; X.b = 2; Object.assign(X, { c: 3 })`,
  'object handed on': `export const X: any = { a: 1 }; fill(X); function fill(o: any) { o['b' + 1] = 2 }`,
  'object that is made': `export const X = JSON.parse('{"a":1}')`,
  'spread object': `const base = { a: 1 }; export const X = { ...base, b: 2 }`,
  'class that inherits': `class Base { static a = 1 } export class X extends Base { static b = 1 }`,
  'decorated class': `const d: any = (c: any) => { c.extra = 1; return c }; @d export class X { static a = 1 }`,
  'static block': `export class X { static { (this as any).a = 1 } }`,
};

const COMPILERS: Readonly<Record<string, (text: string) => string | Promise<string>>> = {
  'esbuild, ES module': (text) => esbuild(text, 'esm'),
  'esbuild, CommonJS': (text) => esbuild(text, 'cjs'),
  'esbuild, bundled and minified': (text) => bundle(text, true),
  'esbuild, bundled': (text) => bundle(text, false),
  'esbuild, bundled and minified, CommonJS': (text) => bundle(text, true, 'cjs'),
  'esbuild, bundled, CommonJS': (text) => bundle(text, false, 'cjs'),
  'Rollup, CommonJS': (text) => rolledUp(text, 'cjs'),
  'Rollup, UMD, then CommonJS': (text) => rolledUp(text, 'umd'),
  'Rollup, UMD, minified, then CommonJS': async (text) =>
    transformSync(await rolledUp(text, 'umd'), { minify: true, target: 'es2022' }).code,
  'Rolldown, minified': (text) => rolledDown(text, 'es', true),
  'Rolldown, CommonJS': (text) => rolledDown(text, 'cjs', false),
  'Rolldown, minified, CommonJS': (text) => rolledDown(text, 'cjs', true),
  'TypeScript, ES module': (text) => typescript(text, { module: ts.ModuleKind.ESNext }),
  'TypeScript, CommonJS': (text) => typescript(text, { module: ts.ModuleKind.CommonJS }),
  'TypeScript, ES2020 classes': (text) =>
    typescript(text, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2020 }),
};

const tsconfigRaw = { compilerOptions: { experimentalDecorators: true } };

function esbuild(text: string, format: 'esm' | 'cjs'): string {
  return transformSync(text, { format, loader: 'ts', target: 'es2020', tsconfigRaw }).code;
}

function bundle(text: string, minify: boolean, format: 'esm' | 'cjs' = 'esm'): string {
  const stdin = { contents: text, loader: 'ts' } as const;
  return buildSync({ stdin, bundle: true, write: false, format, minify, tsconfigRaw }).outputFiles[0]!.text;
}

/** Both need plugins or extensions for TypeScript, so its types are removed first. */
function entryOf(text: string) {
  const contents = esbuild(text, 'esm');
  return {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry.js' ? id : null),
    load: (id: string) => (id === 'entry.js' ? contents : null),
  };
}

const OUTPUT = { name: 'Library', exports: 'named' } as const;

async function rolledUp(text: string, format: 'cjs' | 'umd'): Promise<string> {
  const bundled = await rollup({ input: 'entry.js', plugins: [entryOf(text)], onwarn: () => {} });
  return (await bundled.generate({ format, ...OUTPUT })).output[0].code;
}

async function rolledDown(text: string, format: 'es' | 'cjs', minify: boolean): Promise<string> {
  const bundled = await rolldown({ input: 'entry.js', plugins: [entryOf(text)] });
  return (await bundled.generate({ format, minify, ...OUTPUT })).output[0].code;
}

function typescript(text: string, options: ts.CompilerOptions): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, experimentalDecorators: true, ...options };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** Members that code may read by name; the numbers of an enum are left out. */
function membersOf(value: object): string[] {
  const inherent = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);
  return Object.getOwnPropertyNames(value).filter((name) => !inherent.has(name) && !/^-?\d/.test(name));
}

const folder = mkdtempSync(join(tmpdir(), 'value-members-'));
const read = new Map<string, ReturnType<typeof readCompiled>>();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Compiles a module once, and returns its members as the engine reads them and as Node loads them.
 */
function membersIn(compiler: string, name: string): ReturnType<typeof readCompiled> {
  const key = `${compiler} ${name}`;
  const members = read.get(key) ?? readCompiled(compiler, name);
  read.set(key, members);
  return members;
}

async function readCompiled(compiler: string, name: string) {
  const isCommonJs = compiler.endsWith('CommonJS');
  const output = await COMPILERS[compiler]!(MODULES[name]!);
  const file = join(folder, `${compiler}-${name}.${isCommonJs ? 'cjs' : 'mjs'}`.replaceAll(/[^\w.]/g, '-'));
  writeFileSync(file, output);
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, object>;
  const value = isCommonJs ? { exported: 'X' } : { local: localNameOf(output) };
  const members = readValues(file, output)?.(value);
  return { members, actual: membersOf(loaded['X']!) };
}

describe.each(Object.keys(COMPILERS))('%s', (compiler) => {
  test.each(Object.keys(MODULES))('%s: has the members that Node finds', async (name) => {
    const { members, actual } = await membersIn(compiler, name);
    if (!members) return;
    expect(members.names.filter((each) => !/^\d/.test(each) && !actual.includes(each))).toEqual([]);
    if (members.open !== undefined) return;
    expect(members.names.filter((each) => each !== 'prototype').toSorted()).toEqual(actual.toSorted());
  });

  test('most values are read completely', async () => {
    const all = await Promise.all(Object.keys(MODULES).map((name) => membersIn(compiler, name)));
    const complete = all.filter(({ members }) => members && members.open === undefined);
    expect(complete.length).toBeGreaterThanOrEqual(11);
  });
});

/** The variable that an ES module exports as X. */
function localNameOf(output: string): string {
  return /([\w$]+) as X\b/.exec(output)?.[1] ?? 'X';
}
