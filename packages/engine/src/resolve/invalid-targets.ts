import type { InvalidTarget } from '../model/manifest-faults.js';
import type { Manifest, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { keysOf } from './map-key.js';
import { checkTarget, decodedPath } from './map-target.js';
import type { JsonPath, MapField } from './map-target.js';

/**
 * The targets in `exports` and `imports` that every resolver rejects (Node's
 * PACKAGE_TARGET_RESOLVE, ERR_INVALID_PACKAGE_TARGET). An array counts only if none of its elements
 * is valid, because resolvers continue with the next one. Comment keys (`"//"`) are no conditions.
 */
export function invalidTargetsOf(disk: Disk, pkg: WorkspacePackage): readonly InvalidTarget[] {
  const { published: manifest } = pkg;
  if (!manifest) return [];
  return (['exports', 'imports'] as const).flatMap((field) => {
    const map = manifest.json[field];
    if (map === undefined || map === null) return [];
    return Object.entries(keysOf(field, map))
      .filter(([pattern]) => field === 'exports' || pattern.startsWith('#'))
      .flatMap(([pattern, { value, jsonPath }]) =>
        [...invalidBelow(value, field, [], jsonPath)].map((found) =>
          described(disk, pkg, manifest, { ...found, field, pattern }),
        ),
      );
  });
}

interface Found {
  readonly value: unknown;
  readonly reason: string;
  readonly conditions: readonly string[];
  readonly jsonPath: JsonPath;
}

function* invalidBelow(
  value: unknown,
  field: MapField,
  conditions: readonly string[],
  jsonPath: JsonPath,
): Generator<Found> {
  if (value === null) return;
  if (Array.isArray(value)) {
    const found = value.map((element, index) => [
      ...invalidBelow(element, field, conditions, [...jsonPath, index]),
    ]);
    if (found.every((below) => below.length > 0)) yield* found.flat();
  } else if (typeof value === 'object') {
    for (const [condition, below] of Object.entries(value)) {
      if (condition.startsWith('//')) continue;
      yield* invalidBelow(below, field, [...conditions, condition], [...jsonPath, condition]);
    }
  } else {
    const reason = typeof value === 'string' ? whyInvalid(value, field) : `a ${typeof value} is not a target`;
    if (reason !== undefined) yield { value, reason, conditions, jsonPath };
  }
}

function whyInvalid(target: string, field: MapField): string | undefined {
  const wrong = checkTarget(target, field);
  if (wrong !== undefined || !target.startsWith('./') || decodedPath(target) !== undefined) return wrong;
  return `"${target}" has an escape sequence that no file name can have`;
}

function described(
  disk: Disk,
  pkg: WorkspacePackage,
  manifest: Manifest,
  { value, reason, conditions, jsonPath, field, pattern }: Found & { field: MapField; pattern: string },
): InvalidTarget {
  const meant = typeof value === 'string' ? `./${value.replace(/^\//, '')}` : undefined;
  const isMeant =
    meant !== undefined &&
    checkTarget(meant, field) === undefined &&
    disk.isFile(joinPath(pkg.publishedRoot, meant));
  return {
    field,
    pattern,
    conditions,
    target: JSON.stringify(value),
    reason,
    path: jsonPath,
    place: locateInManifest(manifest, jsonPath, 'value'),
    ...(isMeant && { meant }),
  };
}
