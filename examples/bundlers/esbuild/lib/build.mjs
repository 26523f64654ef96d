import { writeFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
import { build } from 'esbuild';

const { metafile } = await build({
  entryPoints: ['src/index.ts', 'src/testing.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  packages: 'external',
  metafile: true,
});
writeFileSync('dist/meta.json', JSON.stringify(metafile));
execSync('tsc --emitDeclarationOnly', { stdio: 'inherit' });
