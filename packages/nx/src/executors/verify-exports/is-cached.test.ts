import type { Task } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { isCached, isOnAgent } from './is-cached';

const task = (cache?: boolean) =>
  ({ target: { project: 'a', target: 'verify' }, cache }) as Pick<Task, 'cache' | 'target'>;

describe('isCached', () => {
  it('follows the task, then the target, then the lists of Nx 20 to 22', () => {
    expect(isCached(task(true), {}, undefined, {})).toBe(true);
    expect(isCached(task(false), { cache: true }, undefined, {})).toBe(false);
    expect(isCached(task(), { cache: true }, undefined, {})).toBe(true);
    expect(isCached(task(), {}, undefined, {})).toBe(false);
    const list = (names: readonly string[]) =>
      ({ tasksRunnerOptions: { default: { options: { cacheableOperations: names } } } }) as never;
    expect(isCached(task(), {}, list(['verify']), {})).toBe(true);
    expect(isCached(task(), {}, list(['build']), {})).toBe(false);
  });

  it('knows that Nx stores nothing if it skips the cache', () => {
    expect(isCached(task(true), {}, undefined, { NX_SKIP_NX_CACHE: 'true' })).toBe(false);
    // A .env file may set this one for a task alone, which Nx does not notice.
    expect(isCached(task(true), {}, undefined, { NX_DISABLE_NX_CACHE: 'true' })).toBe(true);
  });
});

describe('isOnAgent', () => {
  it('recognizes the agents of Nx Cloud', () => {
    expect(isOnAgent({})).toBe(false);
    expect(isOnAgent({ NX_AGENT_NAME: '1' })).toBe(true);
    expect(isOnAgent({ NX_CLOUD_WORKER_ID: 'x' })).toBe(true);
  });
});
