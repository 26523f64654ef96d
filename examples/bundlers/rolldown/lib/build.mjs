import { execSync } from 'node:child_process';
import { build } from 'rolldown';

await build({
  input: { index: 'src/index.ts', testing: 'src/testing.ts' },
  external: ['fastest-levenshtein'],
  output: { dir: 'dist', format: 'esm', sourcemap: true },
});
execSync('tsc --emitDeclarationOnly', { stdio: 'inherit' });
