import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync as compileWithSwc } from '@swc/core';
import { transformSync, buildSync } from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import ts from 'typescript6';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseModule } from './parse-module.js';

/**
 * Oracle: Node's `require` of real output of compilers and bundlers, minified or not. For every
 * module, the names that are found must be exactly those of the loaded module, and none may be
 * unknown.
 */
const MODULES: Readonly<Record<string, string>> = {
  declarations: `export const a = 1, { b } = { b: 2 }; export function f() {} export class G {} export let later; later = 1`,
  default: `export default function () {} export const a = 1`,
  renamed: `const a = 1; export { a as b, a as default }`,
  reexports: `export { sep, join as glue } from 'node:path'`,
  star: `export * from './other'; export const own = 1`,
  namespace: `export * as path from 'node:path'; import * as os from 'node:os'; export { os }`,
  mixed: `import { sep } from 'node:path'; export * from './other'; export { sep }; export default 1`,
  enum: `export enum E { A } export namespace N { export const x = 1 } export type T = 1`,
};

const COMPILERS: Readonly<Record<string, (text: string) => string | Promise<string>>> = {
  esbuild: (text) => transformSync(text, { format: 'cjs', platform: 'node', loader: 'ts' }).code,
  'esbuild, minified': (text) =>
    transformSync(text, { format: 'cjs', platform: 'node', loader: 'ts', minify: true }).code,
  'esbuild, bundled': (text) =>
    buildSync({
      stdin: { contents: text, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      external: ['./other'],
    }).outputFiles[0]!.text,
  'esbuild, bundled and minified': (text) =>
    buildSync({
      stdin: { contents: text, loader: 'ts' },
      bundle: true,
      minify: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      external: ['./other'],
    }).outputFiles[0]!.text,
  swc: (text) => swc(text, false),
  'swc, minified': (text) => swc(text, true),
  'Rollup, CommonJS': (text) => rolledUp(text, 'cjs'),
  'Rollup, UMD': (text) => rolledUp(text, 'umd'),
  'Rollup, UMD, minified': async (text) =>
    transformSync(await rolledUp(text, 'umd'), { minify: true, target: 'es2022' }).code,
  'Rolldown, CommonJS': (text) => rolledDown(text, 'cjs', false),
  'Rolldown, CommonJS, minified': (text) => rolledDown(text, 'cjs', true),
  'Rolldown, UMD, minified': (text) => rolledDown(text, 'umd', true),
  TypeScript: (text) => compile(text, {}),
  'TypeScript, interop': (text) => compile(text, { esModuleInterop: true }),
  'TypeScript, UMD': (text) => compile(text, { module: ts.ModuleKind.UMD, ignoreDeprecations: '6.0' }),
  'TypeScript, ES5': (text) => compile(text, { target: ts.ScriptTarget.ES5, ignoreDeprecations: '6.0' }),
};

function compile(text: string, options: ts.CompilerOptions): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, ...options };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

function swc(text: string, minify: boolean): string {
  const jsc = {
    parser: { syntax: 'typescript' },
    target: 'es2022',
    minify: { compress: minify, mangle: minify },
  } as const;
  return compileWithSwc(text, { filename: 'x.ts', swcrc: false, module: { type: 'commonjs' }, jsc, minify })
    .code;
}

/** Both bundlers need plugins or extensions for TypeScript, so its types are removed first. */
function entryOf(text: string) {
  const contents = transformSync(text, { format: 'esm', loader: 'ts' }).code;
  return {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry.js' ? id : { id, external: true }),
    load: (id: string) => (id === 'entry.js' ? contents : null),
  };
}

const OUTPUT = {
  name: 'Library',
  exports: 'named',
  globals: (id: string) => id.replace(/\W/g, '_'),
} as const;

async function rolledUp(text: string, format: 'cjs' | 'umd'): Promise<string> {
  const bundle = await rollup({ input: 'entry.js', plugins: [entryOf(text)], onwarn: () => {} });
  return (await bundle.generate({ format, ...OUTPUT })).output[0].code;
}

async function rolledDown(text: string, format: 'cjs' | 'umd', minify: boolean): Promise<string> {
  const bundle = await rolldown({ input: 'entry.js', plugins: [entryOf(text)] });
  return (await bundle.generate({ format, minify, ...OUTPUT })).output[0].code;
}

describe.each(Object.keys(COMPILERS))('output of %s', (compiler) => {
  const folder = mkdtempSync(join(tmpdir(), 'parse-compiled-'));
  const require = createRequire(join(folder, 'x.cjs'));
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'other.js'), 'exports.x = 1; exports.y = 2;');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(Object.keys(MODULES))('%s', async (name) => {
    const output = await COMPILERS[compiler]!(MODULES[name]!);
    const file = join(folder, `${name}.cjs`);
    writeFileSync(file, output);
    const { commonjs, syntaxError } = parseModule(file, output);
    expect(syntaxError).toBeUndefined();
    const { assigned, assignedFrom, open } = commonjs!;
    const copied = assignedFrom.flatMap((from) => Object.keys(require(from) as object));
    const found = new Set(
      [...assigned.map((entry) => entry.name), ...copied].filter((entry) => entry !== '__esModule'),
    );
    const actual = Object.keys(require(file) as object);
    expect([...found].toSorted()).toEqual(actual.toSorted());
    expect(open).toEqual([]);
  });
});
