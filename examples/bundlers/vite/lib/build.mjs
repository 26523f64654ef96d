import { execSync } from 'node:child_process';
import { build } from 'vite';

await build({
  logLevel: 'warn',
  build: {
    lib: { entry: { index: 'src/index.ts', testing: 'src/testing.ts' }, formats: ['es'] },
    rolldownOptions: { external: ['fastest-levenshtein'] },
    sourcemap: true,
    minify: false,
  },
});
execSync('tsc --emitDeclarationOnly', { stdio: 'inherit' });
