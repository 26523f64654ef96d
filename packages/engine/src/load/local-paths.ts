import type { FilePath } from '../model/place.js';
import { languageOf } from '../parse/language-of.js';

const LOCAL = /["'`]((?:\.{1,2}\/|#)[^"'`\n]*|\.{1,2})["'`]/g;

/** The quoted texts of a module that may be paths of its own package: at least every local specifier that stands in it. */
export function localPathsIn(text: string): readonly string[] {
  return [...text.matchAll(LOCAL)].map(([, specifier]) => specifier!);
}

/** ES module syntax, escapes, a path that is put together: what is asked for does not stand in the text, or names count. */
const MAY_BE_MORE = /\b(?:import|export)\b|\\[xu]|["'`]\s*\+|\+\s*["'`]\.{0,2}\//;

/** Whether a built file is certain to be CommonJS, and all that it can ask for stands quoted in its text. */
export function linksByText(file: FilePath, text: string): boolean {
  return languageOf(file) === 'js' && !MAY_BE_MORE.test(text);
}
