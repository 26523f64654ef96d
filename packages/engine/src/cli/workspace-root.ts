import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { textOfFile } from './text-of-file.js';

/** What shows that a folder is the root of a workspace. */
export type WorkspaceKind = 'nx' | 'pnpm' | 'workspaces' | 'package';

export interface WorkspaceRoot {
  /** Absolute. */
  readonly root: string;
  readonly kind: WorkspaceKind;
}

/**
 * The root of the workspace that a folder belongs to: the nearest folder, from this one upwards, with
 * an nx.json, a pnpm-workspace.yaml, or a package.json with `workspaces`. Without one, it is the
 * nearest folder with a package.json.
 *
 * @returns undefined if there is no manifest at all
 */
export function findWorkspaceRoot(from: string): WorkspaceRoot | undefined {
  let single: string | undefined;
  for (let folder = from; ; folder = dirname(folder)) {
    const kind = kindOf(folder);
    if (kind === 'package') single ??= folder;
    else if (kind !== undefined) return { root: folder, kind };
    if (folder === dirname(folder))
      return single === undefined ? undefined : { root: single, kind: 'package' };
  }
}

function kindOf(folder: string): WorkspaceKind | undefined {
  if (existsSync(join(folder, 'nx.json'))) return 'nx';
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return 'pnpm';
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return undefined;
  // A broken manifest is reported when it is read.
  return /"workspaces"\s*:/.test(textOfFile(manifest) ?? '') ? 'workspaces' : 'package';
}
