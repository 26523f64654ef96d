import { keysOf, matchingKeys } from './map-key.js';
import type { JsonPath, MapField } from './map-target.js';

/** A leaf of a map, for enumeration. */
export interface MapLeaf {
  /** `.`, `./x`, `./*`, `#x`. */
  readonly pattern: string;
  /** `null` blocks. Other values that are no strings are not leaves. */
  readonly target: string | null;
  readonly conditions: readonly string[];
  readonly jsonPath: JsonPath;
  /** The outermost array that contains the leaf as one alternative. */
  readonly array?: JsonPath;
}

/** Every leaf of a map, `null` included, in the order of the manifest. */
export function listTargets(field: MapField, map: unknown): readonly MapLeaf[] {
  return Object.entries(keysOf(field, map)).flatMap(([pattern, { value, jsonPath }]) => [
    ...leavesOf(value, { pattern, jsonPath }),
  ]);
}

interface LeafWalk {
  readonly pattern: string;
  readonly jsonPath: JsonPath;
  readonly accepts?: (condition: string) => boolean;
  readonly conditions?: readonly string[];
  readonly array?: JsonPath;
}

/**
 * The leaves inside a value in order; with `accepts` only those whose conditions apply. Comment
 * keys are skipped.
 */
export function* leavesOf(value: unknown, walk: LeafWalk): Generator<MapLeaf> {
  const { pattern, jsonPath, accepts, conditions = [], array } = walk;
  if (typeof value === 'string' || value === null) {
    yield { pattern, target: value, conditions, jsonPath, ...(array && { array }) };
  } else if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      yield* leavesOf(element, { ...walk, jsonPath: [...jsonPath, index], array: array ?? jsonPath });
    }
  } else if (typeof value === 'object') {
    for (const [condition, below] of Object.entries(value)) {
      if (condition.startsWith('//')) continue;
      if (accepts && condition !== 'default' && !accepts(condition)) continue;
      yield* leavesOf(below, {
        ...walk,
        conditions: [...conditions, condition],
        jsonPath: [...jsonPath, condition],
      });
    }
  }
}

/**
 * The leaves that could apply to a subpath if the earlier ones did not exist. For each key that
 * matches it, the best key first, these are the leaves whose conditions apply.
 *
 * @param accepts whether a condition applies; `default` always does
 */
export function servingLeaves(
  field: MapField,
  map: unknown,
  subpath: string,
  accepts: (condition: string) => boolean,
): readonly (MapLeaf & { readonly match: string | undefined })[] {
  return matchingKeys(field, map, subpath).flatMap(({ key, match, value, jsonPath }) =>
    [...leavesOf(value, { pattern: key, jsonPath, accepts })].map((leaf) => ({ ...leaf, match })),
  );
}
