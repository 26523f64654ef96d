import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BREAKS, BUNDLERS, measureAll, openExamples } from './measure.mjs';

/**
 * Builds the examples with the real tools and runs the output, complete and broken: in place, packed and installed, and in an image.
 * Complete output runs and has no finding. Each break fails and is reported by its rule at its place. A finding reports each file
 * that something needs (TypeScript needs declarations), and no other file.
 */
let examples;
let results;

beforeAll(async () => {
  examples = await openExamples();
  results = await measureAll(examples, BUNDLERS);
}, 300_000);

afterAll(() => examples?.close());

describe.each(BUNDLERS)('the output of %s', (bundler) => {
  it('has no finding, and runs in place, packed and in its image', () => {
    const { findings, runs } = results.get(bundler).clean;
    expect(findings).toEqual([]);
    expect(runs).not.toEqual([]);
    expect(runs.filter(({ works, error }) => !works || error !== '')).toEqual([]);
  });

  it.each(BREAKS.map(({ name }) => name))('fails and has the expected finding only: %s', (name) => {
    const { fails, found, extra } = results.get(bundler).breaks.get(name);
    expect({ fails, found, extra }).toEqual({ fails: true, found: true, extra: [] });
  });

  it('has a finding for each deleted file that something needs', () => {
    const { deletions } = results.get(bundler);
    // People open a page. No file of the output refers to it.
    const needed = deletions.filter((deletion) => deletion.needed && !deletion.isPage);
    expect(needed.length).toBeGreaterThan(8);
    expect(needed.filter(({ reported }) => reported.length === 0).map(({ file }) => file)).toEqual([]);
  });

  it('has no finding for a deleted file that nothing needs', () => {
    const { deletions } = results.get(bundler);
    const unexpected = deletions.filter(
      ({ needed, findings }) => !needed && findings.some(({ severity }) => severity !== 'info'),
    );
    expect(unexpected.map(({ file, reported }) => `${file}: ${reported.join(', ')}`)).toEqual([]);
  });
});
