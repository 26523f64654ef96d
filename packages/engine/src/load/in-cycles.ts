/**
 * The nodes that are reached from one and that are in a cycle: Tarjan's search for strongly connected components, without
 * recursion, because input decides how deep a graph is.
 */
export function inCycles<T>(start: T, targetsOf: (node: T) => Iterable<T>): ReadonlySet<T> {
  const numbers = new Map<T, number>();
  const lowest = new Map<T, number>();
  const open: T[] = [];
  const isOpen = new Set<T>();
  const found = new Set<T>();
  const enter = (node: T): { readonly node: T; readonly targets: Iterator<T> } => {
    lowest.set(node, numbers.size);
    numbers.set(node, numbers.size);
    open.push(node);
    isOpen.add(node);
    return { node, targets: targetsOf(node)[Symbol.iterator]() };
  };
  const lower = (node: T, to: number): void => void lowest.set(node, Math.min(lowest.get(node)!, to));
  const path = [enter(start)];
  for (let way = path.at(-1); way; way = path.at(-1)) {
    const { node } = way;
    const { value: target, done } = way.targets.next();
    if (!done) {
      if (!numbers.has(target)) path.push(enter(target));
      else if (isOpen.has(target)) lower(node, numbers.get(target)!);
      continue;
    }
    path.pop();
    const before = path.at(-1);
    if (before) lower(before.node, lowest.get(node)!);
    if (lowest.get(node) !== numbers.get(node)) continue;
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) {
      isOpen.delete(member);
      if (component.length > 1) found.add(member);
    }
  }
  return found;
}
