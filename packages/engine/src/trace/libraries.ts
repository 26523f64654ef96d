import { createRequire } from 'node:module';
import type * as HtmlParser from 'htmlparser2';
import type { Parser as CssParser } from 'postcss';
import type ValueParser from 'postcss-value-parser';

// Few packages have pages or styles in their output, and each task is a process of its own: loaded when they are needed.
const load = createRequire(import.meta.url);

export function htmlParser(): typeof HtmlParser {
  return load('htmlparser2') as typeof HtmlParser;
}

export function cssParser(): CssParser {
  return (load('postcss') as { readonly parse: CssParser }).parse;
}

export function cssValueParser(): typeof ValueParser {
  return load('postcss-value-parser') as typeof ValueParser;
}
