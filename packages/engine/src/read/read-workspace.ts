import { parse } from 'jsonc-parser';
import { isRecord } from '../model/is-record.js';
import type { FilePath } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import { VerifyError } from '../model/problem.js';
import type {
  Manifest,
  ProjectInput,
  Workspace,
  WorkspaceInput,
  WorkspacePackage,
} from '../model/workspace.js';
import { discoverProjects } from './discover-projects.js';
import type { Disk } from './disk.js';
import { comparePaths, joinPath } from './file-path.js';
import { locateInManifest } from './locate-in-manifest.js';
import { fieldInText } from './field-in-text.js';
import { inferredOutputs } from './inferred-outputs.js';
import { appliesPublishConfig } from './package-manager.js';
import { publicationOf } from './publication.js';
import { publishedManifestOf } from './published-manifest.js';
import { readManifest } from './read-manifest.js';
import { readPathAliases } from './read-path-aliases.js';
import { textPosition } from './text-position.js';

/**
 * Reads the workspace: the given projects, or those that the package manager's globs and the
 * project.json files define.
 *
 * A broken manifest affects only its own package, which stays in the list with `problem` set.
 *
 * @throws VerifyError `unreadable` if there is no folder at the root
 */
export function readWorkspace(disk: Disk, input: WorkspaceInput): Workspace {
  if (disk.kindOf('.') !== 'directory') {
    const message = 'The workspace root is not a folder that can be read.';
    throw new VerifyError({ kind: 'unreadable', message, remedy: 'Pass the path of the workspace root.' });
  }
  const problems: Problem[] = [];
  const rootManifest = collecting(problems, () => readManifest(disk, 'package.json'));
  const discovery = input.projects
    ? { projects: input.projects, problems: [] }
    : discoverProjects(disk, rootManifest);
  const overrides = collecting(problems, () => appliesPublishConfig(disk, rootManifest)) ?? true;
  const packages = discovery.projects
    .map((project) => readPackage(disk, project, overrides))
    .sort((a, b) => comparePaths(a.root, b.root) || comparePaths(a.project, b.project));
  // If the root is a package of its own, its broken manifest is that package's problem.
  if (packages.some(({ root }) => root === '.')) problems.length = 0;
  const { aliases, problems: configProblems } = readPathAliases(disk);
  problems.push(...discovery.problems, ...configProblems);
  return {
    root: disk.root,
    ...(rootManifest && { rootManifest }),
    packages,
    pathAliases: aliases,
    problems,
    duplicates: duplicateNames(packages),
  };
}

function readPackage(disk: Disk, project: ProjectInput, overrides: boolean): WorkspacePackage {
  const root = joinPath(project.root);
  const conventional = joinPath('dist', root);
  const outputs = project.outputs?.map((output) => joinPath(output));
  const found = outputs ?? (root !== '.' && disk.kindOf(conventional) === 'directory' ? [conventional] : []);
  const problems: Problem[] = [];
  const source = collecting(problems, () => readManifest(disk, joinPath(root, 'package.json')));
  const inferred = outputs ? [] : (collecting(problems, () => inferredOutputs(disk, root, source)) ?? []);
  const candidates = [
    ...new Set([
      ...found,
      conventional,
      ...inferred.filter(
        (folder) => collecting(problems, () => hasOwnManifest(disk, folder, source)) ?? false,
      ),
    ]),
  ];
  const published = problems[0]
    ? undefined
    : collecting(problems, () => publishedManifestOf(disk, { root, source }, candidates, overrides));
  const name =
    source?.json.name ??
    published?.manifest?.json.name ??
    (problems[0] && collecting([], () => nameOfBroken(disk, root)));
  const publication = collecting(problems, () =>
    publicationOf(disk, { root, source, published: published?.manifest, release: project.release }),
  ) ?? { published: false, reason: 'its configuration for releases cannot be read' };
  return {
    project: project.name,
    root,
    outputs: outputs ?? [...found, ...inferred],
    ...(project.buildCommand !== undefined && { buildCommand: project.buildCommand }),
    ...(project.writers && { writers: project.writers }),
    ...(project.leaveOut !== undefined && { leaveOut: project.leaveOut }),
    ...(project.runtimes && { runtimes: project.runtimes }),
    ...(project.dependsOn && { dependsOn: project.dependsOn }),
    ...(name && { name }),
    ...(source && { source }),
    ...(published?.manifest && { published: published.manifest }),
    publishedRoot: published?.root ?? root,
    publication,
    ...(problems[0] && { problem: problems[0] }),
  };
}

/**
 * Whether the build wrote a manifest for a folder that no configuration names. Compilers also copy a
 * package.json that the sources import, and its entry points do not fit the folder.
 */
function hasOwnManifest(disk: Disk, folder: FilePath, source: Manifest | undefined): boolean {
  const file = joinPath(folder, 'package.json');
  const text = disk.isFile(file) ? disk.readText(file) : undefined;
  if (text === undefined || !source) return false;
  const written: unknown = parse(text);
  if (!isRecord(written)) return false;
  const fields = ['main', 'module', 'types', 'exports'] as const;
  return fields.some(
    (field) =>
      written[field] !== undefined && JSON.stringify(written[field]) !== JSON.stringify(source.json[field]),
  );
}

function nameOfBroken(disk: Disk, root: FilePath): string | undefined {
  const file = joinPath(root, 'package.json');
  return disk.isFile(file) ? fieldInText(disk.readText(file) ?? '', 'name') : undefined;
}

/** Runs a step. Its typed failure is kept beside the result and does not end the work. */
function collecting<T>(problems: Problem[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    problems.push(error.problem);
    return undefined;
  }
}

function duplicateNames(packages: readonly WorkspacePackage[]): Workspace['duplicates'] {
  const first = new Map<string, WorkspacePackage>();
  const found: { readonly name: string; readonly problem: Problem }[] = [];
  for (const pkg of packages) {
    if (pkg.name === undefined) continue;
    const other = first.get(pkg.name);
    if (other) found.push({ name: pkg.name, problem: duplicate(other, pkg) });
    else first.set(pkg.name, pkg);
  }
  return found;
}

function duplicate(first: WorkspacePackage, second: WorkspacePackage): Problem {
  const manifest: Manifest | undefined = second.source ?? second.published;
  return {
    kind: 'invalid-manifest',
    message: `"${second.name}" is the name of two packages, in ${first.root} and in ${second.root}; imports of it resolve to the first.`,
    remedy: `Rename the package in ${second.root}.`,
    ...(manifest && {
      file: manifest.file,
      ...textPosition(manifest.text, locateInManifest(manifest, ['name'], 'value').start),
    }),
  };
}
