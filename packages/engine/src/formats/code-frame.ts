import { printable } from '../model/printable.js';

/** The part of a text that a frame shows. Lines and columns count from 1; the end is exclusive. */
export interface FramedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** The number of the line, a bar and a space on both sides. */
const GUTTER = 3;
const NARROWEST = 60;

/**
 * The line of a place with the place underlined, as two lines of at most `width` columns. A long line
 * is cut around the place.
 *
 * @returns nothing if the text has no such line or the width is too small to help
 */
export function codeFrame(text: string, place: FramedPlace, width: number): readonly string[] {
  const line = text.split(/\r\n|[\n\r\u2028\u2029]/, place.line)[place.line - 1];
  if (line === undefined || line.trim() === '' || width < NARROWEST) return [];
  const number = String(place.line);
  const room = width - number.length - GUTTER;
  const start = place.column - 1;
  const end = Math.max(start + 1, endIn(place, line));
  const from = firstShown(line, start, end, room);
  const shown = line.slice(from, from + room);
  const before = (from > 0 ? '…' : '') + shown.slice(from > 0 ? 1 : 0);
  const cut = from + room < line.length ? `${before.slice(0, -1)}…` : before;
  const marks = '^'.repeat(Math.max(1, Math.min(end, from + room) - start));
  return [
    `${number} | ${oneColumnEach(cut)}`,
    `${' '.repeat(number.length)} | ${' '.repeat(Math.max(0, start - from))}${marks}`,
  ];
}

function endIn({ line, column, endLine, endColumn }: FramedPlace, text: string): number {
  if (endColumn === undefined) return column;
  return endLine === undefined || endLine === line ? endColumn - 1 : text.length;
}

/** Keeps some columns before the place, so that readers see what it belongs to. */
function firstShown(line: string, start: number, end: number, room: number): number {
  if (line.length <= room || end <= room) return 0;
  return Math.max(0, Math.min(start - Math.floor(room / 3), line.length - room));
}

/** A tab or a control character must not move the marks below. */
function oneColumnEach(text: string): string {
  return [...text].map((character) => (printable(character) === character ? character : ' ')).join('');
}
