import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskGraph } from '@nx/devkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchingHint } from './batching-hint';

const graphOf = (...ids: string[]) => {
  const tasks = ids.map((id) => [
    id,
    { id, target: { project: id.split(':')[0], target: id.split(':')[1] } },
  ]);
  return { tasks: Object.fromEntries(tasks) } as unknown as TaskGraph;
};
const each = (target: string, count: number) => Array.from({ length: count }, (_, i) => `p${i}:${target}`);

describe('the hint to build first', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'batching-hint-'));
    mkdirSync(join(root, '.nx/workspace-data'), { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const all = graphOf(...each('build', 12), ...each('verify-exports', 12));
  const batch = graphOf('p3:verify-exports');

  it('appears once for a command whose batches contain one task', () => {
    const hint = batchingHint({ root, batch, all, command: 7 });
    expect(hint).toContain('nx run-many -t build && nx run-many -t verify-exports --batch');
    expect(hint).toContain('one batch of all 12');
    expect(batchingHint({ root, batch, all, command: 7 })).toBeUndefined();
    expect(batchingHint({ root, batch, all, command: 8 })).toBeDefined();
  });

  it.each([
    ['the batch has many tasks', { batch: graphOf(...each('verify-exports', 5)), all }],
    ['the command has only checks', { batch, all: graphOf(...each('verify-exports', 12)) }],
    ['there are few checks', { batch, all: graphOf(...each('build', 3), ...each('verify-exports', 5)) }],
    ['the other tasks are not known', { batch, all: undefined }],
  ])('does not appear if %s', (_, graphs) => {
    expect(batchingHint({ root, ...graphs, command: 9 })).toBeUndefined();
  });

  it('does not appear if that cannot be recorded', () => {
    expect(batchingHint({ root: join(root, 'none'), batch, all, command: 9 })).toBeUndefined();
  });
});
