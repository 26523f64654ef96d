import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupBy } from './group-by.js';
import { reachedFrom } from './reached-from.js';
import { remembered } from './remembered.js';

describe('groupBy', () => {
  it('keeps every item once, in order, in groups that are ordered by their first item', () => {
    expect([...groupBy([3, 1, 4, 1, 5, 9, 2], (item) => item % 3)]).toEqual([
      [0, [3, 9]],
      [1, [1, 4, 1]],
      [2, [5, 2]],
    ]);
  });
});

describe('remembered', () => {
  it('makes a value once for each key, even if it is undefined', () => {
    const memo = new Map<string, number | undefined>();
    const made: string[] = [];
    const get = (key: string) =>
      remembered(memo, key, () => (made.push(key), key === 'none' ? undefined : key.length));
    expect([get('one'), get('none'), get('one'), get('none')]).toEqual([3, undefined, 3, undefined]);
    expect(made).toEqual(['one', 'none']);
  });
});

describe('reachedFrom', () => {
  it('reaches what a naive closure reaches, whatever the graph', () => {
    const edges = fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 20 });
    fc.assert(
      fc.property(edges, fc.array(fc.nat(8), { maxLength: 3 }), (all, start) => {
        const next = (from: number): number[] => all.flatMap(([a, b]) => (a === from ? [b] : []));
        const expected = new Set(start);
        for (let size = -1; size !== expected.size;) {
          size = expected.size;
          for (const item of expected) for (const target of next(item)) expected.add(target);
        }
        expect(new Set(reachedFrom(start, next))).toEqual(expected);
      }),
    );
  });

  it('leaves out items without targets of their own, calls `next` once for each item and goes depth first', () => {
    const targets: Record<string, string[]> = { a: ['b', 'c'], c: ['b', 'd', 'a'], d: [] };
    const seen: string[] = [];
    const reached = reachedFrom(['a'], (item) => (seen.push(item), targets[item]));
    expect([...reached]).toEqual(['a', 'c', 'd']);
    expect(seen).toEqual(['a', 'c', 'd', 'b']);
  });
});
