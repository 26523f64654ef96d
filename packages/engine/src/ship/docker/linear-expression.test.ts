import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathMatcher } from './ignore-pattern.js';
import { linearExpression } from './linear-expression.js';

/** The expressions that `pathMatcher` creates consist of these. */
const expression = fc
  .array(fc.constantFrom('a', 'b', '/', '[^/]*', '[^/]', '(.*/)?', '.*', '\\.', '[ab]', '[^a]*', '^'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
const path = fc.array(fc.constantFrom('a', 'b', '/', '.'), { maxLength: 10 }).map((parts) => parts.join(''));

describe('linearExpression', () => {
  it('matches what the regular expression matches', () => {
    fc.assert(
      fc.property(expression, path, (source, text) => {
        expect(linearExpression(source)(text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it('ends for a pattern of Docker for which JavaScript does not', () => {
    expect(pathMatcher(`${'*a'.repeat(40)}b`)!('a'.repeat(200))).toBe(false);
    expect(pathMatcher(`${'**/*a'.repeat(20)}b`)!('a/'.repeat(100))).toBe(false);
  });
});
