import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

const excluded = [...configDefaults.exclude, '**/dist/**', '**/.cache/**', '**/cases/**'];

/** How long a single test or hook of a project may take. */
const limits = (minutes: number) => ({ testTimeout: minutes * 60_000, hookTimeout: minutes * 60_000 });

/** The harnesses take longest. If they started last, one core would wait for the other at the end. */
class LongestProjectFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ['harness', 'oracle', 'unit'];
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => order.indexOf(a.project.name) - order.indexOf(b.project.name));
  }
}

/**
 * `unit` needs no network. It starts no process but git, and Node for the start-up check. `oracle` compares with Node, esbuild, TypeScript and npm. `harness` compares on a larger
 * scale: generated, broken, built and published packages. `e2e` runs Nx. `long` takes hours: tools/e2e/long.mjs starts it.
 */
export default defineConfig({
  resolve: {
    // Tests read the engine's sources, so that they need no build.
    alias: {
      '@verify-exports/engine/load': new URL('packages/engine/src/load-engine.ts', import.meta.url).pathname,
      '@verify-exports/engine': new URL('packages/engine/src/index.ts', import.meta.url).pathname,
    },
  },
  test: {
    // The page of the export map is part of the engine, and a test reads it as the built engine does.
    globalSetup: ['tools/scripts/export-map-page.mjs'],
    sequence: { sequencer: LongestProjectFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'tools/{scripts,bench}/**/*.test.{ts,mjs}'],
          exclude: [...excluded, '**/*.oracle.test.*'],
          testTimeout: 30_000,
          // Most files load the whole engine. With one module graph for each worker they do so only once.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'oracle',
          include: ['{packages,tools}/**/*.oracle.test.{ts,mjs}'],
          exclude: excluded,
          ...limits(5),
        },
      },
      {
        extends: true,
        test: {
          name: 'harness',
          include: ['tools/harness/**/*.test.mjs'],
          exclude: excluded,
          ...limits(5),
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tools/e2e/**/*.e2e.test.ts'],
          exclude: excluded,
          ...limits(5),
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: process.env['VERIFY_E2E_RESULTS'] === undefined ? [] : ['tools/e2e/**/*.long.test.ts'],
          exclude: excluded,
          ...limits(15),
          fileParallelism: false,
        },
      },
    ],
  },
});
