import type { Workspace, WorkspacePackage } from '../model/workspace.js';

/**
 * The packages whose manifests declare a dependency of any kind on the given one, in the
 * workspace's order.
 */
export function declaredDependentsOf(
  workspace: Workspace,
  provider: WorkspacePackage,
): readonly WorkspacePackage[] {
  const { name } = provider;
  if (name === undefined) return [];
  return workspace.packages.filter((pkg) => {
    const { dependencies, devDependencies, peerDependencies, optionalDependencies } = pkg.source?.json ?? {};
    const fields = [dependencies, devDependencies, peerDependencies, optionalDependencies];
    return pkg !== provider && fields.some((field) => field !== undefined && Object.hasOwn(field, name));
  });
}
