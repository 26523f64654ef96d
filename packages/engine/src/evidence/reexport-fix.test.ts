import { describe, expect, it } from 'vitest';
import { applyTo, BARREL, planReexport } from '../../test/plan-reexport.js';
import type { Given } from '../../test/plan-reexport.js';

describe('a re-export in the style of its barrel', () => {
  it.each([
    [
      'single quotes, semicolons, emitted extension',
      `export * from './a.js';\n`,
      `export { lost } from './deep/lost.js';`,
    ],
    ['double quotes', `export * from "./a.js";\n`, `export { lost } from "./deep/lost.js";`],
    ['no semicolons', `export * from './a.js'\n`, `export { lost } from './deep/lost.js'`],
    [
      'no extensions',
      `export * from './a';\nexport { b } from '../b';\n`,
      `export { lost } from './deep/lost';`,
    ],
    ['extensions of sources', `export * from './a.ts';\n`, `export { lost } from './deep/lost.ts';`],
    [
      'only imports to learn from',
      `import { a } from "./a"\nexport { a }\n`,
      `export { lost } from "./deep/lost"`,
    ],
    ['only packages to learn from', `export * from "other"\n`, `export { lost } from "./deep/lost.js"`],
    ['nothing to learn from', '', `export { lost } from './deep/lost.js';`],
  ])('%s', (_, barrel, statement) => {
    const { title, applied } = fixed({
      barrel,
      file: 'packages/lib/src/deep/lost.ts',
      text: 'export const lost = 1;\n',
    });
    expect(title).toBe(`add \`${statement}\` to ${BARREL}`);
    expect(applied[BARREL]!.split('\n')).toContain(statement);
  });

  it.each([
    ['../lost.ts', 'packages/lib/lost.ts', '../lost.js'],
    ['lost.mts', 'packages/lib/src/lost.mts', './lost.mjs'],
    ['lost.cts', 'packages/lib/src/lost.cts', './lost.cjs'],
    ['lost.tsx', 'packages/lib/src/lost.tsx', './lost.js'],
    ['lost.jsx', 'packages/lib/src/lost.jsx', './lost.js'],
    ['lost/index.ts', 'packages/lib/src/lost/index.ts', './lost/index.js'],
  ])('names %s as it will be emitted', (_, file, specifier) => {
    const { applied } = fixed({
      barrel: `export * from './a.js';\n`,
      file,
      text: 'export const lost = 1;\n',
    });
    expect(applied[BARREL]).toContain(`'${specifier}'`);
  });

  it('omits the index of a folder if extensions are omitted', () => {
    const file = 'packages/lib/src/lost/index.ts';
    const { applied } = fixed({ barrel: `export * from './a';\n`, file, text: 'export const lost = 1;\n' });
    expect(applied[BARREL]).toBe(`export * from './a';\nexport { lost } from './lost';\n`);
  });

  it.each([
    ['interface', 'export interface lost {}\n', 'export type { lost }'],
    ['type alias', 'export type lost = 1;\n', 'export type { lost }'],
    ['class', 'export class lost {}\n', 'export { lost }'],
    ['enum', 'export enum lost { A }\n', 'export { lost }'],
    ['const enum', 'export const enum lost { A }\n', 'export { lost }'],
    ['list of exports', 'const lost = 1;\nexport { lost };\n', 'export { lost }'],
  ])('uses the word type only for types: %s', (_, text, statement) => {
    const { applied } = fixed({ barrel: '', file: 'packages/lib/src/lost.ts', text });
    expect(applied[BARREL]).toBe(`${statement} from './lost.js';\n`);
  });
});

describe('the place of the re-export', () => {
  const file = 'packages/lib/src/lost.ts';
  const text = 'export const lost = 1;\n';

  it('is after the last re-export, before what follows', () => {
    const barrel = `export * from './a.js';\nexport {\n  b,\n} from './b.js';\n\nexport const own = 1;\n`;
    expect(fixed({ barrel, file, text }).applied[BARREL]).toBe(
      `export * from './a.js';\nexport {\n  b,\n} from './b.js';\nexport { lost } from './lost.js';\n\nexport const own = 1;\n`,
    );
  });

  it('is the end of a barrel without re-exports, after a line break', () => {
    const barrel = `export const own = 1;`;
    expect(fixed({ barrel, file, text }).applied[BARREL]).toBe(
      `${barrel}\nexport { lost } from './lost.js';\n`,
    );
  });

  it('keeps CRLF', () => {
    const barrel = `export * from './a.js';\r\nexport const own = 1;\r\n`;
    expect(fixed({ barrel, file, text }).applied[BARREL]).toBe(
      `export * from './a.js';\r\nexport { lost } from './lost.js';\r\nexport const own = 1;\r\n`,
    );
  });
});

describe('a declaration that is private', () => {
  const file = 'packages/lib/src/lost.ts';

  it.each([
    ['const lost = 1;\n', 'export const lost = 1;\n'],
    ['async function lost() {}\n', 'export async function lost() {}\n'],
    ['function* lost() {}\n', 'export function* lost() {}\n'],
    ['abstract class lost {}\n', 'export abstract class lost {}\n'],
    ['declare const lost: 1;\n', 'export declare const lost: 1;\n'],
    ['const enum lost { A }\n', 'export const enum lost { A }\n'],
    ['interface lost {}\n', 'export interface lost {}\n'],
    ['const { lost } = globalThis;\n', 'const { lost } = globalThis;\nexport { lost };\n'],
    ['let first = 1, lost = 2;\r\n', 'let first = 1, lost = 2;\r\nexport { lost };\r\n'],
  ])('is exported at its declaration: %j', (text, after) => {
    const { title, applied } = fixed({ barrel: '', file, text });
    expect(applied[file]).toBe(after);
    expect(title).toMatch(/ and export it in packages\/lib\/src\/lost\.ts$/);
  });

  it('needs no re-export if it is in the barrel', () => {
    const text = 'export const own = 1;\nconst lost = 2;\n';
    const { title, applied } = fixed({ barrel: text, file: BARREL, text });
    expect(title).toBe(`export \`lost\` in ${BARREL}`);
    expect(applied).toEqual({ [BARREL]: 'export const own = 1;\nexport const lost = 2;\n' });
  });
});

describe('a list that already re-exports from the module', () => {
  const file = 'packages/lib/src/a.ts';
  const value = 'export const a = 1;\nexport const lost = 1;\n';
  const type = 'export const a = 1;\nexport interface lost {}\n';

  it.each([
    ['on one line', value, `export { a } from './a.js';\n`, `export { a, lost } from './a.js';\n`],
    [
      'on several, with a comma at the end',
      value,
      `export {\n    a,\n} from './a.js';\n`,
      `export {\n    a,\n    lost,\n} from './a.js';\n`,
    ],
    [
      'on several, without, CRLF',
      value,
      `export {\r\n  a\r\n} from './a.js';\r\n`,
      `export {\r\n  a,\r\n  lost\r\n} from './a.js';\r\n`,
    ],
    ['of types', type, `export type { T } from './a.js';\n`, `export type { T, lost } from './a.js';\n`],
    [
      'with types marked in it',
      type,
      `export { a, type T } from './a.js';\n`,
      `export { a, type T, type lost } from './a.js';\n`,
    ],
    [
      'of values, for a type',
      type,
      `export { a } from './a.js';\n`,
      `export { a } from './a.js';\nexport type { lost } from './a.js';\n`,
    ],
    [
      'of types, for a value',
      value,
      `export type { T } from './a.js';\n`,
      `export type { T } from './a.js';\nexport { lost } from './a.js';\n`,
    ],
    [
      'with a comment in it',
      value,
      `export { a /* the first */ } from './a.js';\n`,
      `export { a /* the first */ } from './a.js';\nexport { lost } from './a.js';\n`,
    ],
    [
      'no list but a namespace',
      value,
      `export * as a from './a.js';\n`,
      `export * as a from './a.js';\nexport { lost } from './a.js';\n`,
    ],
  ])('grows: %s', (_, text, barrel, after) => {
    expect(fixed({ barrel, file, text }).applied[BARREL]).toBe(after);
  });
});

describe('a barrel that has the name, but in a form that cannot be imported', () => {
  const file = 'packages/lib/src/a.ts';

  it.each([
    ['sole', `export type { lost } from './a.js';\n`, `export { lost } from './a.js';\n`],
    ['marked', `export { a, type lost } from './a.js';\n`, `export { a, lost } from './a.js';\n`],
  ])('exports a type as a value: %s', (_, barrel, after) => {
    expect(fixed({ barrel, file, text: 'export class lost {}\n' }).applied[BARREL]).toBe(after);
  });

  it('gets no fix for one of several types, because the intention is unknown', () => {
    const barrel = `export type { a, lost } from './a.js';\n`;
    expect(planReexport({ barrel, file, text: 'export class lost {}\n' })).toBeUndefined();
  });

  it('exports a private declaration behind a star', () => {
    const { applied } = fixed({ barrel: `export * from './a.js';\n`, file, text: 'const lost = 1;\n' });
    expect(applied).toEqual({ [BARREL]: `export * from './a.js';\n`, [file]: 'export const lost = 1;\n' });
  });

  it('re-exports a name that its own file exports under another name', () => {
    const text = 'export default class lost {}\n';
    expect(fixed({ barrel: '', file, text }).applied[BARREL]).toBe(
      `export { default as lost } from './a.js';\n`,
    );
  });
});

function fixed(given: Given) {
  const fix = planReexport(given);
  const { barrel, file, text } = given;
  return { title: fix!.title, applied: applyTo(fix!.edits, { [file]: text, [BARREL]: barrel }) };
}
