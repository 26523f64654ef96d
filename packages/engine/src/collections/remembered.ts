/** A `Map`, or a `WeakMap` of objects. */
interface Memo<K, V> {
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): unknown;
}

/** The value that a memo has for a key; the first call for the key makes it. */
export function remembered<K, V>(memo: Memo<K, V>, key: K, make: () => V): V {
  const known = memo.get(key);
  if (known !== undefined || memo.has(key)) return known as V;
  const made = make();
  memo.set(key, made);
  return made;
}
