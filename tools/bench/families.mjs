import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { assembleWorkspace } from '../harness/corpus/assemble-workspace.mjs';
import { installPackages, readPackageList } from '../harness/corpus/install-packages.mjs';

/** Published packages that import each other: ES modules of D3, CommonJS of Jest, and both formats of TanStack. */
export const FAMILIES = ['d3', 'jest', 'tanstack'];

/**
 * Assembles one workspace for each family, of the versions that `npm run corpus` checks. They are installed once.
 *
 * @param {string} folder
 * @returns {Promise<{ family: string; root: string; packages: number }[]>}
 * @throws if npm fails, because there is no registry
 */
export async function familyWorkspaces(folder) {
  const installed = join(folder, 'install');
  mkdirSync(installed, { recursive: true });
  const lockFile = join(import.meta.dirname, '../harness/corpus/package-lock.json');
  await installPackages({ folder: installed, list: readPackageList(FAMILIES), lockFile });
  return FAMILIES.map((family) => {
    const root = join(folder, family);
    const list = readPackageList([family]);
    return { family, root, packages: assembleWorkspace({ installed, root, list }).length };
  });
}
