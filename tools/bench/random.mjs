/**
 * A small seeded generator of random numbers (mulberry32), so that the same seed always gives the same workspace.
 *
 * @typedef {{ int(from: number, to: number): number; chance(share: number): boolean; pick<T>(list: readonly T[]): T; some<T>(list: readonly T[], count: number): T[] }} Random
 * @param {number} seed
 * @returns {Random}
 */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** Both ends included. */
  const int = (from, to) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    chance: (share) => next() < share,
    pick: (list) => list[int(0, list.length - 1)],
    /** At most `count` different elements, in the order of the list. */
    some(list, count) {
      const left = list.map((_, index) => index);
      const taken = [];
      while (taken.length < count && left.length > 0) taken.push(...left.splice(int(0, left.length - 1), 1));
      return taken.sort((a, b) => a - b).map((index) => list[index]);
    },
  };
}
