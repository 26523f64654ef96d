import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateNodesContext, CreateNodesResult } from '@nx/devkit';
import { reportBrokenManifests } from '../compat/report-broken-manifests';
import { resolvePluginOptions } from '../plugin-options';
import type { ResolvedPluginOptions } from '../plugin-options';
import { readFileText } from '../read-file-text';
import { declaredGraph } from './dependency-closure';
import { EXECUTOR } from './executor-name';
import { inferTarget, inferWatchTarget, SURFACE } from './infer-target';
import { readMember } from './member-manifest';
import type { ManifestTexts } from './member-manifest';
import { otherBuilds } from './other-builds';
import { outerConfigs } from './outer-configs';
import { statedDockerfiles } from './shipping-inputs';
import { workspaceMatcher } from './workspace-globs';
import type { WorkspaceFiles } from './workspace-globs';

/** Matches every file from which Nx itself infers a project. */
export const MANIFEST_GLOB = '{package.json,project.json,**/package.json,**/project.json}';

/** Manifests by folder. */
export type Folders = ReadonlyMap<string, ManifestTexts>;

type Inferred = readonly (readonly [configFile: string, result: CreateNodesResult])[];

let last: { readonly key: string; readonly inferred: Inferred } | undefined;

/**
 * Infers the targets for every workspace package and every folder with a project.json. It adds no
 * project: Nx infers projects from the same folders.
 *
 * It never throws: Nx would end every command. The task of a project reports what is wrong with it.
 */
export function inferTargets(
  configFiles: readonly string[],
  rawOptions: unknown,
  context: Pick<CreateNodesContext, 'workspaceRoot'>,
): [string, CreateNodesResult][] {
  try {
    return inferFrom(configFiles, rawOptions, context);
  } catch (error) {
    console.error(`@verify-exports/nx could not infer its targets: ${String(error)}`);
    return [];
  }
}

function inferFrom(
  configFiles: readonly string[],
  rawOptions: unknown,
  { workspaceRoot }: Pick<CreateNodesContext, 'workspaceRoot'>,
): [string, CreateNodesResult][] {
  const options = resolvePluginOptions(rawOptions);
  const read = (file: string) => readFileText(join(workspaceRoot, file));
  const folders = readFolders(configFiles, read);
  const rootFiles = { packageJson: read('package.json'), pnpmWorkspace: read('pnpm-workspace.yaml') };
  // With the daemon, this runs after every edit of any file. The same texts give the same result.
  const nxJson = read('nx.json');
  const projects = projectFolders(folders, rootFiles);
  const configs = configsOf(projects, workspaceRoot);
  const surfaces = new Set([...projects.keys()].filter((root) => hasSurface(workspaceRoot, root)));
  const key = JSON.stringify([options, rootFiles, nxJson, [...folders], [...configs], [...surfaces]]);
  if (last?.key !== key) {
    last = { key, inferred: infer(projects, { options, nxJson, configs, surfaces }) };
    reportBrokenManifests(projects, workspaceRoot);
  }
  // Nx changes the objects that it gets.
  return structuredClone(last.inferred) as [string, CreateNodesResult][];
}

/** The folders from which Nx infers projects. */
function projectFolders(folders: Folders, rootFiles: WorkspaceFiles): Folders {
  const isMember = workspaceMatcher(rootFiles);
  const isProject = ([root, { projectJson }]: readonly [string, ManifestTexts]) =>
    projectJson !== undefined || isMember(root === '.' ? 'package.json' : `${root}/package.json`);
  return new Map([...folders].filter(isProject));
}

interface Given {
  readonly options: ResolvedPluginOptions;
  readonly nxJson: string | undefined;
  readonly configs: ReadonlyMap<string, readonly string[]>;
  /** The folders of projects with a surface file. */
  readonly surfaces: ReadonlySet<string>;
}

function hasSurface(workspaceRoot: string, root: string): boolean {
  return existsSync(join(workspaceRoot, root, SURFACE));
}

function infer(projects: Folders, { options, nxJson, configs, surfaces }: Given): Inferred {
  const names = [options.targetName, EXECUTOR];
  const members = [...projects].flatMap(([root, texts]) => {
    const member = readMember(root, texts);
    if (!member) return [];
    const dockerfiles = statedDockerfiles(names, texts, nxJson);
    const others = otherBuilds({
      root,
      name: member.name,
      texts,
      nxJson,
      buildTargets: options.buildTarget,
      checkTarget: options.targetName,
    });
    const governing = { outerConfigs: configs.get(root) ?? [], hasSurface: surfaces.has(root) };
    return [{ ...member, dockerfiles, otherBuilds: others, ...governing }];
  });
  const graph = declaredGraph(members);
  return members.map((member) => {
    const targets = {
      [options.targetName]: inferTarget(member, graph, options),
      ...(options.watchTargetName !== '' && {
        [options.watchTargetName]: inferWatchTarget(member, graph, options),
      }),
    };
    return [member.configFile, { projects: { [member.root]: { targets } } }] as const;
  });
}

/**
 * By project folder; see `outerConfigs`. Each file is read once, because projects share most of
 * them.
 */
function configsOf(projects: Folders, workspaceRoot: string): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string | undefined>();
  const read = (file: string): string | undefined => {
    if (!texts.has(file)) texts.set(file, readFileText(join(workspaceRoot, file)));
    return texts.get(file);
  };
  return new Map([...projects.keys()].map((root) => [root, outerConfigs(root, read)]));
}

function readFolders(configFiles: readonly string[], read: (file: string) => string | undefined): Folders {
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
