import type { Workspace, WorkspacePackage } from '../model/workspace.js';

const byName = new WeakMap<Workspace, ReadonlyMap<string | undefined, WorkspacePackage>>();

/** A workspace's packages by name, created once per workspace. */
export function packagesByName(workspace: Workspace): ReadonlyMap<string | undefined, WorkspacePackage> {
  const known = byName.get(workspace);
  if (known) return known;
  const made = new Map(workspace.packages.map((pkg) => [pkg.name, pkg]));
  byName.set(workspace, made);
  return made;
}
