import { describe, expect, it } from 'vitest';
import { QuietChanges } from './quiet-changes';
import type { Clock } from './quiet-changes';

/** A clock that moves only when a test moves it. */
class Hands implements Clock {
  #now = 0;
  readonly #calls = new Map<() => void, number>();

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    this.#calls.set(call, this.#now + ms);
    return () => void this.#calls.delete(call);
  }

  async forward(ms: number): Promise<void> {
    for (const end = this.#now + ms; this.#now < end;) {
      this.#now += 1;
      for (const [call, at] of this.#calls) {
        if (at > this.#now) continue;
        this.#calls.delete(call);
        call();
      }
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    }
  }
}

function watched() {
  const clock = new Hands();
  const changes = new QuietChanges(clock);
  const ended: string[] = [];
  const note = (name: string, promise: Promise<unknown>) =>
    void promise.then((value) => ended.push(value === undefined ? name : `${name} ${String(value)}`));
  return { clock, changes, ended, note };
}

describe('QuietChanges', () => {
  it('settles when there are changes and none came for a while', async () => {
    const { clock, changes, ended, note } = watched();
    note('settled', changes.settled(60));
    await clock.forward(500);
    expect(ended).toEqual([]);
    for (const file of ['a', 'b', 'a']) {
      changes.add([file]);
      await clock.forward(50);
    }
    expect(ended).toEqual([]);
    await clock.forward(11);
    expect(ended).toEqual(['settled']);
    expect([...changes.take()]).toEqual(['a', 'b']);
    expect([changes.any, changes.quietFor]).toEqual([false, 61]);
  });

  it('is quiet after a while without changes, and not if one comes', async () => {
    const { clock, changes, ended, note } = watched();
    changes.add(['a']);
    changes.take();
    note('quiet', changes.quiet(250));
    await clock.forward(249);
    expect(ended).toEqual([]);
    await clock.forward(2);
    expect(ended).toEqual(['quiet true']);
    note('again', changes.quiet(1000));
    changes.add(['b']);
    await clock.forward(1);
    expect(ended).toEqual(['quiet true', 'again false']);
  });

  it('ends all waits when it is stopped', async () => {
    const { clock, changes, ended, note } = watched();
    note('settled', changes.settled(60));
    changes.stop();
    await clock.forward(1);
    expect(ended).toEqual(['settled']);
    expect(await changes.quiet(10)).toBe(false);
  });
});
