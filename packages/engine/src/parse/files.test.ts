import { describe, expect, test } from 'vitest';
import { checkText } from '../../test/check-record.js';
import { describeExport, describeRequest } from '../../test/describe-record.js';
import { languageOf } from './language-of.js';
import { parseModule } from './parse-module.js';

function recordOf(file: string, text: string) {
  expect(checkText(text, (variant) => parseModule(file, variant))).toEqual([]);
  return parseModule(file, text);
}

test.each([
  ['a.js', 'js'],
  ['a.mjs', 'js'],
  ['a.cjs', 'js'],
  ['a.jsx', 'jsx'],
  ['a.ts', 'ts'],
  ['a.mts', 'ts'],
  ['a.cts', 'ts'],
  ['a.tsx', 'tsx'],
  ['a.d.ts', 'dts'],
  ['a.d.mts', 'dts'],
  ['a.d.cts', 'dts'],
  ['a.d.css.ts', 'dts'],
  ['d.ts', 'ts'],
  ['x.d/a.ts', 'ts'],
  ['a.json', 'json'],
  ['a.css', 'asset'],
  ['a.wasm', 'asset'],
  ['a.node', 'asset'],
  ['LICENSE', 'asset'],
  ['.ts/x', 'asset'],
  ['a.constructor', 'asset'],
])('%s is read as %s', (file, language) => {
  expect(languageOf(file)).toBe(language);
  expect(parseModule(file, file.endsWith('json') ? '{}' : '').language).toBe(language);
});

describe('module syntax', () => {
  test.each([
    ['a.js', `import 'x'`, true],
    ['a.js', `import.meta.url`, true],
    ['a.js', `import('x')`, false],
    ['a.js', `#!/usr/bin/env node\nreturn 1`, false],
    ['a.mjs', `let a`, false],
    ['a.cts', `import a from 'x'; export = a`, true],
    ['a.ts', `import x = require('x')`, true],
    ['a.ts', `export = 1`, true],
    ['a.ts', `namespace N { export const a = 1 }`, false],
    ['a.d.ts', `declare module 'x' { export const a: 1 }`, false],
  ])('%s: %s → %s', (file, text, expected) => {
    const { hasModuleSyntax, syntaxError } = recordOf(file, text);
    expect({ hasModuleSyntax, syntaxError }).toEqual({ hasModuleSyntax: expected, syntaxError: undefined });
  });
});

describe('texts that engines and compilers accept', () => {
  test.each([
    ['a.js', `with (o) {} 010; var let = 1; delete x; return`],
    ['a.cjs', `return require('x')`],
    ['a.js', `const a = <div>{x}</div>`],
    ['a.js', `var a; <!-- old\n a`],
    ['a.mjs', `await 1`],
    ['a.ts', `function f(a?: 1, b: 2) {} let x = <any>y`],
    ['a.ts', `@dec class A { @dec() accessor x = 1 } return`],
    ['a.d.ts', `const a = 1; function f() {} f();`],
    ['a.js', `\uFEFF#!/usr/bin/env node\nimport 'x'`],
    ['a.js', ''],
  ])('%s: %s', (file, text) => {
    expect(parseModule(file, text).syntaxError).toBeUndefined();
  });
});

describe('broken texts', () => {
  test.each([
    ['a.js', `import { a from 'x'`, 11],
    ['a.js', `let x = ;`, 8],
    ['a.mjs', `return 1`, 0],
    ['a.js', `export {}; return 1`, 11],
    ['a.js', `let a: string = 1`, 5],
    ['a.ts', `enum E { a-b }`, 10],
    ['a.d.ts', `export declare const`, 20],
    // Its tree is JSON that is none.
    ['a.tsx', 'export const A = () => <C:\\x/>;', 27],
    ['a.json', `{ "a": }`, 7],
    ['a.json', `{ "a": 1, } // x`, 10],
    ['a.json', '', 0],
    ['a.vue', `<script>let x = ;</script>`, 16],
  ])('%s: %s', (file, text, start) => {
    const { language: _, syntaxError, ...rest } = parseModule(file, text);
    expect(syntaxError).toMatchObject({ start });
    expect(syntaxError!.end).toBeLessThanOrEqual(text.length);
    expect(rest).toEqual({
      hasModuleSyntax: false,
      requests: [],
      exports: [],
      locals: [],
      ambientModules: [],
    });
  });

  test('very deeply nested code is reported, not thrown', () => {
    const deep = `require('x') + ${'-1 + '.repeat(20_000)}1`;
    expect(() => parseModule('a.js', deep)).not.toThrow();
  });
});

describe('JSON', () => {
  test('exports default and its keys', () => {
    const record = recordOf('a.json', `{ "a": 1, "b-c": 2, "d": { "e": 1 }, "\\u0066": 1, "default": 1 }`);
    expect(record.exports.map(describeExport)).toEqual([
      'default = local -',
      'a = local -',
      'b-c = local -',
      'd = local -',
      'f = local -',
    ]);
  });

  test('may be any value', () => {
    expect(recordOf('a.json', '[1, 2]').exports.map(describeExport)).toEqual(['default = local -']);
  });
});

describe('single-file components', () => {
  test.each([
    [
      'a.vue',
      `<template>\n<script>import 'no'</script>\n</template>\n<!-- <script>import 'no'</script> -->\n<script>\nexport const a = 1\nexport default {}\n</script>\n<script lang="ts" setup>\nimport * as ns from 'x'\nns.a satisfies 1\n</script>`,
      ['import no', 'import x: .a; escapes'],
      ['a = local a', 'default = local -'],
    ],
    [
      'b.vue',
      `<script src="./b.ts" lang="ts" />\n<template><p>'</p></template>`,
      ['import ./b.ts'],
      ['default = local -'],
    ],
    [
      'c.vue',
      `<script setup>import { a } from 'x'</script>\n<style>a::before { content: "<script>" }</style>`,
      ['import x: a'],
      ['default = local -'],
    ],
    [
      'a.svelte',
      `<script context="module" lang="ts">\nexport { a } from 'x'; export const b: number = 1\n</script>\n<script>\nexport let prop; import('y')\n</script>\n<h1>{b}</h1>`,
      ['export-from x: a', 'dynamic-import y'],
      ['default = local -', 'a = a from 0', 'b = local b'],
    ],
    [
      'a.astro',
      `---\nimport { a } from 'x'\nconst b: number = 1\nif (b) return\nexport const prerender = true\n---\n<p>{a}</p><script>import 'y'</script><script is:inline>import 'no'</script><script type="application/ld+json">{}</script>`,
      ['import x: a', 'import y'],
      ['default = local -', 'prerender = local prerender'],
    ],
    ['b.astro', `<p>no script</p>`, [], ['default = local -']],
  ])('%s', (file, text, requests, exports) => {
    const record = recordOf(file, text);
    expect(record.syntaxError).toBeUndefined();
    expect(record.requests.map(describeRequest)).toEqual(requests);
    expect(record.exports.map(describeExport)).toEqual(exports);
  });
});

test('other files are empty', () => {
  expect(parseModule('a.css', '@import "x"')).toEqual({
    language: 'asset',
    hasModuleSyntax: false,
    requests: [],
    exports: [],
    locals: [],
    ambientModules: [],
  });
});

test('a text that is too large is marked as unread', () => {
  const { syntaxError, exports } = parseModule(
    'big.js',
    `export const a = 1;${' '.repeat(16 * 1024 * 1024)}`,
  );
  expect(syntaxError).toEqual({
    message: 'it has 17 MB, and the limit is 16 MB',
    start: 0,
    end: 0,
    unread: true,
  });
  expect(exports).toEqual([]);
});
