import { remembered } from '../collections/remembered.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';

const byName = new WeakMap<Workspace, ReadonlyMap<string | undefined, WorkspacePackage>>();

/** A workspace's packages by their names; made once per workspace, however many packages are judged. */
export function packagesByName(workspace: Workspace): ReadonlyMap<string | undefined, WorkspacePackage> {
  return remembered(byName, workspace, () => new Map(workspace.packages.map((pkg) => [pkg.name, pkg])));
}
