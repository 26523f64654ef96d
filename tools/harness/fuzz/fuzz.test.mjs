import { describe, expect, it } from 'vitest';
import { countFlips } from './flip-answers.mjs';
import { runFuzz } from './run-fuzz.mjs';
import { shrink } from './shrink.mjs';

/** A small part of `node tools/harness/fuzz/fuzz.mjs`; VERIFY_SEED and VERIFY_CASES vary it. */
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
    // Each oracle returned both results, so the agreement means something.
    for (const oracle of ['node', 'typescript', 'esbuild']) {
      expect(tally[`${oracle} agrees: met`]).toBeGreaterThan(0);
      expect(tally[`${oracle} agrees: unmet`]).toBeGreaterThan(0);
    }
    // The harness notices wrong answers of the engine. Exceptions: another finding reports the same place, or an inverted answer is
    // exactly what a declared difference allows.
    expect(flips.length).toBeGreaterThan(10 * COUNT);
    const swallowed = [...countFlips(flips).swallowed].reduce((sum, [, times]) => sum + times, 0);
    expect(swallowed / flips.length).toBeLessThan(0.005);
  });
});

describe('shrink', () => {
  it('keeps only the parts that a difference needs', async () => {
    /** @type {any} */
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
