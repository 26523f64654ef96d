import { execFileSync } from 'node:child_process';
import { relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { packagesIn, VerifyError } from '../index.js';
import type { PackageInfo } from '../index.js';
import type { CliWorkspace } from './open-workspace.js';

export interface Choice {
  /** Package names, project names or folders. */
  readonly packages: readonly string[];
  /** Globs for package names and folders; one with `!` excludes. */
  readonly filter?: readonly string[];
  /** A git ref: only packages that changed since then, and those that depend on them. */
  readonly since?: string;
}

/**
 * The projects that a command works on, in the order of their folders.
 *
 * @throws VerifyError for an unknown package, or a ref that git does not know
 */
export function chooseProjects(workspace: CliWorkspace, cwd: string, choice: Choice): readonly string[] {
  const all = packagesIn(workspace.run).filter(({ project }) => workspace.projects.has(project));
  const named =
    choice.packages.length === 0
      ? all
      : [...new Set(choice.packages.flatMap((wanted) => packagesNamed(all, workspace.root, cwd, wanted)))];
  const matches = filterOf(choice.filter ?? []);
  const affected = choice.since === undefined ? undefined : affectedSince(workspace.root, all, choice.since);
  return named
    .filter((each) => matches(each) && (affected?.has(each.project) ?? true))
    .map(({ project }) => project);
}

/** Like `packageNamed`; a folder that is no package means all packages inside of it. */
function packagesNamed(
  all: readonly PackageInfo[],
  root: string,
  cwd: string,
  wanted: string,
): readonly PackageInfo[] {
  const folder = folderIn(root, cwd, wanted);
  const inside = all.filter((each) => folder === '.' || each.root.startsWith(`${folder}/`));
  const isPackage = all.some(
    (each) => [each.name, each.project, each.root].includes(wanted) || each.root === folder,
  );
  return isPackage || inside.length === 0 ? [packageNamed(all, root, cwd, wanted)] : inside;
}

function folderIn(root: string, cwd: string, wanted: string): string {
  return relative(root, resolve(cwd, wanted)).split(sep).join('/') || '.';
}

/**
 * The package that a person means by a name or by a folder.
 *
 * @throws VerifyError if there is none
 */
export function packageNamed(
  all: readonly PackageInfo[],
  root: string,
  cwd: string,
  wanted: string,
): PackageInfo {
  const folder = folderIn(root, cwd, wanted);
  const found =
    all.find(({ name }) => name === wanted) ??
    all.find(({ project }) => project === wanted) ??
    all.find((each) => each.root === folder);
  if (found) return found;
  const known = all.map(({ name, project }) => name ?? project);
  const listed = known.slice(0, 12).join(', ');
  throw new VerifyError({
    kind: 'unknown-project',
    message: `There is no package "${wanted}" in the workspace.`,
    remedy: `Use the name or the folder of a package. Packages: ${listed || 'none'}${known.length > 12 ? ` and ${known.length - 12} more` : ''}.`,
  });
}

function filterOf(globs: readonly string[]): (pkg: PackageInfo) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith('!')).map((glob) => picomatch(glob));
  const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => picomatch(glob.slice(1)));
  const matches = (matchers: readonly ((text: string) => boolean)[], { name, project, root }: PackageInfo) =>
    matchers.some((isMatch) => [name, project, root].some((text) => text !== undefined && isMatch(text)));
  return (pkg) => (wanted.length === 0 || matches(wanted, pkg)) && !matches(unwanted, pkg);
}

/** Packages with a changed file, and all that depend on one of them. A change outside of all packages affects all. */
function affectedSince(root: string, all: readonly PackageInfo[], ref: string): ReadonlySet<string> {
  const changed = changedFiles(root, ref);
  const byDepth = all.toSorted((a, b) => b.root.length - a.root.length);
  const ownerOf = (file: string): PackageInfo | undefined =>
    byDepth.find((pkg) => pkg.root !== '.' && file.startsWith(`${pkg.root}/`));
  const owners = changed.map(ownerOf);
  if (owners.includes(undefined)) return new Set(all.map(({ project }) => project));
  const affected = new Set(owners.map((pkg) => pkg!.project));
  for (let size = -1; size !== affected.size;) {
    size = affected.size;
    for (const { project, dependencies } of all)
      if (dependencies.some((dependency) => affected.has(dependency))) affected.add(project);
  }
  return affected;
}

/** Files that differ from the ref, uncommitted and new ones included; `/` paths, relative to the root. */
function changedFiles(root: string, ref: string): readonly string[] {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const base = git('merge-base', '--', ref, 'HEAD').trim();
    const differing = git('diff', '--name-only', '--relative', '-z', base, '--');
    const added = git('ls-files', '--others', '--exclude-standard', '-z');
    return `${differing}${added}`.split('\0').filter(Boolean);
  } catch (error) {
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new VerifyError({
      kind: 'invalid-option',
      message: `git cannot compare the workspace with "${ref}": ${reason.split('\n')[0]}.`,
      remedy: 'Use a commit, branch or tag of this repository, such as --since origin/main.',
    });
  }
}
