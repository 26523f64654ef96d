import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadEngine } from '../engine';
import { importedSpecifiers, loadTokenizer } from './scan-specifiers';
import { quotedSpecifiers } from './package-names';

let tokenize: Awaited<ReturnType<typeof loadTokenizer>>;
beforeAll(async () => void (tokenize = await loadTokenizer()));

const importsOf = (text: string, file = 'a.ts') => [...importedSpecifiers(tokenize, file, text)];

describe('importedSpecifiers', () => {
  it.each([
    `import 'x'`,
    `import a, { b as c } from 'x'`,
    `import type { A } from "x"`,
    `import * as a from 'x' with { type: 'json' }`,
    `import a = require('x')`,
    `export * from 'x'`,
    `export { a } from 'x'`,
    `import('x')`,
    `import(/* webpackChunkName: "y" */ \`x\`)`,
    `import.defer('x')`,
    `type A = import('x').B`,
    `require('x')`,
    `require(('x'))`,
    `require?.('x')`,
    `(require)('x')`,
    `require.resolve('x')`,
    `import.meta.resolve('x')`,
    `new URL('x', import.meta.url)`,
    `jest.mock('x')`,
    `vi.importActual<typeof A>('x')`,
    `vi.mock(import('x'))`,
    `declare module 'x' { }`,
    `/// <reference types="x" />`,
    `const load = createRequire(import.meta.url);\nload('x')`,
    `import { createRequire as make } from 'module';\nconst load = make(__filename);\nload('x')`,
    `createRequire(import.meta.url)('x')`,
    `${'('.repeat(20_000)}\nimport 'x'`,
    `const a = /['"]/; import 'x'`,
    'const a = `${`}`}`; import "x"',
    `const f = <T,>(a: T) => a;\nimport 'x'`,
    `const broken = ;;; }}} import { from 'x'`,
  ])('finds the import in %s', (text) => expect(importsOf(text)).toContain('x'));

  it.each([
    ['a.tsx', `const f = <T extends object>(a: T) => a;\nconst b = <p>Don't</p>;\nimport('x');`],
    ['a.jsx', `const a = <p>It's {b} \`</p>;\nimport('x');`],
    ['a.vue', `<template><p>Don't \` use</p></template>\n<script setup lang="ts">\nimport 'x';\n</script>`],
    ['a.vue', `<script src="x"></script>`],
    ['a.svelte', `<p>'</p><script context="module">import 'x'</script>`],
    ['a.astro', `---\nimport 'x';\n---\n<p>'</p>`],
  ])('finds the import in %s', (file, text) => expect(importsOf(text, file)).toContain('x'));

  it.each([
    `// import 'x'`,
    `/* require('x') */`,
    `const a = 'x';`,
    `log('x'); expect(a).toBe('x');`,
    `const a = "import 'x'";`,
    `const a = \`import 'x'\`;`,
    `const load = createRequire(import.meta.url); log('x');`,
    `const a = { from: 'y', module: 1 }; f(a, 'x');`,
  ])('finds no import in %s', (text) => expect(importsOf(text)).not.toContain('x'));

  it('ignores commented script blocks', () => {
    expect(importsOf(`<!-- <script>import 'x'</script> -->`, 'a.vue')).toEqual([]);
  });

  it('finds every import that the parser finds in the sources of this repository', async () => {
    const engine = await loadEngine();
    const root = join(__dirname, '../../../..', 'packages');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.[cm]?[jt]s$/.test(file) && !/node_modules|dist/.test(file),
    );
    expect(files.length).toBeGreaterThan(50);
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8');
      const quoted = quotedSpecifiers(text);
      const wanted = engine.importedSpecifiers(file, text).filter((specifier) => quoted.has(specifier));
      const found = importedSpecifiers(tokenize, file, text);
      expect(
        wanted.filter((specifier) => !found.has(specifier)),
        file,
      ).toEqual([]);
    }
  });
});
