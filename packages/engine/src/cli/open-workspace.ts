import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openRun, packagesIn, VerifyError } from '../index.js';
import type { Run, VerifyOptions, WorkspaceInput } from '../index.js';
import { readOptionsFile } from './options-file.js';
import type { Io } from './io.js';
import { findWorkspaceRoot } from './workspace-root.js';
import type { WorkspaceKind } from './workspace-root.js';

/** A workspace as the commands see it. */
export interface CliWorkspace {
  readonly root: string;
  readonly kind: WorkspaceKind;
  /** The workspace is an Nx workspace with the plugin, so the plugin says what its projects are. */
  readonly hasPlugin: boolean;
  readonly input: WorkspaceInput;
  readonly run: Run;
  /** The projects to check, by name, with their options. */
  readonly projects: ReadonlyMap<string, VerifyOptions>;
  /** See `VerifyInput.dependentsToCheck`. */
  dependentsToCheck(project: string): readonly string[] | undefined;
}

/** What `@verify-exports/nx/workspace` offers. */
interface NxWorkspace {
  readonly input: WorkspaceInput;
  readonly options: ReadonlyMap<string, VerifyOptions>;
  dependentsToCheck(project: string): readonly string[] | undefined;
}

/**
 * Opens the workspace of the current folder. In an Nx workspace with the plugin, the projects, their
 * build outputs and their options are those of the plugin.
 *
 * @throws VerifyError if there is no workspace or its options are wrong
 */
export async function openWorkspace({ cwd }: Pick<Io, 'cwd'>): Promise<CliWorkspace> {
  const found = findWorkspaceRoot(cwd);
  if (!found)
    throw new VerifyError({
      kind: 'no-manifest',
      message: 'There is no package.json in this folder or above it.',
      remedy: 'Run the command inside a workspace of npm, pnpm, yarn, bun or Nx.',
    });
  const nx = found.kind === 'nx' ? await nxWorkspaceOf(found.root) : undefined;
  if (nx) {
    const { options } = nx;
    const input = { ...nx.input, keepReports: true };
    const dependentsToCheck = (project: string): readonly string[] | undefined =>
      nx.dependentsToCheck(project);
    return { ...found, hasPlugin: true, input, run: openRun(input), projects: options, dependentsToCheck };
  }
  const modules = join(found.root, 'node_modules');
  const input = {
    root: found.root,
    ...(existsSync(modules) && { cacheFolder: join(modules, '.cache/verify-exports'), keepReports: true }),
  };
  const optionsOf = readOptionsFile(found.root);
  const run = openRun(input);
  const projects = new Map(packagesIn(run).map(({ project, name }) => [project, optionsOf(name)]));
  return { ...found, hasPlugin: false, input, run, projects, dependentsToCheck: () => undefined };
}

/** The plugin's view of the workspace; undefined if the plugin is not installed there. */
async function nxWorkspaceOf(root: string): Promise<NxWorkspace | undefined> {
  let file: string;
  try {
    file = createRequire(join(root, 'package.json')).resolve('@verify-exports/nx/workspace');
  } catch {
    return undefined;
  }
  const plugin = (await import(pathToFileURL(file).href)) as {
    readonly openNxWorkspace: (root: string) => Promise<NxWorkspace>;
  };
  return plugin.openNxWorkspace(root);
}
