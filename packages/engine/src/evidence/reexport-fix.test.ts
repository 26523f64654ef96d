import { describe, expect, it } from 'vitest';
import type { Edit } from '../model/report.js';
import { parseModule } from '../parse/parse-module.js';
import { placeOf } from '../surface/follow.js';
import { reexportFix } from './reexport-fix.js';
import type { FoundDeclaration } from './source-declarations.js';

const BARREL = 'packages/lib/src/index.ts';

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

  it('leaves out the index of a folder where extensions are left out', () => {
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
  ])('says type only for what is only a type: %s', (_, text, statement) => {
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

  it('is the end of a barrel without re-exports, a last line without an end is ended', () => {
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
  ])('is exported where it stands: %j', (text, after) => {
    const { title, applied } = fixed({ barrel: '', file, text });
    expect(applied[file]).toBe(after);
    expect(title).toMatch(/ and export it in packages\/lib\/src\/lost\.ts$/);
  });

  it('needs no re-export when it stands in the barrel', () => {
    const text = 'export const own = 1;\nconst lost = 2;\n';
    const { title, applied } = fixed({ barrel: text, file: BARREL, text });
    expect(title).toBe(`export \`lost\` in ${BARREL}`);
    expect(applied).toEqual({ [BARREL]: 'export const own = 1;\nexport const lost = 2;\n' });
  });
});

it('offers no fix for a barrel of CommonJS', () => {
  const declaration = declarationIn('packages/lib/src/lost.js', 'export const lost = 1;\n');
  const text = `exports.a = 1;\n`;
  const barrel = { file: 'packages/lib/src/index.js', text, record: parseModule('index.js', text) };
  expect(reexportFix('lost', declaration, '', barrel)).toBeUndefined();
});

function fixed({ barrel, file, text }: { barrel: string; file: string; text: string }) {
  const fix = reexportFix('lost', declarationIn(file, text), text, {
    file: BARREL,
    text: barrel,
    record: parseModule(BARREL, barrel),
  });
  return { title: fix!.title, applied: apply(fix!.edits, { [file]: text, [BARREL]: barrel }) };
}

function declarationIn(file: string, text: string): FoundDeclaration {
  const record = parseModule(file, text, { allLocals: true });
  const local = record.locals.find(({ name }) => name === 'lost');
  const exported = record.exports.find((entry) => entry.kind === 'local' && entry.name === 'lost');
  return {
    file,
    place: placeOf(file, local ?? exported!),
    exported: exported !== undefined,
    kind: local && !local.value ? 'type' : 'value',
  };
}

/** The changed texts by file. */
function apply(edits: readonly Edit[], texts: Readonly<Record<string, string>>): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const { file, start, end, text } of edits) {
    const before = changed[file] ?? texts[file]!;
    changed[file] = before.slice(0, start) + text + before.slice(end);
  }
  return changed;
}
