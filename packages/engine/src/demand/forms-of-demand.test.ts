import { describe, expect, test } from 'vitest';
import { checkAll } from '../../test/check-workspace.js';
import { writeWorkspace } from '../../test/text-workspace.js';
import type { Finding } from '../model/report.js';

/**
 * Every form of import, in every kind of file that supports it. A missing name is found at its own
 * line and column. An existing name (`kept`, at the same place of a second file) is not reported.
 */
const SCRIPTS = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'];
const MODULES = SCRIPTS.filter((extension) => extension !== 'cjs');
const TYPED = ['ts', 'tsx', 'mts', 'cts'];
const DECLARATIONS = ['d.ts', 'd.mts', 'd.cts'];
const COMPONENTS = ['vue', 'svelte', 'astro'];

/** `NAME` is the imported name, `@p` the package. */
const FORMS: readonly (readonly [form: string, text: string, extensions: readonly string[]])[] = [
  ['named import', `import { NAME } from '@p'; NAME();`, [...MODULES, ...COMPONENTS]],
  ['renamed import', `import { NAME as other } from '@p'; other();`, MODULES],
  ['namespace member', `import * as ns from '@p'; ns.NAME();`, [...MODULES, ...COMPONENTS]],
  ['namespace, destructured', `import * as ns from '@p'; const { NAME: a } = ns; a();`, MODULES],
  ['namespace, called in a sequence', `import * as ns from '@p'; (0, ns.NAME)();`, MODULES],
  ['re-export', `export { NAME } from '@p';`, MODULES],
  ['re-export under another name', `export { NAME as a } from '@p';`, MODULES],
  [
    'dynamic import, destructured',
    `export async function f() { const { NAME: a } = await import('@p'); a(); }`,
    SCRIPTS,
  ],
  ['dynamic import, member', `export const f = async () => (await import('@p')).NAME();`, SCRIPTS],
  ['dynamic import, then', `export const f = () => import('@p').then((m) => m.NAME());`, SCRIPTS],
  [
    'dynamic import, then destructured',
    `export const f = () => import('@p').then(({ NAME: a }) => a());`,
    SCRIPTS,
  ],
  [
    'dynamic import, through a loader',
    `const load = () => import('@p'); export const f = async () => (await load()).NAME();`,
    MODULES,
  ],
  [
    'dynamic import, among others',
    `export const f = async () => { const [{ NAME: a }] = await Promise.all([import('@p')]); a(); };`,
    MODULES,
  ],
  ['require, member', `require('@p').NAME();`, ['js', 'cjs', 'ts', 'cts']],
  ['require, destructured', `const { NAME: a } = require('@p'); a();`, ['js', 'cjs', 'ts', 'cts']],
  [
    'createRequire',
    `import { createRequire } from 'node:module'; const r = createRequire(import.meta.url); r('@p').NAME();`,
    ['mjs', 'mts'],
  ],
  ['import equals', `import x = require('@p'); x.NAME();`, ['ts', 'cts']],
  ['import type', `import type { NAME } from '@p'; export type A = NAME;`, TYPED],
  ['inline type', `import { type NAME } from '@p'; export type A = NAME;`, TYPED],
  ['type through a namespace', `import type * as ns from '@p'; export type A = ns.NAME;`, TYPED],
  ['typeof a namespace member', `import * as ns from '@p'; export type A = typeof ns.NAME;`, TYPED],
  ['import() in a type', `export type A = import('@p').NAME;`, [...TYPED, ...DECLARATIONS]],
  ['typeof import() in a type', `export type A = typeof import('@p').NAME;`, [...TYPED, ...DECLARATIONS]],
  ['declarations: named', `import { NAME } from '@p'; export declare const a: NAME;`, DECLARATIONS],
  ['declarations: re-export', `export { NAME } from '@p';`, DECLARATIONS],
  ['declarations: heritage', `import * as ns from '@p'; export interface A extends ns.NAME {}`, DECLARATIONS],
  ['JSX tag', `import * as ns from '@p'; export const a = <ns.NAME />;`, ['tsx', 'jsx', 'js']],
  [
    'Vitest, the true module',
    `export const f = async () => { const { NAME: a } = await vi.importActual('@p'); a(); };`,
    MODULES,
  ],
  ['Jest, the true module', `jest.requireActual('@p').NAME();`, MODULES],
  ['Vitest, the factory', `vi.mock('@p', async (original) => ({ a: (await original()).NAME() }));`, MODULES],
];

describe.each(FORMS)('%s', (_, text, extensions) => {
  test.each(extensions)('.%s', (extension) => {
    const asking = sourceOf(text, extension);
    const { findings, met } = check(extension, asking.replaceAll('NAME', 'Lost'));
    expect(findings.map(({ code, name }) => `${code} ${name}`)).toEqual([
      expect.stringMatching(/^VE20[12] Lost$/),
    ]);
    const lines = asking.replaceAll('NAME', 'Lost').split('\n');
    const [{ line, column }] = findings as [Finding];
    expect(lines[line! - 1]!.slice(column! - 1)).toMatch(/^Lost\b/);
    expect(met).toBe(true);
    expect(check(extension, asking.replaceAll('NAME', 'Kept')).findings).toEqual([]);
  });
});

/** Components with text before the script, so that wrong positions are noticed. */
function sourceOf(text: string, extension: string): string {
  const code = text.replaceAll('@p', '@acme/p');
  if (extension === 'astro') return `---\n// é\u{1F600}\n  ${code}\n---\n<p>text</p>\n`;
  if (COMPONENTS.includes(extension)) return `<p>é</p>\n<script lang="ts">\n  ${code}\n</script>\n`;
  return `/* é\u{1F600} */ ${code}\n`;
}

function check(extension: string, text: string): { findings: readonly Finding[]; met: boolean } {
  const declares = extension.startsWith('d.');
  const manifest = declares
    ? `{ "name": "@acme/app", "exports": { "types": "./src/main.${extension}" }, "dependencies": { "@acme/p": "*" } }`
    : '{ "name": "@acme/app", "dependencies": { "@acme/p": "*" } }';
  using workspace = writeWorkspace(
    new Map([
      [
        'packages/p/package.json',
        `{ "name": "@acme/p", "exports": { "import": { "types": "./i.d.mts", "default": "./i.mjs" }, "require": { "types": "./i.d.cts", "default": "./i.cjs" } } }`,
      ],
      ['packages/p/i.mjs', 'export class Kept {}'],
      ['packages/p/i.cjs', 'exports.Kept = class {};'],
      ['packages/p/i.d.mts', 'export declare class Kept {}'],
      ['packages/p/i.d.cts', 'export declare class Kept {}'],
      ['packages/app/package.json', manifest],
      [`packages/app/src/main.${extension}`, text],
    ]),
  );
  const report = checkAll(workspace.root).find(({ project }) => project === '@acme/app')!;
  const findings = report.findings.filter(({ code }) => code.startsWith('VE2'));
  const { demands } = report.coverage;
  return { findings, met: demands.met + demands.unmet > 0 };
}
