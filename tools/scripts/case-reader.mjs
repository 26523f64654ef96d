// The reader of the engine's test workspaces, for scripts that Node runs without a test runner: Node 20 does not load TypeScript.
import { join } from 'node:path';
import { build } from 'esbuild';

const test = join(import.meta.dirname, '../../packages/engine/test');
const { outputFiles } = await build({
  stdin: {
    contents: "export * from './case-file.ts'; export { writeWorkspace } from './text-workspace.ts';",
    resolveDir: test,
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');

/** @type {typeof import('../../packages/engine/test/case-file.ts') & Pick<typeof import('../../packages/engine/test/text-workspace.ts'), 'writeWorkspace'>} */
export const { parseCase, parsePageCase, writeWorkspace } = await import(
  `data:text/javascript;base64,${code}`
);
