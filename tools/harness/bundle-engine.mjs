import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildExportMapPage } from '../scripts/export-map-page.mjs';

const repository = join(import.meta.dirname, '../..');

const LEXER = 'cjs-module-lexer';

/** The engine's public API. */
export const ENGINE = join(repository, 'packages/engine/src/index.ts');

/**
 * Bundles and loads sources of the engine, so that the tools use the engine that is checked out, and not its last build.
 *
 * @param {string} entryPoint
 * @returns {Promise<any>} what the file exports
 */
export async function bundleEngine(entryPoint) {
  const manifest = join(repository, 'packages/engine/package.json');
  // Below the engine's folder, so that the engine's own dependencies are found.
  const folder = join(repository, 'packages/engine/.cache/harness');
  const outfile = join(folder, `engine-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: Object.keys(JSON.parse(readFileSync(manifest, 'utf8')).dependencies).filter(
      (name) => name !== LEXER,
    ),
    // The built engine is CommonJS, so it loads the lexer that is written in JavaScript. The one for ES modules differs in rare cases.
    alias: { [LEXER]: createRequire(manifest).resolve(LEXER) },
    logLevel: 'warning',
  });
  // The format `html` reads it, beside the bundle.
  await buildExportMapPage(join(folder, 'export-map.html'));
  const engine = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return engine;
}
