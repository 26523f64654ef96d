import { remembered } from '../collections/remembered.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';

const byName = new WeakMap<Workspace, ReadonlyMap<string | undefined, WorkspacePackage>>();

/** A workspace's packages by name, created once per workspace. */
export function packagesByName(workspace: Workspace): ReadonlyMap<string | undefined, WorkspacePackage> {
  return remembered(byName, workspace, () => new Map(workspace.packages.map((pkg) => [pkg.name, pkg])));
}
