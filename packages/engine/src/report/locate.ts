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
    return { line: line + 1, column: start - starts[line]! + 1 };
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
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
