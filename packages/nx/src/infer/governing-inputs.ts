import { foldersAbove } from './folders-above';

/** Their presence tells which package manager links the packages, by whose rules ranges of versions hold. */
const MANAGER_FILES = ['pnpm-workspace.yaml', '.yarnrc.yml'];

/** What they say about releases decides which packages people outside the workspace can install. */
const RELEASE_FILES = ['nx.json', 'lerna.json', '.changeset/config.json'];

/**
 * The files outside of a project's folder that its verdict reads beside what ships:
 *
 * - each package.json above it: Node takes the format of files from the nearest one, and the workspace's own tells the package manager,
 *   whether packages are linked, and what everything in the workspace may import;
 * - what tells the package manager where package.json does not;
 * - TypeScript configurations that others extend.
 *
 * Nx hashes none of them as such: of package.json and the lock file only the versions of installed packages, of TypeScript's
 * configurations only the workspace's own.
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
