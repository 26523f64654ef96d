import { describe, expect, it } from 'vitest';
import { isTestFile } from './is-test-file.js';

describe('isTestFile', () => {
  it.each([
    'src/a.test.ts',
    'src/a.spec.mjs',
    'src/a.stories.tsx',
    'src/a.bench.ts',
    'src/a.e2e.ts',
    'src/App.test.vue',
    '__tests__/a.ts',
    'packages/a/test/a.ts',
    'packages/a/tests/a.ts',
    'e2e/a.ts',
  ])('is true for %s', (file) => expect(isTestFile(file)).toBe(true));

  it.each(['src/test.ts', 'src/latest/a.ts', 'src/contest.spectrum.ts', 'src/a.ts', 'src/tester/a.ts'])(
    'is false for %s',
    (file) => expect(isTestFile(file)).toBe(false),
  );
});
