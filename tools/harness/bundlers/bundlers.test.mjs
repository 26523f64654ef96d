import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BREAKS, BUNDLERS, measureAll, openExamples } from './measure.mjs';

/**
 * Oracle: what was built by the real tools is run, whole and broken: in place, packed and installed, laid out as an image.
 * Properties: whole outputs run and are clean; each break fails when run and is found by its rule, at its place; each file
 * without which something fails (TypeScript's reading of declarations included) is missed, and no other.
 */
let examples;
let results;

beforeAll(async () => {
  examples = await openExamples();
  results = await measureAll(examples, BUNDLERS);
}, 300_000);

afterAll(() => examples?.close());

describe.each(BUNDLERS)('what %s builds', (bundler) => {
  it('is clean, and runs in place, packed and in its image', () => {
    const { findings, runs } = results.get(bundler).clean;
    expect(findings).toEqual([]);
    expect(runs.map(({ name, works, error }) => ({ name, works, error }))).toEqual(
      runs.map(({ name }) => ({ name, works: true, error: '' })),
    );
  });

  it.each(BREAKS.map(({ name }) => name))('fails and is found, with nothing beside it: %s', (name) => {
    const { fails, found, extra } = results.get(bundler).breaks.get(name);
    expect({ fails, found, extra }).toEqual({ fails: true, found: true, extra: [] });
  });

  it('is missed, file by file, where something needs the file', () => {
    const { deletions } = results.get(bundler);
    // A page is what people open: nothing in the output leads to it.
    const needed = deletions.filter((deletion) => deletion.needed && !deletion.isPage);
    expect(needed.length).toBeGreaterThan(8);
    expect(needed.filter(({ told }) => told.length === 0).map(({ file }) => file)).toEqual([]);
  });

  it('is not missed where nothing does', () => {
    const { deletions } = results.get(bundler);
    const accused = deletions.filter(
      ({ needed, findings }) => !needed && findings.some(({ severity }) => severity !== 'info'),
    );
    expect(accused.map(({ file, told }) => `${file}: ${told.join(', ')}`)).toEqual([]);
  });
});
