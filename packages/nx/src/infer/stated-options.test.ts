import { describe, expect, it } from 'vitest';
import { statedOptions } from './stated-options';

const NAMES = ['verify-exports', '@verify-exports/nx:verify-exports'];

describe('statedOptions', () => {
  it('finds options in project.json, package.json and the defaults of nx.json, configurations included', () => {
    const target = (file: string) => ({
      options: { dockerfile: file },
      configurations: { ci: { dockerfile: `${file}.ci` } },
    });
    const texts = {
      projectJson: JSON.stringify({ targets: { 'verify-exports': target('a'), build: target('never') } }),
      packageJson: JSON.stringify({ nx: { targets: { 'verify-exports': target('b') } } }),
    };
    const nxJson = JSON.stringify({ targetDefaults: { [NAMES[1]!]: { options: { dockerfile: ['c'] } } } });
    expect(statedOptions(NAMES, texts, nxJson).map(({ dockerfile }) => dockerfile)).toEqual([
      'a',
      'a.ci',
      'b',
      'b.ci',
      ['c'],
    ]);
  });

  it('finds nothing in broken or unexpected values', () => {
    expect(statedOptions(NAMES, { packageJson: '{ "nx": [1] }', projectJson: '{' }, '[]')).toEqual([]);
    expect(statedOptions(NAMES, {}, undefined)).toEqual([]);
  });
});
