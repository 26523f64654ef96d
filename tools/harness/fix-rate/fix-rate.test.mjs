import { expect, it } from 'vitest';
import { measureFixes } from './measure.mjs';
import { measurePackageFixes } from './measure-packages.mjs';

/** A small part of `node tools/harness/fix-rate/fix-rate.mjs`; VERIFY_SEED and VERIFY_CASES vary it. */
const SEED = Number(process.env['VERIFY_SEED'] ?? 1);
const COUNT = Number(process.env['VERIFY_CASES'] ?? 60);

it(`fixes in ${COUNT} broken workspaces remove at least 95 of 100 findings of each rule (seed ${SEED})`, () => {
  const { rates, failures } = measureFixes({ count: COUNT, seed: SEED });
  expect(Object.keys(rates).sort()).toEqual(['VE201', 'VE202', 'VE205', 'VE207']);
  const missed = failures.map(({ broken, kind, why }) => `${broken.code} ${broken.kind}: ${kind} ${why}`);
  for (const [code, { found, fixed }] of Object.entries(rates))
    expect(fixed / found, `${code}\n${missed.join('\n')}`).toBeGreaterThanOrEqual(0.95);
});

it(`fixes of manifests in ${COUNT / 2} broken workspaces never do harm (seed ${SEED})`, () => {
  const { tried, failures } = measurePackageFixes({ count: COUNT / 2, seed: SEED });
  expect(failures).toEqual([]);
  expect(tried['VE207']?.edits).toBeGreaterThan(0);
  // Without an edit there is no harm, so only some findings may have none.
  expect(tried['VE207']?.words).toBeGreaterThan(0);
});
