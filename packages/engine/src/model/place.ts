/**
 * A path with `/`, relative to the workspace root (`packages/a/src/x.ts`, or `../node_modules/…`
 * outside of it).
 */
export type FilePath = string;

/** A part of a file's text: offsets in UTF-16 units, `end` exclusive. */
export interface Place {
  readonly file: FilePath;
  readonly start: number;
  readonly end: number;
}

/** A part of a text whose file is known from the context. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The place of a span in its file. */
export function placeOf(file: FilePath, { start, end }: Span): Place {
  return { file, start, end };
}
