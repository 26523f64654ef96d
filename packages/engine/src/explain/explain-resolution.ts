import type { Place } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { locateInManifest } from '../read/locate-in-manifest.js';
import { conditionsOf } from '../resolve/entry-outcome.js';
import type { EntryAsk } from '../resolve/entry-outcome.js';
import { matchingKeys } from '../resolve/map-key.js';
import { leavesOf } from '../resolve/map-leaves.js';
import type { JsonPath } from '../resolve/map-target.js';
import { pathOfTarget } from '../resolve/map-target.js';

/** One target of the manifest that a resolver looks at, in its order. */
export interface TriedTarget {
  /** The key of the field: `.`, `./*`, or the name of a field such as `main`. */
  readonly key: string;
  readonly conditions: readonly string[];
  /** As written; `null` blocks the subpath. */
  readonly target: string | null;
  readonly place: Place;
  readonly outcome: 'taken' | 'skipped' | 'missing' | 'not reached';
  /** Why it is skipped. */
  readonly reason?: string;
}

/**
 * The targets of `exports` that a resolver tries for a subpath, and what becomes of each one.
 *
 * @param chosen the place of the target that the resolver takes, if it takes one
 * @returns nothing for a manifest without `exports`
 */
export function triedTargets(
  disk: Disk,
  pkg: WorkspacePackage,
  subpath: string,
  ask: EntryAsk,
  chosen: Place | undefined,
): readonly TriedTarget[] {
  const manifest = pkg.published;
  const exports = manifest?.json.exports;
  if (!manifest || exports === undefined || exports === null) return [];
  const applied = conditionsOf(ask);
  const isTypes = ask.phase === 'types';
  const at = (path: JsonPath): Place => locateInManifest(manifest, path, 'value');
  const tried: TriedTarget[] = [];
  let isDone = false;
  for (const [index, { key, match, value, jsonPath }] of matchingKeys(
    'exports',
    exports,
    subpath,
  ).entries()) {
    for (const leaf of leavesOf(value, { pattern: key, jsonPath })) {
      const { conditions, target } = leaf;
      const place = at(leaf.jsonPath);
      const entry = { key, conditions, target, place };
      const unset = conditions.find((condition) => condition !== 'default' && !applied.has(condition));
      if (isDone) tried.push({ ...entry, outcome: 'not reached' });
      else if (index > 0) tried.push({ ...entry, outcome: 'skipped', reason: 'a more specific key matches' });
      else if (unset !== undefined)
        tried.push({ ...entry, outcome: 'skipped', reason: `the condition "${unset}" is not set` });
      else if (chosen && place.start === chosen.start) {
        tried.push({ ...entry, outcome: 'taken' });
        isDone = true;
      } else if (target === null) {
        tried.push({ ...entry, outcome: 'taken', reason: 'null means that the subpath cannot be imported' });
        isDone = true;
      } else if (disk.isFile(joinPath(pkg.publishedRoot, pathOfTarget(target, match))))
        tried.push({
          ...entry,
          outcome: 'skipped',
          reason: isTypes ? 'it has no declarations' : 'the resolver does not use it',
        });
      else {
        tried.push({ ...entry, outcome: 'missing', reason: 'the file does not exist' });
        // Node takes the first target that applies, whether its file exists or not.
        isDone = ask.phase === 'runtime';
      }
    }
  }
  return tried;
}
