import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE } from './base-workspace.mjs';
import { bundleEngine } from '../bundle-engine.mjs';
import { ENGINE_PARTS, InputChecker, inputOf, wholeInputOf } from './check-input.mjs';
import { runInputs } from './run-inputs.mjs';

describe('damaged input', () => {
  it('ends in a report without a crash, in 600 seeded inputs of all kinds', async () => {
    // The machine may be busy, so the time limit of one input is longer than that of the long run.
    const { found, checked } = await runInputs({ from: 0, count: 600, longest: 20_000 });
    expect(found).toEqual([]);
    expect(checked).toBe(600);
  });

  describe('of one seed', () => {
    /** @type {InputChecker} */
    let checker;
    beforeAll(async () => (checker = new InputChecker(await bundleEngine(ENGINE_PARTS))));
    afterAll(() => checker.dispose());

    it.each([61_848, 67_710, 79_816, 5_002_092, 5_002_299])(
      'ends in a report for seed %i, which once failed',
      (seed) => {
        expect(checker.check(wholeInputOf(seed))).toBeUndefined();
      },
    );

    it('is the same for the same seed, and differs from the workspace', () => {
      const inputs = Array.from({ length: 150 }, (_, seed) => inputOf(seed, checker.cases));
      expect(inputs).toEqual(inputs.map(({ seed }) => inputOf(seed, checker.cases)));
      expect(new Set(inputs.map(({ kind }) => kind)).size).toBeGreaterThan(5);
      /** @param {import('./check-input.mjs').Input} input */
      const isChanged = ({ files, base }) => {
        const healthy = base === undefined ? BASE : checker.cases[base]?.files;
        return [...files].some(([path, text]) => healthy?.get(path) !== text);
      };
      expect(inputs.filter(isChanged).length).toBeGreaterThan(40);
    });

    it('counts only what was read', () => {
      const input = { kind: 'case', seed: 1, base: 0 };
      const counted = (files) => {
        const before = checker.inputs;
        expect(checker.check({ ...input, files: new Map(files) })).toBeUndefined();
        return checker.inputs - before;
      };
      expect(counted([])).toBe(0);
      expect(counted([['not/read.js', '(']])).toBe(0);
      expect(counted([...(checker.cases[0]?.files ?? [])])).toBe(0);
      expect(counted([['package.json', '{ "workspaces": ["packages/*"], }']])).toBe(1);
    });
  });

  it.each([
    ['an exception', { openRun: () => JSON.parse('{') }, 'SyntaxError'],
    ['a control character', { renderReport: () => 'a\u0007b' }, 'raw control character in text'],
    ['text from outside the workspace', { renderReport: () => 'root:x:0:0' }, 'text of a file outside'],
    ['an invalid report', { verify: () => ({ project: '' }) }, 'invalid report'],
    ['another report through the cache', { verify: counted() }, 'a damaged cache changes a report', 'cache'],
    ['an exception in reports', { readReports: () => JSON.parse('{') }, 'SyntaxError', 'reports'],
    ['an exception in options', { readOptionsFile: () => JSON.parse('{') }, 'SyntaxError', 'options'],
  ])('is found if it causes %s', (_, fault, what, kind = 'workspace') => {
    const engine = {
      normalizeOptions: () => ({}),
      isVerifyError: () => false,
      openRun: () => ({}),
      packagesIn: () => [{ project: 'a', root: 'packages/a' }],
      verify: () => VALID,
      mergeReports: () => ({}),
      renderReport: () => '',
      FORMAT_NAMES: ['text'],
      saveCache: () => writeFileSync(join(checker.root, '.cache-of-modules/a'), 'facts'),
      ...fault,
    };
    const checker = new InputChecker(engine);
    mkdirSync(join(checker.root, '.cache-of-modules'));
    expect(checker.check({ kind, files: new Map(), options: undefined, seed: 1 })).toContain(what);
    checker.dispose();
  });
});

/** @returns a function with another result at each call */
function counted() {
  let calls = 0;
  return () => ({ ...VALID, project: `${calls++}` });
}

const NONE = { met: 0, unmet: 0, unknown: 0 };
const VALID = {
  schemaVersion: 1, project: 'a', verdict: 'pass', notes: [], findings: [], problems: [], ignored: [],
  inventory: { entryPoints: [] }, imports: [], coverage: { modules: 0, demands: NONE, unknownBy: {} },
}; // prettier-ignore
