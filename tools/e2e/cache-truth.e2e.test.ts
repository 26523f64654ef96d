// The part of the matrix (matrix.long.test.ts) that always runs: the edits that a cache misses most easily.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wrongWithoutFresh } from './check-cell';
import { EDITS } from './matrix-edits';
import { matrixWorkspace } from './matrix-workspace';
import { wantedMajors } from './nx-installation';
import { MODES } from './warm-workspace';
import type { WarmWorkspace } from './warm-workspace';

/** The tried edits and modes. Every mode without the daemon occurs. */
const TRIED = [
  ['M3', 'affected'],
  ['M5', 'run-many batch'],
  ['M1', 'affected batch'],
  ['closing-3', 'run-many'],
  ['late-provider', 'affected'],
  ['unrelated', 'run-many'],
] as const;

describe.each(wantedMajors())('a cached result on Nx %s', (major) => {
  let warm: WarmWorkspace;
  beforeAll(() => void (warm = matrixWorkspace(major)));
  afterAll(() => warm?.dispose());

  it.each(TRIED)('stays correct: %s, %s', (editId, modeId) => {
    const edit = EDITS.find(({ id }) => id === editId)!;
    const mode = MODES.find(({ id }) => id === modeId)!;
    const cached = warm.after(edit, mode);
    expect(wrongWithoutFresh(edit, mode, cached), `${edit.title}\n${cached.output}`).toEqual([]);
  });
});
