import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * @typedef {{ name: string; make: string; packages: Record<string, string> }} Family
 * @typedef {{ families: Family[]; others: Record<string, string> }} PackageList `others`: installed, but not checked
 */

/** @param {string[]} [wanted] names of families; all where absent @returns {PackageList} */
export function readPackageList(wanted) {
  /** @type {PackageList} */
  const list = JSON.parse(readFileSync(new URL('packages.json', import.meta.url), 'utf8'));
  if (!wanted) return list;
  const unknown = wanted.filter((name) => !list.families.some((family) => family.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No family ${unknown.join(', ')} in packages.json. There are: ${list.families.map(({ name }) => name).join(', ')}.`,
    );
  }
  return { ...list, families: list.families.filter(({ name }) => wanted.includes(name)) };
}

/**
 * Installs the exact versions of the list with npm, without running any install script. Does nothing if the folder
 * already has exactly this list.
 *
 * @param {{ folder: string; list: PackageList; lockFile?: string }} options `lockFile` pins everything below the list, too
 * @throws if npm fails (no registry, or a version does not exist)
 */
export async function installPackages({ folder, list, lockFile }) {
  const dependencies = Object.assign({}, ...list.families.map(({ packages }) => packages), list.others);
  const manifest = `${JSON.stringify({ name: 'corpus', private: true, dependencies }, null, 2)}\n`;
  const file = join(folder, 'package.json');
  const done = join(folder, 'node_modules', '.corpus-complete');
  if (existsSync(done) && readFileSync(done, 'utf8') === manifest) return;

  mkdirSync(folder, { recursive: true });
  writeFileSync(file, manifest);
  // The list has the peers that matter. If npm installed them, it could choose other versions.
  writeFileSync(join(folder, '.npmrc'), 'omit-lockfile-registry-resolved=true\nlegacy-peer-deps=true\n');
  if (lockFile && existsSync(lockFile)) copyFileSync(lockFile, join(folder, 'package-lock.json'));
  // Not `npm ci`: it rejects a lock file without the binaries of other platforms.
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
  });
  writeFileSync(done, manifest);
}
