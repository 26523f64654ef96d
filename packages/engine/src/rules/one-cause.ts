import { groupBy } from '../collections/group-by.js';
import type { Breakage } from './define-rule.js';

const GRAVITY = { error: 0, warning: 1, info: 2 };

/**
 * Breakages with the same identity as one: the first of the most severe ones, with the places of all.
 * Each breakage begins with its own place. The places that only depend on it follow.
 */
export function oneForEachCause<Data>(breakages: readonly Breakage<Data>[]): readonly Breakage<Data>[] {
  const groups = groupBy(breakages, ({ identity }) => JSON.stringify(identity));
  return [...groups.values()].map((group) => {
    const ordered = group.toSorted((a, b) => GRAVITY[a.atMost ?? 'error'] - GRAVITY[b.atMost ?? 'error']);
    const hits = [
      ...ordered.flatMap((breakage) => breakage.hits.slice(0, 1)),
      ...ordered.flatMap((breakage) => breakage.hits.slice(1)),
    ];
    return { ...ordered[0]!, hits };
  });
}
