import { createRequire } from 'node:module';
import type { Parser as CssParser } from 'postcss';
import type ValueParser from 'postcss-value-parser';

// Loaded on first use: few packages have styles in their output, and each task runs in its own
// process.
const load = createRequire(import.meta.url);

export function cssParser(): CssParser {
  return (load('postcss') as { readonly parse: CssParser }).parse;
}

export function cssValueParser(): typeof ValueParser {
  return load('postcss-value-parser') as typeof ValueParser;
}
