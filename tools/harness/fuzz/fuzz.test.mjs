import { describe, expect, it } from 'vitest';
import { countFlips } from './flip-answers.mjs';
import { runFuzz } from './run-fuzz.mjs';
import { shrink } from './shrink.mjs';

/** The bounded part of `npm run fuzz`; VERIFY_SEED and VERIFY_CASES vary it. */
const SEED = Number(process.env['VERIFY_SEED'] ?? 1);
const COUNT = Number(process.env['VERIFY_CASES'] ?? 200);

describe('the engine, Node, esbuild and TypeScript', () => {
  it(`agree on ${COUNT} workspaces and ${COUNT / 2} mutants (seed ${SEED})`, async () => {
    const { tally, failures, flips } = await runFuzz({
      count: COUNT,
      mutants: COUNT / 2,
      seed: SEED,
      most: 1,
    });
    expect(failures.map(({ key, text }) => `${key}\n${text ?? ''}`)).toEqual([]);
    expect(tally.workspaces).toBe(COUNT);
    // Each oracle has said both, so that agreement means something.
    for (const oracle of ['node', 'typescript', 'esbuild']) {
      expect(tally[`${oracle} agrees: met`]).toBeGreaterThan(0);
      expect(tally[`${oracle} agrees: unmet`]).toBeGreaterThan(0);
    }
    // The harness would have noticed, whatever the engine had said wrongly. Left over: what another finding tells of the same place, and
    // a few answers turned into just what a declared difference stands for.
    expect(flips.length).toBeGreaterThan(10 * COUNT);
    const swallowed = [...countFlips(flips).swallowed].reduce((sum, [, times]) => sum + times, 0);
    expect(swallowed / flips.length).toBeLessThan(0.005);
  });
});

describe('shrink', () => {
  it('keeps what a difference needs, and nothing else', async () => {
    const workspace = {
      modules: [
        { path: 'a.js', chunks: ['one', 'two', 'three'] },
        { path: 'b.js', chunks: ['four'] },
      ],
      manifests: [{ path: 'package.json', json: { name: 'x', exports: { '.': './a.js', './b': './b.js' } } }],
      probes: [{ path: 'p.mjs' }, { path: 'q.mjs' }],
    };
    const fails = ({ modules, probes }) =>
      modules.some(({ chunks }) => chunks.includes('two')) && probes.some(({ path }) => path === 'q.mjs');
    const shrunk = await shrink(workspace, async (candidates) => candidates.map(fails));
    expect(shrunk).toEqual({
      modules: [{ path: 'a.js', chunks: ['two'] }],
      manifests: [{ path: 'package.json', json: { name: 'x' } }],
      probes: [{ path: 'q.mjs' }],
    });
  });
});
