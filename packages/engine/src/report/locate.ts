import type { FilePath, Place } from '../model/place.js';

/** A position for a person: both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Turns offsets into lines and columns; reads a text only if a finding points into it, and once.
 */
export class Locator {
  readonly #readText: (file: FilePath) => string | undefined;
  readonly #lineStarts = new Map<FilePath, readonly number[]>();

  constructor(readText: (file: FilePath) => string | undefined) {
    this.#readText = readText;
  }

  positionOf({ file, start }: Place): Position {
    let starts = this.#lineStarts.get(file);
    if (!starts) {
      starts = lineStartsOf(this.#readText(file) ?? '');
      this.#lineStarts.set(file, starts);
    }
    const line = lastAtMost(starts, start);
    return { line: line + 1, column: Math.max(start - starts[line]!, 0) + 1 };
  }
}

/** Lines end with \n, \r\n or \r. A byte order mark has no column. */
function lineStartsOf(text: string): readonly number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  const isOld = /\r(?!\n)/.test(text);
  if (isOld) for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
