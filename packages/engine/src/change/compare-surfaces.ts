import subset from 'semver/ranges/subset.js';
import validRange from 'semver/ranges/valid.js';
import type { NameKind, PackageSurface, SurfaceChange, SurfaceEntry } from '../model/package-surface.js';

/** What a comparison found. */
export interface SurfaceDifference {
  /** Changes that break consumers, in the order of the old surface. */
  readonly changes: readonly SurfaceChange[];
  /** How many promises are new. */
  readonly added: number;
}

/**
 * Compares what a package exports with what it exported before. An incomplete list of names loses
 * none: what it lacks is unknown.
 */
export function compareSurfaces(before: PackageSurface, after: PackageSurface): SurfaceDifference {
  const current = new Map(after.entries.map((entry) => [entry.subpath, entry]));
  const changes = before.entries.flatMap((entry): readonly SurfaceChange[] => {
    const now = current.get(entry.subpath);
    if (!now) return [{ kind: 'removed-entry-point', subpath: entry.subpath }];
    return [...lostConsumers(entry, now), ...changedNames(entry, now)];
  });
  return {
    changes: [...changes, ...narrowedEngines(before, after), ...narrowedPeers(before, after)],
    added: addedTo(before, after),
  };
}

function lostConsumers(before: SurfaceEntry, after: SurfaceEntry): readonly SurfaceChange[] {
  const lostFor = before.consumers.filter((consumer) => !after.consumers.includes(consumer));
  return lostFor.length > 0 ? [{ kind: 'removed-condition', subpath: before.subpath, lostFor }] : [];
}

function changedNames(before: SurfaceEntry, after: SurfaceEntry): readonly SurfaceChange[] {
  const { subpath } = before;
  const names = new Map(after.names.map((entry) => [entry.name, entry]));
  return before.names.flatMap(({ name, kind: was, missingFor = [] }): readonly SurfaceChange[] => {
    const now = names.get(name);
    if (!now) {
      if (after.open) return [];
      return name === 'default'
        ? [{ kind: 'changed-kind', subpath, name, was }]
        : [{ kind: 'removed-export', subpath, name, was }];
    }
    const lostFor = (now.missingFor ?? []).filter(
      (consumer) => !missingFor.includes(consumer) && before.consumers.includes(consumer),
    );
    if (breaks(was, now.kind)) return [{ kind: 'changed-kind', subpath, name, was, is: now.kind }];
    return lostFor.length > 0 && !after.open ? [{ kind: 'removed-export', subpath, name, was, lostFor }] : [];
  });
}

/** What consumers can do with a name of a kind. A `value` or `const` may be anything. */
const USES: Readonly<Record<NameKind, ReadonlySet<string>>> = {
  function: new Set(['call', 'value']),
  class: new Set(['construct', 'value', 'type']),
  object: new Set(['value']),
  enum: new Set(['value', 'type']),
  namespace: new Set(['value']),
  type: new Set(['type']),
  const: new Set(['call', 'construct', 'value', 'type']),
  value: new Set(['call', 'construct', 'value', 'type']),
};

/** Whether something that worked with the old kind cannot work with the new one. */
function breaks(was: NameKind, is: NameKind): boolean {
  if (was === 'const' || was === 'value') return !USES[is].has('value');
  return [...USES[was]].some((use) => !USES[is].has(use));
}

function narrowedEngines(before: PackageSurface, after: PackageSurface): readonly SurfaceChange[] {
  return Object.entries(after.engines).flatMap(([name, is]): readonly SurfaceChange[] => {
    const was = Object.hasOwn(before.engines, name) ? before.engines[name] : undefined;
    // Without a range, every version was allowed.
    return narrows(was ?? '*', is)
      ? [{ kind: 'narrowed', field: 'engines', name, ...(was !== undefined && { was }), is }]
      : [];
  });
}

function narrowedPeers(before: PackageSurface, after: PackageSurface): readonly SurfaceChange[] {
  return Object.entries(after.peers).flatMap(([name, { range: is, optional }]): readonly SurfaceChange[] => {
    const old = Object.hasOwn(before.peers, name) ? before.peers[name] : undefined;
    const field = 'peerDependencies' as const;
    if (!old) return optional ? [] : [{ kind: 'narrowed', field, name, is }];
    return narrows(old.range, is) ? [{ kind: 'narrowed', field, name, was: old.range, is }] : [];
  });
}

/** A range such as `workspace:^` means nothing to others, and is not compared. */
function narrows(was: string, is: string): boolean {
  if (was === is || validRange(was) === null || validRange(is) === null) return false;
  return !subset(was, is, { includePrerelease: true });
}

function addedTo(before: PackageSurface, after: PackageSurface): number {
  const known = new Map(before.entries.map((entry) => [entry.subpath, entry]));
  let added = 0;
  for (const { subpath, consumers, names } of after.entries) {
    const old = known.get(subpath);
    if (!old) {
      added += 1 + names.length;
      continue;
    }
    const oldNames = new Map(old.names.map(({ name, missingFor = [] }) => [name, missingFor]));
    added += consumers.filter((consumer) => !old.consumers.includes(consumer)).length;
    for (const { name, missingFor = [] } of names) {
      const missed = oldNames.get(name);
      if (
        !missed ||
        missed.some((consumer) => consumers.includes(consumer) && !missingFor.includes(consumer))
      )
        added += 1;
    }
  }
  return added;
}
