import type { FramedPlace } from './code-frame.js';

/** One line of a file. The marked part is what a finding is about; columns count from 0. */
export interface ExcerptLine {
  readonly line: number;
  readonly text: string;
  readonly mark?: readonly [start: number, end: number];
}

const AROUND = 2;
const LONGEST = 240;

/** The lines around a place. A long line is cut around the place. */
export function codeFrameLines(text: string, place: FramedPlace): readonly ExcerptLine[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/, place.line + AROUND);
  if (place.line > lines.length) return [];
  const first = Math.max(0, place.line - 1 - AROUND);
  return lines.slice(first).map((full, index) => {
    const line = first + index + 1;
    if (line !== place.line) return { line, text: cut(full, 0) };
    const start = Math.min(place.column - 1, full.length);
    const end = endOf(place, full, start);
    const from = full.length <= LONGEST ? 0 : Math.max(0, start - LONGEST / 3);
    const shift = (column: number): number => Math.min(LONGEST, column - from) + (from > 0 ? 1 : 0);
    return { line, text: cut(full, from), mark: [shift(start), shift(end)] };
  });
}

function endOf({ line, endLine, endColumn }: FramedPlace, text: string, start: number): number {
  if (endColumn === undefined) return Math.min(text.length, start + 1);
  return Math.max(start, endLine === undefined || endLine === line ? endColumn - 1 : text.length);
}

function cut(text: string, from: number): string {
  const shown = text.slice(from, from + LONGEST).replaceAll(/\p{Cc}/gu, ' ');
  return `${from > 0 ? '…' : ''}${shown}${from + LONGEST < text.length ? '…' : ''}`;
}
