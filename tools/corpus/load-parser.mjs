import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

let loading;

/**
 * The engine's parser, which is no part of its public API: bundled from the sources, once per process.
 *
 * @returns {Promise<{ parseModule: (file: string, text: string) => import('../../packages/engine/src/model/module-record.js').ModuleRecord }>}
 */
export function loadParser() {
  loading ??= bundledParser();
  return loading;
}

async function bundledParser() {
  const engine = join(import.meta.dirname, '../../packages/engine');
  const outfile = join(engine, `.cache/parser-${process.pid}.mjs`);
  await build({
    entryPoints: [join(engine, 'src/parse/parse-module.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: Object.keys(JSON.parse(readFileSync(join(engine, 'package.json'), 'utf8')).dependencies),
    logLevel: 'warning',
  });
  const parser = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  return parser;
}
