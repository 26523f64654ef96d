/** A position as people count it: from 1, columns in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Line and column of an offset. Lines end with \n, \r\n or \r; a leading byte order mark has no
 * column. For many offsets of one text, keep a table instead.
 */
export function textPosition(text: string, offset: number): TextPosition {
  let line = 1;
  let lineStart = text.startsWith('\uFEFF') ? 1 : 0;
  for (const ending of text.matchAll(/\r\n|\n|\r/g)) {
    const next = ending.index + ending[0].length;
    if (next > offset) break;
    line++;
    lineStart = next;
  }
  return { line, column: Math.max(offset - lineStart, 0) + 1 };
}
