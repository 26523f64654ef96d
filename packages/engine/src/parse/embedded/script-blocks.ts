import type { Language } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';
import { htmlParser } from '../html-parser.js';

/** A piece of script inside a component file. */
export interface ScriptBlock extends Span {
  readonly language: Language;
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An attribute; `start`/`end` are those of its value, quotes included. */
export interface Attribute extends Span {
  readonly value: string;
}

/** An Astro file's script between its `---` lines. */
const FRONTMATTER = /^\s*---(?=[ \t]*\r?\n)([\s\S]*?)^---/m;

const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  Object.entries<Language>({
    js: 'js',
    javascript: 'js',
    jsx: 'jsx',
    ts: 'ts',
    typescript: 'ts',
    tsx: 'tsx',
  }),
);

/**
 * The `<script>` elements of a Vue, Svelte or Astro text, in order, without those for data or in
 * another language.
 */
export function scriptBlocks(text: string, fallback: Language, from = 0): ScriptBlock[] {
  const blocks: ScriptBlock[] = [];
  let attributes = new Map<string, Attribute>();
  let start: number | undefined;
  const { Parser } = htmlParser();
  const parser = new Parser(
    {
      onopentagname: () => (attributes = new Map()),
      onattribute(name, value, quote) {
        const end = from + parser.endIndex;
        attributes.set(name, { value, start: end - lengthOf(value, quote), end });
      },
      onopentag(name) {
        if (name === 'script') start = from + parser.endIndex + 1;
      },
      onclosetag(name, isImplied) {
        if (name !== 'script' || start === undefined) return;
        const isEmpty = isImplied && text[start - 2] === '/';
        const end = isEmpty ? start : isImplied ? text.length : from + parser.startIndex;
        const language = languageIn(attributes, fallback);
        if (language) blocks.push({ language, attributes, start, end });
        start = undefined;
      },
    },
    { recognizeSelfClosing: true, decodeEntities: false },
  );
  parser.end(text.slice(from));
  return blocks;
}

/** An attribute without a value has no quote, an unquoted value has `null` for it. */
function lengthOf(value: string, quote: string | null | undefined): number {
  return value.length + (quote ? 2 : 0);
}

/** Undefined for a script in another language, for data, and for one that Astro leaves as it is. */
function languageIn(attributes: ReadonlyMap<string, Attribute>, fallback: Language): Language | undefined {
  if (attributes.has('is:inline')) return undefined;
  const type = attributes.get('type')?.value;
  const language = LANGUAGES.get(attributes.get('lang')?.value ?? languageOfType(type) ?? '');
  const isNamed = attributes.has('lang') || (type !== undefined && type !== '' && type !== 'module');
  return language ?? (isNamed ? undefined : fallback);
}

/** `text/typescript` → `typescript`. */
function languageOfType(type: string | undefined): string | undefined {
  return type?.replace(/^(?:text|application)\/(?:x-)?(?:ecmascript$)?/, '');
}

/** The frontmatter of an Astro file, which is TypeScript. */
export function frontmatter(text: string): ScriptBlock | undefined {
  const match = FRONTMATTER.exec(text);
  if (!match || match.index !== 0) return undefined;
  const end = match[0].length - '---'.length;
  return { language: 'ts', attributes: new Map(), start: end - match[1]!.length, end };
}

/** The text with blanks outside of the block, so that its positions are those of the whole file. */
export function onlyBlock(text: string, { start, end }: Span): string {
  return blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end));
}

function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
