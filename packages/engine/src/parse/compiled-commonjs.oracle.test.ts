import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync, buildSync } from 'esbuild';
import ts from 'typescript6';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseModule } from './parse-module.js';

/**
 * Oracle: Node's `require` of what compilers really write. For every module below, compiled by esbuild and by TypeScript, the names
 * found in the output must be those that the loaded module has, in both directions, and nothing may stay open. Blind spot:
 * minified output whose helpers have lost their names may stay open, but must not claim names that are not there.
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

const COMPILERS: Readonly<Record<string, (text: string) => string>> = {
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
  TypeScript: (text) => compile(text, {}),
  'TypeScript, interop': (text) => compile(text, { esModuleInterop: true }),
  'TypeScript, ES5': (text) => compile(text, { target: ts.ScriptTarget.ES5, ignoreDeprecations: '6.0' }),
};

function compile(text: string, options: ts.CompilerOptions): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, ...options };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

describe.each(Object.keys(COMPILERS))('output of %s', (compiler) => {
  const folder = mkdtempSync(join(tmpdir(), 'parse-compiled-'));
  const require = createRequire(join(folder, 'x.cjs'));
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'other.js'), 'exports.x = 1; exports.y = 2;');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(Object.keys(MODULES))('%s', (name) => {
    const output = COMPILERS[compiler]!(MODULES[name]!);
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
    if (compiler.endsWith('minified') && open.length > 0) {
      expect([...found].filter((entry) => !actual.includes(entry))).toEqual([]);
      return;
    }
    expect([...found].toSorted()).toEqual(actual.toSorted());
    expect(open).toEqual([]);
  });
});
