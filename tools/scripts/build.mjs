// Second half of a package's build, after `tsc -b`: bundles the engine into one file (a forked executor loads it in one read)
// and copies the plugin's schemas beside the compiled code. Usage: node tools/scripts/build.mjs [engine|nx]
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const packages = join(dirname(fileURLToPath(import.meta.url)), '../..', 'packages');
const wanted = process.argv[2];

if (!wanted || wanted === 'engine') await bundleEngine(join(packages, 'engine'));
if (!wanted || wanted === 'nx') copySchemas(join(packages, 'nx'));

async function bundleEngine(folder) {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  await build({
    entryPoints: [join(folder, 'src/index.ts')],
    outfile: join(folder, 'dist/index.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: Object.keys(dependencies),
    logLevel: 'warning',
  });
}

function copySchemas(folder) {
  for (const file of schemaFiles(join(folder, 'src'))) {
    const target = join(folder, 'dist', relative(join(folder, 'src'), file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
}

function schemaFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => basename(file) === 'schema.json');
}
