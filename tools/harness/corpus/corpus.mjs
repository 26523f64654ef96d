// Real input: assembles a workspace from published packages, checks it with the engine and the plugin, and compares every finding and
// every inventory with Node and TypeScript. Usage: npm run corpus -- [--families unified,d3] [--skip-nx] [--refresh | --relock]
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applyFixes } from './apply-fixes.mjs';
import { assembleWorkspace } from './assemble-workspace.mjs';
import { checkFindings } from './check-findings.mjs';
import { compareAll } from './compare-all.mjs';
import { compareTypes } from './compare-types.mjs';
import { installPackages, readPackageList } from './install-packages.mjs';
import { checkWorkspace } from './check-workspace.mjs';
import { checkWithNx } from './check-with-nx.mjs';
import { slimLockFile } from './lock-file.mjs';
import { renderResult } from './render-result.mjs';
import { summarise } from './summarise.mjs';

const repository = join(import.meta.dirname, '../../..');
const { values } = parseArgs({
  options: {
    families: { type: 'string' },
    'skip-nx': { type: 'boolean' },
    refresh: { type: 'boolean' },
    relock: { type: 'boolean' },
  },
});
await main();

async function main() {
  const wanted = values.families?.split(',');
  const folder = join(repository, '.cache/corpus');
  const installed = join(folder, 'install');
  const root = join(folder, 'workspace');
  if (values.refresh || values.relock) rmSync(installed, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  say('installing');
  // Always the whole list, because the lock file is for all packages.
  const lockFile = join(import.meta.dirname, 'package-lock.json');
  await installPackages({
    folder: installed,
    list: readPackageList(),
    ...(values.relock ? {} : { lockFile }),
  });
  if (values.relock)
    writeFileSync(lockFile, slimLockFile(readFileSync(join(installed, 'package-lock.json'), 'utf8')));
  const list = readPackageList(wanted);
  const packages = assembleWorkspace({ installed, root, list, links: links() });

  say(`checking ${packages.length} packages`);
  const verified = await checkWorkspace({ root, packages });
  const findings = [
    ...new Map(
      [...verified.reports.values()]
        .flatMap((report) => report.findings)
        .map((one) => [one.fingerprint, one]),
    ).values(),
  ];
  say(`checking ${findings.length} findings with Node and TypeScript`);
  const checked = await checkFindings({ root, findings });
  say('applying every fix');
  const fixes = await applyFixes({ root, packages, findings });
  say('loading every entry point');
  const surfaces = await compareAll({ root, reports: verified.reports });
  say('reading all declarations with TypeScript');
  const types = await compareTypes({ root, packages });
  const nx = values['skip-nx'] ? undefined : await withNx(root, verified.reports);

  const result = summarise({ list, packages, verified, checked, fixes, surfaces, types, nx });
  writeFileSync(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(renderResult(result));
  process.exitCode = result.passes ? 0 : 1;
}

function withNx(root, reports) {
  say('running the plugin');
  return checkWithNx({ root, nx: join(repository, 'node_modules/nx/dist/bin/nx.js'), reports });
}

function links() {
  const plugin = join(repository, 'packages/nx');
  if (
    !existsSync(
      join(plugin, JSON.parse(readFileSync(join(plugin, 'package.json'), 'utf8')).exports['.'].default),
    )
  ) {
    throw new Error('The plugin is not built: run "npm run build" first.');
  }
  return {
    nx: join(repository, 'node_modules/nx'),
    '@verify-exports/nx': plugin,
    '@verify-exports/engine': join(repository, 'packages/engine'),
  };
}

function say(text) {
  console.error(`${text} …`);
}
