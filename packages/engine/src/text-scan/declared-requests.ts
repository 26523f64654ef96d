import { GAP } from './gap.js';
import { localPathsIn } from './local-paths.js';

/** A lookahead, so that the same words in a comment hide nothing. */
const BARE = new RegExp(
  String.raw`\b(?:from|import|require)(?=${GAP}\(?${GAP}["']([^"'.][^"'\n]*)["'])`,
  'g',
);

/** What the text of declarations may import. */
export interface DeclaredRequests {
  readonly local: readonly string[];
  /** Specifiers of packages. */
  readonly bare: readonly string[];
}

/**
 * The specifiers in the text of declarations: all that they import, and perhaps more.
 *
 * @returns undefined if only parsing can find them: `#x` may resolve to any file, and references
 *   are not written as imports
 */
export function declaredRequests(text: string): DeclaredRequests | undefined {
  if (/["']#|<reference/.test(text)) return undefined;
  return { local: localPathsIn(text), bare: [...text.matchAll(BARE)].map(([, specifier]) => specifier!) };
}
