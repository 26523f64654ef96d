/** A lookahead, so that each quote counts as an opening one, whatever was found before it. */
const LOCAL = /(["'`])(?=((?:\.{1,2}\/|#)(?:(?!\1)[^\n])*|\.{1,2})\1)/g;

/**
 * The quoted texts of a module that may be paths in its own package: all its local specifiers, and
 * perhaps more.
 */
export function localPathsIn(text: string): readonly string[] {
  return [...text.matchAll(LOCAL)].map(([, , specifier]) => specifier!);
}

/**
 * ES module syntax, escapes, or a path that is joined: the text does not quote all requests, or
 * names matter.
 */
const MAY_BE_MORE = /\b(?:import|export)\b|\\[xu]|["'`]\s*\+|\+\s*["'`]\.{0,2}\//;

/**
 * Whether JavaScript may have requests other than a CommonJS module's `require` of quoted paths.
 */
export function mayLinkOtherwise(text: string): boolean {
  return MAY_BE_MORE.test(text);
}
