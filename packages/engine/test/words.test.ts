import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { ALLOWED, DROP_LIST } from './drop-list.js';

const ROOT = join(import.meta.dirname, '../../..');

/** Folders that the repository does not track or does not write. Dot folders are skipped as well. */
const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'cases']);

interface Text {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const files = filesBelow(ROOT).map((file) => relative(ROOT, file).split(sep).join('/'));

describe('user-facing text uses no word of the drop list', () => {
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
