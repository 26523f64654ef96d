import { describe, expect, it } from 'vitest';
import { BASE } from './base-workspace.mjs';
import { InputChecker, inputOf } from './check-input.mjs';
import { runInputs } from './run-inputs.mjs';

describe('damaged input', () => {
  it('ends in a report without a crash, in 200 seeded workspaces', async () => {
    // The machine may be busy, so the time limit of one input is longer than that of the long run.
    const { found } = await runInputs({ from: 0, count: 200, longest: 20_000 });
    expect(found).toEqual([]);
  });

  it('is the same for the same seed, and differs from the workspace', () => {
    const { files } = inputOf(7);
    expect([...inputOf(7).files]).toEqual([...files]);
    expect([...files].some(([path, text]) => BASE.get(path) !== text)).toBe(true);
  });

  it.each([
    ['an exception', { openRun: () => JSON.parse('{') }, 'SyntaxError'],
    ['a control character', { renderReport: () => 'a\u0007b' }, 'raw control character in text'],
    ['text from outside the workspace', { renderReport: () => 'root:x:0:0' }, 'text of a file outside'],
    ['an invalid report', { verify: () => ({ project: '' }) }, 'invalid report'],
  ])('is found if it causes %s', (_, fault, what) => {
    const engine = {
      normalizeOptions: () => ({}),
      isVerifyError: () => false,
      openRun: () => ({}),
      packagesIn: () => [{ project: 'a' }],
      verify: () => VALID,
      mergeReports: () => ({}),
      renderReport: () => '',
      FORMAT_NAMES: ['text'],
      ...fault,
    };
    const checker = new InputChecker(engine);
    expect(checker.check({ files: new Map(), options: undefined })).toContain(what);
    checker.dispose();
  });
});

const NONE = { met: 0, unmet: 0, unknown: 0 };
const VALID = {
  schemaVersion: 1, project: 'a', verdict: 'pass', notes: [], findings: [], problems: [], ignored: [],
  inventory: { entryPoints: [] }, imports: [], coverage: { modules: 0, demands: NONE, unknownBy: {} },
}; // prettier-ignore
