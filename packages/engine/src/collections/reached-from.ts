/**
 * Everything that can be reached from the start, step by step, each item once and depth first.
 *
 * @param next the items after an item; undefined for an item that does not count as reached
 */
export function reachedFrom<T>(
  start: Iterable<T>,
  next: (item: T) => Iterable<T> | undefined,
): ReadonlySet<T> {
  const reached = new Set<T>();
  const seen = new Set<T>();
  const pending = [...start];
  while (pending.length > 0) {
    const item = pending.pop() as T;
    if (seen.has(item)) continue;
    seen.add(item);
    const targets = next(item);
    if (!targets) continue;
    reached.add(item);
    pending.push(...targets);
  }
  return reached;
}
