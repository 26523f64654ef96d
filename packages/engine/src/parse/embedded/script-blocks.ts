import type { Language } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';

/** A piece of script inside a component file. */
export interface ScriptBlock extends Span {
  readonly language: Language;
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An attribute; `start`/`end` are those of its value, quotes included. */
export interface Attribute extends Span {
  readonly value: string;
}

/** Comments and styles are matched so that script tags inside them do not count. */
const TAG = /<!--[\s\S]*?(?:-->|$)|<(script|style)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;
const ATTRIBUTE = /([^\s"'=/>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g;

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

/** The `<script>` elements of a Vue, Svelte or Astro text, in order; those in another language or for data are left out. */
export function scriptBlocks(text: string, fallback: Language, from = 0): ScriptBlock[] {
  const blocks: ScriptBlock[] = [];
  TAG.lastIndex = from;
  for (let match = TAG.exec(text); match; match = TAG.exec(text)) {
    const [, element, inside = ''] = match;
    if (!element || /\/\s*$/.test(inside)) {
      if (element?.toLowerCase() === 'script')
        addBlock(blocks, text, { start: match.index, end: TAG.lastIndex }, TAG.lastIndex, fallback);
      continue;
    }
    const start = TAG.lastIndex;
    const close = new RegExp(`</${element}\\s*>`, 'gi');
    close.lastIndex = start;
    const end = close.exec(text)?.index ?? text.length;
    if (element.toLowerCase() === 'script')
      addBlock(blocks, text, { start: match.index, end: start }, end, fallback);
    TAG.lastIndex = end;
  }
  return blocks;
}

/** @param tag the opening tag's span; the block reaches from there to `end` */
function addBlock(blocks: ScriptBlock[], text: string, tag: Span, end: number, fallback: Language): void {
  const attributes = attributesOf(text, tag);
  const type = attributes.get('type')?.value;
  const language = LANGUAGES.get(attributes.get('lang')?.value ?? languageOfType(type) ?? '');
  if (attributes.has('is:inline')) return;
  const named = attributes.has('lang') || (type !== undefined && type !== '' && type !== 'module');
  if (!language && named) return;
  blocks.push({ language: language ?? fallback, attributes, start: tag.end, end });
}

/** `text/typescript` → `typescript`. */
function languageOfType(type: string | undefined): string | undefined {
  return type?.replace(/^(?:text|application)\/(?:x-)?(?:ecmascript$)?/, '');
}

function attributesOf(text: string, tag: Span): Map<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  const offset = tag.start + '<script'.length;
  for (const match of text.slice(offset, tag.end - 1).matchAll(ATTRIBUTE)) {
    const [whole, name = '', raw] = match;
    const end = offset + match.index + whole.length;
    const value = raw === undefined ? '' : raw.replace(/^(["'])([\s\S]*)\1$/, '$2');
    attributes.set(name.toLowerCase(), { value, start: end - (raw?.length ?? 0), end });
  }
  return attributes;
}

/** The frontmatter of an Astro file, which is TypeScript. */
export function frontmatter(text: string): ScriptBlock | undefined {
  const match = FRONTMATTER.exec(text);
  if (!match || match.index !== 0) return undefined;
  const end = match[0].length - '---'.length;
  return { language: 'ts', attributes: new Map(), start: end - match[1]!.length, end };
}

/** The text with everything outside of the block blanked, so that positions are those of the whole file. */
export function onlyBlock(text: string, { start, end }: Span): string {
  return blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end));
}

function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
