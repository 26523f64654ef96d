// Checks every package of a workspace with a linter for published packages. Usage: node lint-packages.mjs <root> publint|attw
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [root, tool] = process.argv.slice(2);
const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const check = tool === 'publint' ? await withPublint() : await withAreTheTypesWrong();
let problems = 0;
for (const folder of folders) problems += await check(folder);
console.log(problems);

async function withPublint() {
  const { publint } = await import('publint');
  return async (pkgDir) => (await publint({ pkgDir, pack: false })).messages.length;
}

/** It gets the files that a tarball would contain, without the time that packing takes. */
async function withAreTheTypesWrong() {
  const { checkPackage, Package } = await import('@arethetypeswrong/core');
  return async (folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const packed = [join(folder, 'package.json'), ...filesIn(join(folder, 'dist'))];
    const files = packed.map((file) => [
      `/node_modules/${name}/${relative(folder, file).replaceAll('\\', '/')}`,
      readFileSync(file, 'utf8'),
    ]);
    const result = await checkPackage(new Package(Object.fromEntries(files), name, version));
    return 'problems' in result ? result.problems.length : 0;
  };
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
