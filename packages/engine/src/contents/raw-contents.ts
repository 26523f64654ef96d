import { isRecord } from '../model/is-record.js';

/** What a bundler says about one build, paths as it writes them. */
export interface RawContents {
  /** The kind of file, as the start of a sentence: `esbuild's metafile lists`. */
  readonly what: string;
  /** Files written. */
  readonly outputs: readonly string[];
  /** Modules whose code is in an output. */
  readonly contained: readonly string[];
  /** Modules that took part without leaving code: barrels. */
  readonly listed: readonly string[];
  /** False where only some of the modules are told (entries and chunks), so that absence proves nothing. */
  readonly complete: boolean;
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return isRecord(value);
}

export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
