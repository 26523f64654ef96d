// Loads all entry points of all packages with one tool, as their consumers do.
// Usage: node bundle-entries.mjs <root> esbuild|rolldown|node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [root, tool] = process.argv.slice(2);
const entries = readdirSync(join(root, 'packages')).flatMap((name) => {
  const folder = join(root, 'packages', name);
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.values(exports)
    .flatMap((variants) => scriptOf(variants) ?? [])
    .map((file) => join(folder, file));
});

/** The target under `import`. */
function scriptOf(variants) {
  if (typeof variants === 'string') return variants.endsWith('.js') ? variants : undefined;
  return scriptOf(variants.import ?? variants.default);
}

if (entries.length === 0) throw new Error('There are no entry points.');
if (tool === 'node') {
  for (const entry of entries) await import(pathToFileURL(entry).href);
} else if (tool === 'esbuild') {
  const { build, stop } = await import('esbuild');
  await build({
    entryPoints: entries,
    outdir: join(root, 'bundled'),
    outbase: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'error',
  });
  // Its own process counts only if it has ended before this one.
  await stop();
  await setTimeout(100);
} else {
  const { rolldown } = await import('rolldown');
  const input = Object.fromEntries(entries.map((entry, at) => [`entry-${at}`, entry]));
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  await bundle.generate({ format: 'esm' });
  await bundle.close();
}
