import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { repository } from './example-workspace.mjs';

/** Bundles the engine's sources, so that the tests use the engine of this checkout. */
export async function openEngine() {
  const manifest = join(repository, 'packages/engine/package.json');
  const outfile = join(repository, `.cache/bundlers/engine-${process.pid}.mjs`);
  await build({
    entryPoints: [join(repository, 'packages/engine/src/index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: Object.keys(JSON.parse(readFileSync(manifest, 'utf8')).dependencies),
    logLevel: 'warning',
  });
  const engine = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return engine;
}
