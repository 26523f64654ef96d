import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { ALLOWED, DROP_LIST } from './drop-list.js';

const ROOT = join(import.meta.dirname, '../../..');

/** This file and the list contain the words as data. */
const HERE = 'packages/engine/test/words.test.ts';

/**
 * Folders that the repository does not track or does not write. Dot folders are skipped as well.
 */
const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'cases']);

interface Text {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const files = filesBelow(ROOT).map((file) => relative(ROOT, file).split(sep).join('/'));

describe('text uses no word of the drop list', () => {
  it('in Markdown', () => {
    const pages = files.filter((file) => file.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(40);
    expect(violations(pages.flatMap(markdownTexts))).toEqual([]);
  });

  it('in messages, titles, fixes and remedies', () => {
    const sources = files.filter(isProductSource);
    expect(sources.length).toBeGreaterThan(200);
    expect(violations(sources.flatMap(literalTexts))).toEqual([]);
  });

  it('in comments of the sources', () => {
    const sources = files.filter(isCommentedSource);
    expect(sources.length).toBeGreaterThan(300);
    expect(violations(sources.flatMap((file) => commentTexts(file)))).toEqual([]);
  });

  it('in titles of tests', () => {
    const tests = files.filter((file) => /\.test\.(?:ts|mjs)$/.test(file) && file !== HERE);
    expect(tests.length).toBeGreaterThan(100);
    expect(violations(tests.flatMap((file) => titleTexts(file)))).toEqual([]);
  });

  it('in descriptions of JSON schemas and packages', () => {
    const schemas = files.filter(hasDescriptions);
    expect(schemas).toContain('packages/engine/report.schema.json');
    expect(violations(schemas.flatMap(descriptionTexts))).toEqual([]);
  });

  it('outside the allowed places, which all still exist', () => {
    const unused = ALLOWED.filter(
      ({ file, phrase }) => !files.includes(file) || !read(file).includes(phrase),
    );
    expect(unused).toEqual([]);
  });
});

describe('the search', () => {
  it.each([
    ['The report tells what is wrong.', ['tells']],
    ['A name is asked of it.', ['asked of', 'is asked']],
    ['It holds the imports against the exports.', ['holds the imports against']],
    ['Judged soundly.', ['Judged', 'soundly']],
    ['A metal teller served.', ['served']],
    ['The result of the check is printed.', []],
  ])('finds whole words with their inflections: %s', (text, found) => {
    expect(
      wordsIn(text)
        .map(({ word }) => word)
        .toSorted(),
    ).toEqual(found.toSorted());
  });

  it('reads comments, but neither code in them nor types', () => {
    const text =
      '/**\n * `told` leads\n * to it.\n * @returns {{ verdict: string }} told\n */\n// It serves.\nf();';
    expect(violations(commentTexts('a.ts', text))).toEqual([
      expect.stringMatching(/^a\.ts:4 "told"/),
      expect.stringMatching(/^a\.ts:2 "leads/),
      expect.stringMatching(/^a\.ts:6 "serves"/),
    ]);
  });

  it('reads titles of tests', () => {
    const text = "describe('told', () => it.each([])(`is told ${1}`, () => f('told')));";
    expect(violations(titleTexts('a.test.ts', text))).toHaveLength(2);
  });

  it('reads prose of Markdown, but neither code nor links', () => {
    const text =
      '# Told\n\n```js\ntold();\n```\n\nUse `told` or [a page](./told.md), as\ntold above. It leads\nto it.\n';
    expect(violations([{ file: 'a.md', line: 1, text: proseOf(text) }])).toEqual([
      expect.stringMatching(/^a\.md:1 "Told"/),
      expect.stringMatching(/^a\.md:8 "told"/),
      expect.stringMatching(/^a\.md:8 "leads\nto"/),
    ]);
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return SKIPPED.has(entry.name) || entry.name.startsWith('.') ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** Every literal of the product's sources that has a space may reach a user. */
function isProductSource(file: string): boolean {
  return /^packages\/[^/]+\/src\/.*\.ts$/.test(file) && !/\.(?:test|d)\.ts$/.test(file);
}

/** Generated schemas and types repeat texts that other checks read. */
function isCommentedSource(file: string): boolean {
  return /^(?:packages\/[^/]+\/(?:src|test)|tools)\/.*\.(?:ts|mjs)$/.test(file) && file !== HERE;
}

function hasDescriptions(file: string): boolean {
  return (
    /^packages\/.*(?:schema|generators|executors)\.json$/.test(file) ||
    /^packages\/[^/]+\/package\.json$/.test(file)
  );
}

function markdownTexts(file: string): readonly Text[] {
  return [{ file, line: 1, text: proseOf(read(file)) }];
}

/** A Markdown text with spaces instead of code blocks, code spans and the targets of links. */
function proseOf(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return text
    .replace(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\2[^\n]*$/gm, blank)
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, blank)
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/\]\([^)]*\)/g, blank);
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

function literalTexts(file: string): readonly Text[] {
  const source = read(file);
  const found: Text[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    const text = textOf(node);
    if (text?.includes(' ')) found.push({ file, line: source.slice(0, node.start).split('\n').length, text });
    for (const [key, child] of Object.entries(node)) if (key !== 'parent') visit(child);
  };
  visit(parseSync(file, source).program.body);
  return found;
}

/** Comments without code spans and types. Comments on consecutive lines are one text. */
function commentTexts(file: string, source = read(file)): readonly Text[] {
  const found: { line: number; last: number; text: string }[] = [];
  for (const { type, value, start, end } of parseSync(file, source).comments) {
    const line = source.slice(0, start).split('\n').length;
    const text = proseOf(withoutTypes(value.replace(/^[ \t]*\*(?=[ \t]|$)/gm, '')));
    const before = found.at(-1);
    if (type === 'Line' && before?.last === line - 1) {
      before.text += `\n${text}`;
      before.last = line;
    } else found.push({ line, last: source.slice(0, end).split('\n').length, text });
  }
  return found.map(({ line, text }) => ({ file, line, text }));
}

/**
 * A comment with blanks instead of the types in the braces of its tags, also over several lines.
 */
function withoutTypes(text: string): string {
  let depth = 0;
  return text
    .split(/(@\w+ \{|[{}])/)
    .map((part) => {
      const inside = depth > 0;
      if (part.startsWith('@')) depth++;
      else if (inside && part === '{') depth++;
      else if (inside && part === '}') depth--;
      return inside ? part.replace(/[^\n]/g, ' ') : part;
    })
    .join('');
}

/** The titles of tests and of their groups. */
function titleTexts(file: string, source = read(file)): readonly Text[] {
  const found: Text[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    const [title] = node.type === 'CallExpression' ? (node['arguments'] as readonly Node[]) : [];
    if (title && /^(?:it|test|describe)\b/.test(source.slice(node.start))) {
      const text = textOf(title);
      if (text !== undefined)
        found.push({ file, line: source.slice(0, title.start).split('\n').length, text });
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'parent') visit(child);
  };
  visit(parseSync(file, source).program.body);
  return found;
}

/** The text of a string or template literal, with `…` for each expression. */
function textOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateLiteral') return undefined;
  const quasis = node['quasis'] as readonly { readonly value: { readonly raw: string } }[];
  return quasis.map(({ value }) => value.raw).join('…');
}

const DESCRIBING = new Set(['description', 'title', 'x-prompt', 'message', 'x-deprecated']);

function descriptionTexts(file: string): readonly Text[] {
  const source = read(file);
  const found: Text[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (DESCRIBING.has(key) && typeof child === 'string') {
        const line = source.slice(0, source.indexOf(JSON.stringify(child))).split('\n').length;
        found.push({ file, line, text: child });
      } else visit(child);
    }
  };
  visit(JSON.parse(source));
  return found;
}

function violations(texts: readonly Text[]): readonly string[] {
  return texts.flatMap(({ file, line, text }) =>
    wordsIn(text)
      .filter((found) => !isAllowed(file, text, found))
      .map(({ word, at, instead }) => {
        const start = line + text.slice(0, at).split('\n').length - 1;
        const around = text.slice(Math.max(0, at - 40), at + word.length + 40).replace(/\s+/g, ' ');
        return `${file}:${start} "${word}" (write: ${instead}) in: …${around.trim()}…`;
      }),
  );
}

interface FoundWord {
  readonly word: string;
  readonly at: number;
  readonly instead: string;
}

/** The words may be on two lines. */
function wordsIn(text: string): readonly FoundWord[] {
  return DROP_LIST.flatMap(({ pattern, instead }) =>
    [...text.matchAll(new RegExp(pattern.source.replaceAll(' ', '\\s+'), 'gi'))].map((match) => ({
      word: match[0],
      at: match.index,
      instead,
    })),
  );
}

/** An allowed phrase covers only the words inside it. */
function isAllowed(file: string, text: string, { word, at }: FoundWord): boolean {
  return ALLOWED.some(({ file: allowed, phrase }) => {
    if (allowed !== file) return false;
    const start = text.lastIndexOf(phrase, at);
    return start >= 0 && at + word.length <= start + phrase.length;
  });
}
