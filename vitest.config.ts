import { defineConfig } from 'vitest/config';

const excluded = ['**/node_modules/**', '**/dist/**', '**/.cache/**', '**/cases/**'];

export default defineConfig({
  resolve: {
    // Tests read the engine's sources, so that they need no build.
    alias: { '@verify-exports/engine': new URL('packages/engine/src/index.ts', import.meta.url).pathname },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'tools/**/*.test.{ts,mjs}'],
          exclude: [...excluded, 'tools/e2e/**'],
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tools/e2e/**/*.e2e.test.{ts,mjs}'],
          exclude: excluded,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        // Too long for `npm test`: see tools/e2e/long.mjs, which asks for it by name.
        extends: true,
        test: {
          name: 'long',
          include: process.env['VERIFY_E2E_RESULTS'] === undefined ? [] : ['tools/e2e/**/*.long.test.ts'],
          exclude: excluded,
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
