import type { DockerfileOption } from '../../model/options.js';
import type { FilePath } from '../../model/place.js';
import type { Workspace, WorkspacePackage } from '../../model/workspace.js';
import { declaredDependentsOf } from '../../read/declared-dependents.js';
import type { Disk } from '../../read/disk.js';
import { joinPath } from '../../read/file-path.js';

/** An image that may ship a project. */
export interface ImageCandidate {
  readonly file: FilePath;
  /** The folders that may be the build context: one if it is known. */
  readonly contexts: readonly FilePath[];
  readonly target?: string;
  /** An option names it: it must exist, and it must contain the project. */
  readonly configured: boolean;
}

/**
 * The Dockerfiles of a project: those that the option names, else those in its folder. If no other
 * project depends on it, those at the workspace root that mention its folder are included. No file
 * says what the build context is, so a Dockerfile that was found is checked with the workspace root
 * and with the project's folder.
 */
export function imagesOf(
  disk: Disk,
  workspace: Workspace,
  own: WorkspacePackage,
  configured: readonly DockerfileOption[] | undefined,
): readonly ImageCandidate[] {
  if (configured) {
    return configured.map(({ file, context = '.', target }) => ({
      file: joinPath(file),
      contexts: [joinPath(context)],
      ...(target !== undefined && { target }),
      configured: true,
    }));
  }
  const contexts = [...new Set(['.', own.root])];
  const inProject = dockerfilesIn(disk, own.root);
  const atRoot =
    own.root === '.' || declaredDependentsOf(workspace, own).length > 0
      ? []
      : dockerfilesIn(disk, '.').filter((file) => mentions(disk, file, own));
  return [
    ...inProject.map((file) => ({ file, contexts, configured: false })),
    ...atRoot.map((file) => ({ file, contexts: ['.'], configured: false })),
  ];
}

function dockerfilesIn(disk: Disk, folder: FilePath): readonly FilePath[] {
  return disk
    .filesIn(folder)
    .filter((name) => /^(Dockerfile|Containerfile)(\..+)?$|\.Dockerfile$/.test(name))
    .filter((name) => !name.endsWith('.dockerignore'))
    .map((name) => joinPath(folder, name));
}

/** The project's folder as a path in the text, not as a part of a longer name. */
function mentions(disk: Disk, file: FilePath, { root, outputs }: WorkspacePackage): boolean {
  const text = disk.readText(file) ?? '';
  return [root, ...outputs].some((folder) => {
    const escaped = folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\w@.-])${escaped}(?![\\w.-])`).test(text);
  });
}
