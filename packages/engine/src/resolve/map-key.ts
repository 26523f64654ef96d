import { remembered } from '../collections/remembered.js';
import { isRecord } from '../model/is-record.js';
import type { JsonPath, MapField } from './map-target.js';

export interface KeyValue {
  readonly value: unknown;
  readonly jsonPath: JsonPath;
}

/**
 * A map by its keys. A target or conditions without subpaths belong to `.`. Computed once per map, because a manifest never
 * changes during a run.
 */
export function keysOf(field: MapField, map: unknown): Readonly<Record<string, KeyValue>> {
  return indexOf(field, map).keys;
}

interface MapIndex {
  readonly keys: Readonly<Record<string, KeyValue>>;
  /** The keys with a `*`, best match first. */
  readonly patterns: readonly string[];
}

const indexes: Readonly<Record<MapField, WeakMap<object, MapIndex>>> = {
  exports: new WeakMap(),
  imports: new WeakMap(),
};

function indexOf(field: MapField, map: unknown): MapIndex {
  if (typeof map !== 'object' || map === null) return newIndex(field, map);
  return remembered(indexes[field], map, () => newIndex(field, map));
}

function newIndex(field: MapField, map: unknown): MapIndex {
  const keys = readKeys(field, map);
  const patterns = Object.keys(keys).filter((key) => key.includes('*'));
  return { keys, patterns: patterns.sort(patternKeyCompare) };
}

function readKeys(field: MapField, map: unknown): Readonly<Record<string, KeyValue>> {
  const entries = isRecord(map) ? Object.entries(map) : [];
  const isMap = isRecord(map) && (entries.length === 0 || entries.some(([key]) => key.startsWith('.')));
  if (field === 'exports' && !isMap) return { '.': { value: map, jsonPath: [field] } };
  return Object.fromEntries(entries.map(([key, value]) => [key, { value, jsonPath: [field, key] }]));
}

/** A key that matches a subpath; `match` is the text for `*`. */
export type MatchedKey = KeyValue & { readonly key: string; readonly match: string | undefined };

/** PACKAGE_IMPORTS_EXPORTS_RESOLVE, the choice of the key. */
export function matchKey(field: MapField, map: unknown, subpath: string): MatchedKey | undefined {
  return matchingKeys(field, map, subpath)[0];
}

/** All keys that match a subpath, the one that applies first. */
export function matchingKeys(field: MapField, map: unknown, subpath: string): readonly MatchedKey[] {
  const { keys, patterns } = indexOf(field, map);
  const isExact = Object.hasOwn(keys, subpath) && !subpath.includes('*') && !subpath.endsWith('/');
  const matching = patterns.filter((key) => starMatch(key, subpath) !== undefined);
  return [
    ...(isExact ? [{ ...keys[subpath]!, key: subpath, match: undefined }] : []),
    ...matching.map((key) => ({ ...keys[key]!, key, match: starMatch(key, subpath) })),
  ];
}

/**
 * The text that the one `*` of a pattern matches; at least one character. Undefined if the pattern
 * does not match.
 */
export function starMatch(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star === -1 || pattern.lastIndexOf('*') !== star || text.length < pattern.length) return undefined;
  const trailer = pattern.slice(star + 1);
  if (!text.startsWith(pattern.slice(0, star)) || !text.endsWith(trailer)) return undefined;
  return text.slice(star, text.length - trailer.length);
}

/** PATTERN_KEY_COMPARE: the longer part before `*` wins, then the longer key. */
function patternKeyCompare(a: string, b: string): number {
  return b.indexOf('*') - a.indexOf('*') || b.length - a.length;
}
