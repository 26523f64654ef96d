import satisfies from 'semver/functions/satisfies.js';
import { keysOf, matchKey } from './map-key.js';
import { leavesOf } from './map-leaves.js';
import type { JsonPath, MapField } from './map-target.js';
import { checkTarget, checkMatch, decodedPath, substituted } from './map-target.js';

/** A target in a map. */
export interface MapTarget {
  /** As written, `*` kept. */
  readonly target: string;
  /**
   * The target with `*` replaced. For Node it is also decoded as a URL. Relative to the manifest's
   * folder, no `./`.
   */
  readonly path: string;
  /** The conditions of the target, outermost first. */
  readonly conditions: readonly string[];
  readonly jsonPath: JsonPath;
}

/** What a map says about a subpath, with the reason if it has no target. */
export type MapResolution =
  | ({ readonly outcome: 'target' } & MapTarget)
  /** Only in `imports`: the target is a bare specifier. */
  | { readonly outcome: 'package'; readonly specifier: string; readonly jsonPath: JsonPath }
  | { readonly outcome: 'not-listed'; readonly offered: readonly string[]; readonly jsonPath: JsonPath }
  | { readonly outcome: 'blocked'; readonly pattern: string; readonly jsonPath: JsonPath }
  | {
      readonly outcome: 'no-condition';
      readonly pattern: string;
      /** The conditions on the way to each target, outermost first. */
      readonly offered: readonly (readonly string[])[];
      readonly jsonPath: JsonPath;
    }
  | { readonly outcome: 'invalid-target'; readonly reason: string; readonly jsonPath: JsonPath };

/**
 * Node's PACKAGE_EXPORTS_RESOLVE.
 *
 * @param exports the field's value; must not be undefined or null
 * @param subpath `.` or `./x`
 */
export function resolveExports(
  exports: unknown,
  subpath: string,
  conditions: ReadonlySet<string>,
): MapResolution {
  return resolveMap('exports', exports, subpath, conditions);
}

/** Node's PACKAGE_IMPORTS_RESOLVE, from the step at which the manifest is known. */
export function resolveImports(
  imports: unknown,
  specifier: string,
  conditions: ReadonlySet<string>,
): MapResolution {
  return resolveMap('imports', imports, specifier, conditions);
}

/**
 * The targets that TypeScript tries for a subpath, in its order. If a file is missing or a target
 * is invalid, it continues with the next condition that applies, until it finds `null`. It reads
 * `types@<range>` as `types` if a recent version satisfies the range. Unlike TypeScript, folder
 * mappings (`"./x/"`) count as not listed, because Node does not follow them.
 */
export function typesCandidates(
  field: MapField,
  map: unknown,
  subpath: string,
  conditions: ReadonlySet<string>,
): TypesCandidates {
  const found = matchKey(field, map, subpath);
  if (!found || checkMatch(found.match) !== undefined) return { candidates: [] };
  const accepts = (condition: string): boolean => conditions.has(condition) || isRecentTypes(condition);
  const candidates: MapTarget[] = [];
  for (const leaf of leavesOf(found.value, { pattern: found.key, jsonPath: found.jsonPath, accepts })) {
    if (leaf.target === null) {
      const { pattern, jsonPath } = leaf;
      return { candidates, blocked: { outcome: 'blocked', pattern, jsonPath } };
    }
    if (checkTarget(leaf.target, field) !== undefined) continue;
    if (!leaf.target.startsWith('./')) continue;
    const { target, conditions: way, jsonPath } = leaf;
    candidates.push({ target, path: substituted(target, found.match).slice(2), conditions: way, jsonPath });
  }
  return { candidates };
}

/** The targets that TypeScript tries in order, and the `null` that ended them. */
export interface TypesCandidates {
  readonly candidates: readonly MapTarget[];
  readonly blocked?: Extract<MapResolution, { readonly outcome: 'blocked' }>;
}

/**
 * The key of a map for a subpath: the exact one, or else the pattern that PATTERN_KEY_COMPARE sorts
 * first.
 */
export function matchingPattern(field: MapField, map: unknown, subpath: string): string | undefined {
  return matchKey(field, map, subpath)?.key;
}

/** The version of TypeScript that `types@…` and `typesVersions` are read for. */
export const RECENT_TYPESCRIPT = '6.0.0';

function isRecentTypes(condition: string): boolean {
  return condition.startsWith('types@') && satisfies(RECENT_TYPESCRIPT, condition.slice('types@'.length));
}

function resolveMap(
  field: MapField,
  map: unknown,
  subpath: string,
  conditions: ReadonlySet<string>,
): MapResolution {
  const found = matchKey(field, map, subpath);
  if (!found) return { outcome: 'not-listed', offered: Object.keys(keysOf(field, map)), jsonPath: [field] };
  const walk: Walk = { field, conditions, pattern: found.key, match: found.match };
  const resolution = resolveTarget(found.value, walk, [], found.jsonPath);
  if (resolution?.outcome === 'target') return opened(resolution, found.match);
  if (resolution) return resolution;
  const offered = [...leavesOf(found.value, { pattern: found.key, jsonPath: found.jsonPath })]
    .filter(({ target }) => target !== null)
    .map(({ conditions: way }) => way);
  return { outcome: 'no-condition', pattern: found.key, offered, jsonPath: found.jsonPath };
}

/**
 * The last step, because a target is a URL. Unlike an invalid target, its failure is final also
 * within an array.
 */
function opened(
  resolution: Extract<MapResolution, { readonly outcome: 'target' }>,
  match: string | undefined,
): MapResolution {
  const path = decodedPath(resolution.path);
  const wrong = checkMatch(match);
  if (path !== undefined && wrong === undefined) return { ...resolution, path };
  const reason = wrong ?? `"${resolution.path}" has an escape sequence that no file name can have`;
  return { outcome: 'invalid-target', reason, jsonPath: resolution.jsonPath };
}

interface Walk {
  readonly field: MapField;
  readonly conditions: ReadonlySet<string>;
  readonly pattern: string;
  readonly match: string | undefined;
}

/** PACKAGE_TARGET_RESOLVE; undefined if no condition applies. */
function resolveTarget(
  target: unknown,
  walk: Walk,
  way: readonly string[],
  jsonPath: JsonPath,
): MapResolution | undefined {
  if (typeof target === 'string') return resolveString(target, walk, way, jsonPath);
  if (target === null) return { outcome: 'blocked', pattern: walk.pattern, jsonPath };
  if (Array.isArray(target)) return resolveArray(target, walk, way, jsonPath);
  if (typeof target !== 'object') {
    return { outcome: 'invalid-target', reason: `a ${typeof target} is not a target`, jsonPath };
  }
  const numeric = Object.keys(target).find((key) => /^(0|[1-9]\d*)$/.test(key));
  if (numeric !== undefined) {
    return {
      outcome: 'invalid-target',
      reason: `"${numeric}" is not a condition`,
      jsonPath: [...jsonPath, numeric],
    };
  }
  for (const [condition, value] of Object.entries(target as object)) {
    if (condition !== 'default' && !walk.conditions.has(condition)) continue;
    const resolution = resolveTarget(value, walk, [...way, condition], [...jsonPath, condition]);
    if (resolution) return resolution;
  }
  return undefined;
}

/**
 * The first element that is a valid target, even if its file does not exist; otherwise the result
 * of the last one.
 */
function resolveArray(
  targets: readonly unknown[],
  walk: Walk,
  way: readonly string[],
  jsonPath: JsonPath,
): MapResolution | undefined {
  if (targets.length === 0) return { outcome: 'blocked', pattern: walk.pattern, jsonPath };
  let last: MapResolution | undefined;
  for (const [index, target] of targets.entries()) {
    const resolution = resolveTarget(target, walk, way, [...jsonPath, index]);
    if (!resolution) continue;
    last = resolution;
    if (resolution.outcome !== 'invalid-target' && resolution.outcome !== 'blocked') return resolution;
  }
  return last;
}

function resolveString(
  target: string,
  walk: Walk,
  way: readonly string[],
  jsonPath: JsonPath,
): MapResolution {
  const wrong = checkTarget(target, walk.field);
  if (wrong !== undefined) return { outcome: 'invalid-target', reason: wrong, jsonPath };
  const full = substituted(target, walk.match);
  if (!target.startsWith('./')) return { outcome: 'package', specifier: full, jsonPath };
  return { outcome: 'target', target, path: full, conditions: way, jsonPath };
}
