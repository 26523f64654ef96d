import { foldersAbove } from './folders-above';

/** These files identify the package manager, whose rules for version ranges apply. */
const MANAGER_FILES = ['pnpm-workspace.yaml', '.yarnrc.yml'];

/** What they say about releases decides which packages people outside the workspace can install. */
const RELEASE_FILES = ['nx.json', 'lerna.json', '.changeset/config.json'];

/**
 * The files outside a project's folder that its check reads, apart from those that decide what
 * ships:
 *
 * - each package.json in a folder above: Node takes the module format from the nearest one. The
 *   root's names the package manager, says whether packages are linked, and declares what
 *   everything in the workspace may import;
 * - the files that identify the package manager if package.json does not;
 * - TypeScript configurations that others extend.
 *
 * Nx does not hash these files. From package.json and the lock file it hashes only the versions of
 * installed packages, and of the TypeScript configurations only the root's.
 *
 * @param outerConfigs see the function of that name
 */
export function governingInputs(root: string, outerConfigs: readonly string[]): readonly string[] {
  const manifests = foldersAbove(root).map((folder) =>
    folder === '.' ? 'package.json' : `${folder}/package.json`,
  );
  return [...manifests, ...MANAGER_FILES, ...RELEASE_FILES, ...outerConfigs].map(
    (file) => `{workspaceRoot}/${file}`,
  );
}
