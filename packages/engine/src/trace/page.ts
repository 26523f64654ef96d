import type { Span } from '../model/place.js';
import { htmlParser } from '../parse/html-parser.js';
import { styleUrls } from './stylesheet.js';
import { isElsewhere } from './written-url.js';
import type { WrittenUrl } from './written-url.js';

/** What a page says about itself and refers to. */
export interface Page {
  /** `<base href>`, if there is one that stays in the output. */
  readonly base?: string;
  readonly urls: readonly WrittenUrl[];
  /** Inline scripts that are modules. */
  readonly scripts: readonly Span[];
  /** Bare names in import maps: `lib`, or with a slash at the end everything inside it. */
  readonly mapped: ReadonlySet<string>;
}

type Attributes = Readonly<Record<string, string>>;

/**
 * Attributes that name a file which the page loads by itself; of links, those with a `rel` that
 * loads.
 */
const LOADING: Readonly<Record<string, readonly string[]>> = {
  script: ['src'],
  img: ['src', 'srcset'],
  source: ['src', 'srcset'],
  video: ['src', 'poster'],
  audio: ['src'],
  track: ['src'],
  embed: ['src'],
  object: ['data'],
  iframe: ['src'],
  image: ['href', 'xlink:href'],
  use: ['href', 'xlink:href'],
};

const LOADING_LINKS =
  /^(?:stylesheet|icon|apple-touch-icon|mask-icon|manifest|modulepreload|preload|prefetch)$/i;
/** Only an icon in a tab, or a hint that may have no effect. */
const HINTS = /^(?:icon|apple-touch-icon|mask-icon|manifest|preload|prefetch)$/i;

/** Reads an HTML page. Browsers accept any text as HTML, and so does this function. */
export function readPage(text: string): Page {
  const reader = new PageReader(text);
  const { Parser } = htmlParser();
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes, parser.startIndex),
    ontext: (part) => reader.text(part, parser.startIndex),
    onclosetag: (name) => reader.close(name),
  });
  parser.end(text);
  return reader;
}

class PageReader implements Page {
  base?: string;
  readonly urls: WrittenUrl[] = [];
  readonly scripts: Span[] = [];
  readonly mapped = new Set<string>();
  readonly #text: string;
  #inside: { readonly kind: 'module' | 'importmap' | 'style'; start: number; end: number } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  open(name: string, attributes: Attributes, at: number): void {
    if (name === 'base' && attributes['href'] !== undefined && !isElsewhere(attributes['href'])) {
      this.base ??= attributes['href'];
      return;
    }
    if (name === 'link') return this.#link(attributes, at);
    const type = (attributes['type'] ?? '').toLowerCase();
    if (name === 'script' && attributes['src'] === undefined && (type === 'module' || type === 'importmap'))
      this.#inside = { kind: type, start: -1, end: -1 };
    if (name === 'style') this.#inside = { kind: 'style', start: -1, end: -1 };
    // Templates and data are no scripts.
    if (
      name === 'script' &&
      !/^(?:|module|text\/javascript|application\/javascript|text\/ecmascript)$/.test(type)
    )
      return;
    for (const attribute of LOADING[name] ?? []) {
      const value = attributes[attribute];
      if (value === undefined) continue;
      const isSet = attribute === 'srcset';
      const urls = isSet
        ? value.split(',').map((candidate) => candidate.trim().split(/\s+/)[0] ?? '')
        : [value.trim()];
      const use = name === 'script' ? 'module' : 'asset';
      for (const url of urls) this.#add(url, use, at, isSet || attributes['nomodule'] !== undefined);
    }
  }

  #link(attributes: Attributes, at: number): void {
    const rels = (attributes['rel'] ?? '').split(/\s+/);
    const href = attributes['href']?.trim();
    if (href === undefined || !rels.some((rel) => LOADING_LINKS.test(rel))) return;
    const use = rels.some((rel) => /^stylesheet$/i.test(rel))
      ? 'style'
      : rels.some((rel) => /^modulepreload$/i.test(rel))
        ? 'module'
        : 'asset';
    this.#add(
      href,
      use,
      at,
      rels.every((rel) => !LOADING_LINKS.test(rel) || HINTS.test(rel)),
    );
  }

  #add(url: string, use: WrittenUrl['use'], from: number, soft: boolean): void {
    if (isElsewhere(url)) return;
    const found = this.#text.indexOf(url, from);
    const start = found === -1 ? from : found;
    this.urls.push({
      url,
      use,
      start,
      end: found === -1 ? start + 1 : start + url.length,
      ...(soft && { soft }),
    });
  }

  text(part: string, at: number): void {
    if (!this.#inside) return;
    if (this.#inside.start === -1) this.#inside.start = at;
    this.#inside.end = at + part.length;
  }

  close(name: string): void {
    const inside = this.#inside;
    if (!inside || (name !== 'script' && name !== 'style')) return;
    this.#inside = undefined;
    if (inside.start === -1) return;
    const { kind, start, end } = inside;
    if (kind === 'module') this.scripts.push({ start, end });
    else if (kind === 'importmap') this.#importMap(start, end);
    else this.#styles(start, end);
  }

  #styles(start: number, end: number): void {
    try {
      this.urls.push(...styleUrls(this.#text.slice(start, end), start));
    } catch {
      // Browsers ignore invalid CSS.
    }
  }

  #importMap(start: number, end: number): void {
    let map: unknown;
    try {
      map = JSON.parse(this.#text.slice(start, end));
    } catch {
      return;
    }
    const imports = (map as { readonly imports?: unknown } | null)?.imports;
    if (typeof imports !== 'object' || imports === null) return;
    for (const [name, target] of Object.entries(imports)) {
      this.mapped.add(name);
      if (typeof target === 'string' && !target.endsWith('/')) this.#add(target, 'module', start, true);
    }
  }
}
