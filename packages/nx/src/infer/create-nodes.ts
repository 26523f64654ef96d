import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateNodesContext, CreateNodesResult } from '@nx/devkit';
import { resolvePluginOptions } from '../plugin-options';
import type { PluginOptions } from '../plugin-options';
import { declaredGraph } from './dependency-closure';
import { inferTarget } from './infer-target';
import { readMember } from './member-manifest';
import type { ManifestTexts, Member } from './member-manifest';
import { workspaceMatcher } from './workspace-globs';
import type { WorkspaceFiles } from './workspace-globs';

/** Matches every file that Nx makes a project of by itself. */
export const MANIFEST_GLOB = '{package.json,project.json,**/package.json,**/project.json}';

type Inferred = readonly (readonly [configFile: string, result: CreateNodesResult])[];

let last: { readonly key: string; readonly inferred: Inferred } | undefined;

/**
 * Infers the target for every workspace package and every folder with a project.json. No project comes into being by it: Nx
 * makes projects of the same folders.
 *
 * @throws Error when the plugin's options in nx.json are wrong
 */
export function inferTargets(
  configFiles: readonly string[],
  rawOptions: unknown,
  { workspaceRoot }: Pick<CreateNodesContext, 'workspaceRoot'>,
): [string, CreateNodesResult][] {
  const options = resolvePluginOptions(rawOptions);
  const read = (file: string) => readIfThere(join(workspaceRoot, file));
  const folders = readFolders(configFiles, read);
  const rootFiles = { packageJson: read('package.json'), pnpmWorkspace: read('pnpm-workspace.yaml') };
  // With the daemon on, this runs after every edit of any file: the same texts are the same answer.
  const key = JSON.stringify([options, rootFiles, [...folders]]);
  if (last?.key !== key) last = { key, inferred: infer(folders, rootFiles, options) };
  // Nx writes into what it gets.
  return structuredClone(last.inferred) as [string, CreateNodesResult][];
}

function infer(
  folders: ReadonlyMap<string, ManifestTexts>,
  rootFiles: WorkspaceFiles,
  options: Required<PluginOptions>,
): Inferred {
  const isMember = workspaceMatcher(rootFiles);
  const members = [...folders].flatMap(([root, texts]): Member[] => {
    const isProject =
      texts.projectJson !== undefined || isMember(root === '.' ? 'package.json' : `${root}/package.json`);
    const member = isProject ? readMember(root, texts) : undefined;
    return member ? [member] : [];
  });
  const graph = declaredGraph(members);
  return members.map((member) => {
    const targets = { [options.targetName]: inferTarget(member, graph, options) };
    return [member.configFile, { projects: { [member.root]: { targets } } }] as const;
  });
}

function readFolders(
  configFiles: readonly string[],
  read: (file: string) => string | undefined,
): ReadonlyMap<string, ManifestTexts> {
  const folders = new Map<string, ManifestTexts>();
  for (const file of [...configFiles].sort()) {
    const cut = file.lastIndexOf('/');
    const root = cut < 0 ? '.' : file.slice(0, cut);
    const text = read(file);
    if (text === undefined) continue;
    const field = file.endsWith('project.json') ? 'projectJson' : 'packageJson';
    folders.set(root, { ...folders.get(root), [field]: text });
  }
  return folders;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // Listed by Nx but deleted since, or one of the root files that not every workspace has.
  }
}
