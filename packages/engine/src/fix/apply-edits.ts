import type { Edit } from '../model/report.js';

/**
 * Applies edits to one text.
 *
 * @param edits offsets into `text`, in any order; insertions at one place keep the order they have
 *   here
 * @returns undefined if two edits overlap or one ends after the text, because they were made for
 *   another text
 */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  let result = '';
  let at = 0;
  for (const { start, end, text: inserted } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at || end < start || end > text.length) return undefined;
    result += text.slice(at, start) + inserted;
    at = end;
  }
  return result + text.slice(at);
}
