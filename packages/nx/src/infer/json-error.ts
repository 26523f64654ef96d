import { parseTree } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';

/** Where a text stops being JSON (comments and trailing commas let pass, as Nx does), from 1; undefined where it is fine. */
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
