import { isRecord } from '../model/is-record.js';
import type { JsonPath, MapField } from './map-target.js';

export interface KeyValue {
  readonly value: unknown;
  readonly jsonPath: JsonPath;
}

/** A map by its keys. A target or conditions without subpaths belong to `.`. */
export function keysOf(field: MapField, map: unknown): Readonly<Record<string, KeyValue>> {
  const plain = isRecord(map);
  const keys = plain ? Object.keys(map) : [];
  if (field === 'exports' && (!plain || (keys.length > 0 && !keys.some((key) => key.startsWith('.'))))) {
    return { '.': { value: map, jsonPath: [field] } };
  }
  return Object.fromEntries(
    plain ? Object.entries(map).map(([key, value]) => [key, { value, jsonPath: [field, key] }]) : [],
  );
}

/** A key that matches a subpath; `match` is the text for `*`. */
export type MatchedKey = KeyValue & { readonly key: string; readonly match: string | undefined };

/** PACKAGE_IMPORTS_EXPORTS_RESOLVE, the choice of the key. */
export function matchKey(field: MapField, map: unknown, subpath: string): MatchedKey | undefined {
  return matchingKeys(field, map, subpath)[0];
}

/** All keys that match a subpath, the one that applies first. */
export function matchingKeys(field: MapField, map: unknown, subpath: string): readonly MatchedKey[] {
  const keys = keysOf(field, map);
  const isExact = Object.hasOwn(keys, subpath) && !subpath.includes('*') && !subpath.endsWith('/');
  const patterns = Object.keys(keys)
    .filter((key) => starMatch(key, subpath) !== undefined)
    .sort(patternKeyCompare);
  return [
    ...(isExact ? [{ ...keys[subpath]!, key: subpath, match: undefined }] : []),
    ...patterns.map((key) => ({ ...keys[key]!, key, match: starMatch(key, subpath) })),
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
