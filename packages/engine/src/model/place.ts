/** A path with `/`, relative to the workspace root (`packages/a/src/x.ts`; `../node_modules/…` where it lies outside). */
export type FilePath = string;

/** A stretch of a file's text: offsets in UTF-16 units, `end` exclusive. */
export interface Place {
  readonly file: FilePath;
  readonly start: number;
  readonly end: number;
}

/** A stretch of the text at hand, where the file is known from the context. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The place of a span in its file. */
export function placeOf(file: FilePath, { start, end }: Span): Place {
  return { file, start, end };
}
