import { describe, expect, it } from 'vitest';
import { withoutContentHash } from './stable-path.js';

describe('withoutContentHash', () => {
  it.each([
    // esbuild, Vite, Rollup, webpack, Rspack
    ['dist/chunk-B7X2Q2AZ.js', 'dist/chunk-*.js'],
    ['dist/assets/index-Bf_2a-Zq.js', 'dist/assets/index-*.js'],
    ['dist/shared-CxKmWpQv.mjs', 'dist/shared-*.mjs'],
    ['dist/main.3f2a1b9c4d5e6f708192.js', 'dist/main.*.js'],
    ['./assets/logo-3f2a1b9c.svg', './assets/logo-*.svg'],
    ['dist/index-3f2a1b9c.d.ts', 'dist/index-*.d.ts'],
  ])('replaces the hash of %s', (path, expected) => {
    expect(withoutContentHash(path)).toBe(expected);
  });

  it.each([
    'dist/index.js',
    'dist/user-settings.js',
    'dist/date-time-format.js',
    'dist/a/deadbeef/index.js',
    'dist/x-facade00/index.js',
    'dist/vue-composed.js',
    'setRequestContext',
    '@acme/design-system',
    './testing',
  ])('keeps %s', (path) => {
    expect(withoutContentHash(path)).toBe(path);
  });
});
