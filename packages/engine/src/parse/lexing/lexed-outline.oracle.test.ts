import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../test/random.js';
import { declaredInPlace } from '../exports/declared-in-place.js';
import { extensionOf, languageOf } from '../language-of.js';
import type { ModuleOutline } from '../outline.js';
import { parsedOutline } from '../outline.js';
import { parseModule } from '../parse-module.js';
import { parseSource } from '../parse-source.js';
import { lexedOutline } from './lexed-outline.js';

// The parser is the oracle: what the lexer finds in published files is what the parser finds, and texts that are
// broken in random ways are refused or left to the parser.

const INSTALLED = join(import.meta.dirname, '../../../../../node_modules');
/** Of the installed files, each of these. */
const EACH = 5;
const LARGEST = 200_000;

const FILES = readdirSync(INSTALLED, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:[cm]?js|[cm]?ts)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .toSorted()
  .filter((_, index) => index % EACH === 0)
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  .filter(({ text }) => text.length < LARGEST);

function lexed(file: string, text: string): ModuleOutline | undefined {
  return lexedOutline(text, languageOf(file), extensionOf(file));
}

/** What records without a tree are made from. */
function comparable(outline: ModuleOutline): unknown {
  const { text, language, hasModuleSyntax, hasDynamicImports, hasImportMeta, bindsPackage, syntax } = outline;
  return {
    hasModuleSyntax,
    hasDynamicImports,
    hasImportMeta,
    bindsPackage,
    requests: syntax.requests.toSorted((a, b) => a.start - b.start),
    exports: syntax.exports,
    locals: language === 'js' ? [] : declaredInPlace(outline.declaring, text, language === 'dts'),
    directives: outline.directives,
  };
}

describe('what the lexer finds in published files', () => {
  it.each(['js', 'dts', 'ts'])('is what the parser finds in %s', (language) => {
    const files = FILES.filter(({ file }) => languageOf(file) === language);
    let compared = 0;
    for (const { file, text } of files) {
      const quick = lexed(file, text);
      if (!quick) continue;
      const source = parseSource(text, languageOf(file), extensionOf(file));
      expect(source.syntaxError, file).toBeUndefined();
      const found = comparable(quick) as { readonly locals: unknown };
      // The parser then reads the text.
      if (found.locals === undefined) continue;
      const parsed = comparable(parsedOutline(source)) as typeof found;
      // The outline of a parsed text has no enums.
      const locals = parsed.locals ?? parseModule(file, text, { allLocals: true }).locals;
      expect(found, file).toEqual({ ...parsed, locals });
      compared++;
    }
    expect(compared).toBeGreaterThan(files.length / 20);
  });
});

const TOKEN = /[\p{ID_Start}$_][\p{ID_Continue}$]*|\d+|\s+|[^\s\w$]/uy;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) tokens.push(match[0]);
  return tokens;
}

describe('texts that are broken in random ways', () => {
  it('are never JavaScript for the lexer that the parser refuses', () => {
    const random = randomFrom(1);
    const files = FILES.filter(
      ({ file, text }) => languageOf(file) === 'js' && text.length < 20_000 && lexed(file, text),
    );
    let accepted = 0;
    for (let round = 0; round < 400; round++) {
      const { file, text } = random.pick(files);
      const tokens = tokensOf(text);
      const [at, other] = [random.below(tokens.length), random.below(tokens.length)];
      const count = random.below(2);
      const broken = [
        ...tokens.slice(0, at),
        ...tokens.slice(other, other + random.below(3)),
        ...tokens.slice(at + count),
      ].join('');
      if (!lexed(file, broken)) continue;
      const { syntaxError } = parseSource(broken, 'js', extensionOf(file));
      expect(syntaxError, `${file}: ${broken.slice(0, 2000)}`).toBeUndefined();
      accepted++;
    }
    expect(accepted).toBeGreaterThan(20);
  });

  it('are never declarations for the lexer if they are cut off', () => {
    const random = randomFrom(2);
    const files = FILES.filter(({ file, text }) => languageOf(file) === 'dts' && text.length < 20_000);
    for (let round = 0; round < 400; round++) {
      const { file, text } = random.pick(files);
      const cut = text.slice(0, random.below(text.length));
      if (!lexed(file, cut)) continue;
      const { syntaxError } = parseSource(cut, 'dts', extensionOf(file));
      expect(syntaxError, `${file}: ${cut.slice(-2000)}`).toBeUndefined();
    }
  });
});

const INVALID: readonly (readonly [file: string, text: string])[] = [
  ['a.js', 'export const = 1;'],
  ['a.js', 'export const a = 1;\nexport const a = 2;'],
  ['a.js', "export { a } from './b.js';\nexport { a } from './c.js';"],
  ['a.js', 'export default 1;\nexport default 2;'],
  ['a.js', 'export default a, b;'],
  ['a.js', 'export const a = 1;\nreturn;'],
  ['a.js', 'export const a = 1; <!-- comment\n'],
  ['a.js', '{ export const a = 1; }'],
  ['a.js', 'const a = 1; export { a } b;'],
  ['a.js', 'const a = 1; export { a b };'],
  ['a.js', "export { a b } from './b.js';"],
  ['a.js', "export * ass b from './b.js';"],
  ['a.js', '<<<<<<< HEAD\nexport const a = 1;\n=======\nexport const a = 2;\n>>>>>>> b\n'],
  ['a.js', 'export const a = <b/>;;;)'],
  ['a.d.ts', 'export declare const a: ;\n'],
  ['a.d.ts', 'export interface A {\n  b: string;\n'],
  ['a.d.ts', 'export declare const a: string;\nexport declare function'],
  ['a.d.ts', '<<<<<<< HEAD\nexport declare const a: 1;\n=======\nexport declare const a: 2;\n>>>>>>> b\n'],
  ['a.d.ts', 'export declare functionfunction a(): void;\n'],
];

describe('text that is invalid', () => {
  it.each(INVALID)('%s: %j', (file, text) => {
    expect(parseModule(file, text).syntaxError).toBeDefined();
  });
});

/** The parser does not report these early errors. */
const LEFT: readonly string[] = [
  "import { a } from './b.js';\nexport const a = 2;",
  'export function a() { await(1); }',
  'export function a() { await\nb; }',
  'export function a() { return await in b; }',
  'export const a = 010;',
  'export function a() { with (b) c; }',
];

describe('text that the engine refuses', () => {
  it.each(LEFT)('is left to the parser: %j', (text) => expect(lexed('a.js', text)).toBeUndefined());
});

const VALID: readonly string[] = [
  'export default function () {}\nexport const a = 1;',
  'export default class {}',
  'export default async () => {};',
  '#!/usr/bin/env node\nexport const a = 1;',
  '\uFEFFexport const a = 1;',
  'export const a = 1; export { a as b, a as default };',
  'export async function* a() { for await (const b of c) yield await b; }',
  'export const a = import.meta?.env;',
  "import a, { b as c, default as d } from './b.js';\nimport * as e from './c.js';\nexport { a, c as f, e };",
];

describe('text that is valid', () => {
  it.each(VALID)('is read without parsing: %j', (text) => {
    expect(lexed('a.js', text)).toBeDefined();
    expect(parseModule('a.js', text).syntaxError).toBeUndefined();
  });
});
