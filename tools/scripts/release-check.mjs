// Whether both packages can be published: where the sources are, who may read them, and a license must all be stated. The owner
// states `repository`, `homepage` and `bugs` once, in the package.json of this repository; `--write` copies them into both packages.
// Usage: node tools/scripts/release-check.mjs [--write]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = ['packages/engine', 'packages/nx'];
const FIELDS = ['repository', 'homepage', 'bugs'];

/** @returns {string[]} what keeps the packages from being published, and what to do about it; empty if nothing does */
export function releaseFaults(root) {
  const stated = readJson(join(root, 'package.json'));
  const empty = FIELDS.filter((field) => !stated[field]);
  if (empty.length > 0)
    return [
      `package.json has no ${empty.join(', no ')}. Fill in each field, then run \`node tools/scripts/release-check.mjs --write\`.`,
    ];
  return PACKAGES.flatMap((folder) => {
    const manifest = readJson(join(root, folder, 'package.json'));
    const expected = statedFor(folder, stated);
    const different = FIELDS.filter((field) => !isSame(manifest[field], expected[field]));
    return [
      ...different.map(
        (field) =>
          `${folder}/package.json has another ${field} than package.json. Run \`node tools/scripts/release-check.mjs --write\`.`,
      ),
      ...(isSame(manifest.publishConfig, { access: 'public', provenance: true })
        ? []
        : [`${folder}/package.json must set publishConfig to { "access": "public", "provenance": true }.`]),
      ...(manifest.license && existsSync(join(root, folder, 'LICENSE'))
        ? []
        : [`${folder} has no license. Add the field and the file LICENSE.`]),
    ];
  });
}

/** Copies the fields into both packages. */
export function writeStatedFields(root) {
  const stated = readJson(join(root, 'package.json'));
  for (const folder of PACKAGES) {
    const file = join(root, folder, 'package.json');
    const manifest = { ...readJson(file), ...statedFor(folder, stated) };
    writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

function statedFor(folder, { repository, homepage, bugs }) {
  const { type = 'git', url } = typeof repository === 'string' ? { url: repository } : repository;
  return { repository: { type, url, directory: folder }, homepage, bugs };
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '../..');
  if (process.argv.includes('--write')) writeStatedFields(root);
  const faults = releaseFaults(root);
  for (const fault of faults) console.error(fault);
  // A dry run shows what is missing and goes on.
  const isDryRun = process.env['npm_config_dry_run'] === 'true' || process.env['NX_DRY_RUN'] === 'true';
  if (faults.length > 0 && !isDryRun) process.exitCode = 1;
}
