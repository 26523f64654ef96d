import { describe, expect, it, vi } from 'vitest';
import { SharedList } from './shared-list.js';

describe('SharedList', () => {
  it('gives each file to one thread', () => {
    const list = SharedList.of(4);
    expect(list.take(1)).toBe(false);
    expect([list.next(), list.next(), list.next(), list.next()]).toEqual([0, 2, 3, undefined]);
  });

  it('says which files a worker has sent', () => {
    const list = SharedList.of(2);
    for (const index of [list.next()!, list.next()!]) list.done(index, index === 0);
    expect([list.take(0), list.take(1)]).toEqual([true, false]);
  });

  it('waits only once for a thread that has ended without a word', () => {
    const list = new SharedList(SharedList.of(2).buffer, 10);
    const waits = vi.spyOn(Atomics, 'wait');
    for (const index of [list.next()!, list.next()!]) expect(list.take(index)).toBe(false);
    expect(waits.mock.calls.map(([, , , time]) => time)).toEqual([10, 0]);
    waits.mockRestore();
  });

  it('is one list for all threads', () => {
    const list = SharedList.of(2);
    const other = new SharedList(list.buffer);
    expect([other.next(), list.next(), other.next()]).toEqual([0, 1, undefined]);
    other.done(0, true);
    expect(list.take(0)).toBe(true);
    expect(other.isAwaited).toBe(false);
  });
});
