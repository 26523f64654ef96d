import * as fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { globTest, isCostlyGlob, segmentTest } from './glob-test.js';

/** Globs and paths over few characters, so that they often match. */
const segment = fc
  .array(fc.constantFrom('a', 'b', '.', '*', '?', 'a*'), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join(''))
  .filter((text) => !/^\.{1,2}$/.test(text));
const glob = fc
  .array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('/'));
const name = fc
  .array(fc.constantFrom('a', 'b', '.'), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))
  .filter((text) => !/^\.{1,2}$/.test(text));
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));

describe('globTest', () => {
  it('matches what picomatch matches, also in linear time', () => {
    const costly = glob.filter((text) => isCostlyGlob(text) && !/\*\*\/\*\*|\*{3,}|^\.\//.test(text));
    fc.assert(
      fc.property(costly, path, (pattern, file) => {
        expect(globTest(pattern, { dot: true })(file)).toBe(picomatch(pattern, { dot: true })(file));
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it.each(['*a'.repeat(30) + 'b', '**/'.repeat(30) + 'b', '?*'.repeat(30) + 'b'])(
    'ends for a glob for which regular expressions do not: %s',
    (pattern) => {
      const test = globTest(pattern, { dot: true });
      expect(test('a'.repeat(200))).toBe(false);
      expect(test(Array(100).fill('a').join('/'))).toBe(false);
      expect(test(pattern.replaceAll('**/', 'x/').replaceAll(/[*?]/g, 'a'))).toBe(true);
    },
  );

  it('refuses a costly glob that it cannot evaluate', () => {
    expect(() => globTest('{1..100000}{1..100000}')).toThrow('too many wildcards or alternatives');
    expect(() => globTest('+(a|+(b|c))')).toThrow('too many wildcards or alternatives');
    expect(() => globTest(`[a]${'*a'.repeat(9)}`)).toThrow('too many wildcards or alternatives');
  });

  it.each([
    '**/*.js',
    'packages/*/src/**/*.{ts,tsx}',
    '*-*.*.map',
    '!(a|b)',
    '{a,b,c}/**',
    '**/node_modules/**',
  ])('leaves the glob %s to picomatch', (pattern) => expect(isCostlyGlob(pattern)).toBe(false));

  it('ignores the case of a segment with the option nocase', () => {
    expect(segmentTest('A*b*C*d*', { dot: true, nocase: true })('aXBxcxDx')).toBe(true);
  });
});
