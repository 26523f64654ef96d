// The part of stale-pass.long.test.ts that always runs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wantedMajors } from './nx-installation';
import { STALE_PASS_RUNS } from './stale-pass-runs';
import { StalePassWorkspace } from './stale-pass-workspace';

const TRIED = [
  'exclude-batch',
  'exclude',
  'depends-on-none',
  'no-task-outputs',
  'built-first',
  'load',
  'load-other-node',
];

describe.each(wantedMajors())('a pass on Nx %s', (major) => {
  let workspace: StalePassWorkspace;
  beforeAll(() => void (workspace = new StalePassWorkspace(major)));
  afterAll(() => workspace?.dispose());

  it.each(STALE_PASS_RUNS.filter(({ id }) => TRIED.includes(id)))('is never stale: $title', (run) => {
    const { wrong, output } = workspace.try(run);
    expect(wrong, output).toEqual([]);
  });
});
