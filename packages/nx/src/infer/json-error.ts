import { parseTree } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';

/**
 * The first place, from 1, at which a text is not JSON; undefined for JSON. Allows comments and
 * trailing commas, as Nx does.
 */
export function jsonError(text: string): { readonly line: number; readonly column: number } | undefined {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    return { line: 1, column: 1 }; // Nested too deeply for the parser, and for that of Nx.
  }
  const [first] = errors;
  if (!first) return undefined;
  const lines = text.slice(0, first.offset).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
