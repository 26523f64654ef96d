import type { FilePath } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from './disk.js';
import { baseNameOf, folderOf, isWithin, joinPath, pathWithin } from './file-path.js';

/**
 * Files that can import from a package. `.d.ts` and similar files end like their TypeScript
 * siblings.
 */
const CODE = /\.([cm]?[jt]s|[jt]sx|vue|svelte|astro)$/;

/**
 * Only hand-written or compiled code is worth parsing; beyond this size JavaScript is vendored,
 * minified or generated.
 */
const LARGEST_SCRIPT = 1024 * 1024;

/**
 * The files of a project that can import, sorted. Its outputs and those of others, nested projects,
 * installed packages, dot folders and folders of templates are left out. A package without outputs
 * has its sources as its output.
 */
export function sourceFilesOf(disk: Disk, workspace: Workspace, pkg: WorkspacePackage): readonly FilePath[] {
  return ownFiles(disk, workspace, pkg).filter((file) => CODE.test(file) && !isVendored(disk, file));
}

/** The style sheets among a project's own files, sorted. */
export function styleFilesOf(disk: Disk, workspace: Workspace, pkg: WorkspacePackage): readonly FilePath[] {
  return ownFiles(disk, workspace, pkg).filter((file) => /\.(css|scss|sass|less)$/.test(file));
}

/**
 * All files of a built package, sorted, assets included: the files in its outputs. If no outputs
 * are known, these are the project's own files. If a known output was not built, there are none.
 */
export function outputFilesOf(disk: Disk, workspace: Workspace, pkg: WorkspacePackage): readonly FilePath[] {
  if (pkg.outputs.length === 0) return ownFiles(disk, workspace, pkg);
  const files = pkg.outputs.flatMap((output) => (disk.isFile(output) ? [output] : disk.listFiles(output)));
  return [...new Set(files)].sort();
}

/**
 * Whether a folder contains text that looks like code: fixtures of tests, or templates of
 * generators. Tools copy them to another place before they are used, so their imports belong to no package. Folders named
 * `templates` or `files` are often real code (pages, e-mails), so they count only at the top of the project, beside the
 * schema.json of a generator, among generators, and in end-to-end tests. In those, `assets` are copied as well.
 */
export function isTextFolder(disk: Disk, projectRoot: FilePath, folder: FilePath): boolean {
  const name = baseNameOf(folder);
  if (TEXT_FOLDERS.has(name)) return true;
  const parent = folderOf(folder) ?? '.';
  const isE2e = /(?:^|[-_/])e2e(?:[-_/]|$)/.test(projectRoot);
  if (isE2e && name === 'assets') return true;
  if (name.startsWith('template-')) return parent === projectRoot;
  if (!TEMPLATE_FOLDERS.has(name)) return false;
  const isGenerator = pathWithin(projectRoot, parent)
    .split('/')
    .some((part) => GENERATOR_FOLDERS.has(part));
  return isE2e || isGenerator || parent === projectRoot || disk.isFile(joinPath(parent, 'schema.json'));
}

const TEXT_FOLDERS = new Set([
  '__fixtures__',
  'fixtures',
  '__snapshots__',
  'testdata',
  '__testfixtures__',
  '__templates__',
  '_templates',
]);
const TEMPLATE_FOLDERS = new Set(['templates', 'template', 'files']);
const GENERATOR_FOLDERS = new Set(['generators', 'schematics', 'blueprints']);

/**
 * The folders of a package, of sources and of output, that cannot be read. Folders of other
 * packages do not count.
 */
export function unreadableFoldersOf(
  disk: Disk,
  workspace: Workspace,
  pkg: WorkspacePackage,
): readonly Problem[] {
  const problems = [
    ...disk.unreadableIn(pkg.root, foreignTo(disk, workspace, pkg).skip),
    ...pkg.outputs.flatMap((output) => (disk.isFile(output) ? [] : disk.unreadableIn(output))),
  ];
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function ownFiles(disk: Disk, workspace: Workspace, pkg: WorkspacePackage): readonly FilePath[] {
  const { folders, skip } = foreignTo(disk, workspace, pkg);
  return disk.listFiles(pkg.root, skip).filter((file) => !folders.has(file));
}

/**
 * The folders below a package's root that are not its sources: roots and outputs of packages, and
 * what `skip` adds.
 */
function foreignTo(
  disk: Disk,
  workspace: Workspace,
  pkg: WorkspacePackage,
): { readonly folders: ReadonlySet<FilePath>; skip(folder: FilePath): boolean } {
  const folders = new Set<FilePath>();
  for (const { root, outputs } of workspace.packages) {
    for (const folder of [root, ...outputs]) if (!isWithin(folder, pkg.root)) folders.add(folder);
  }
  const skip = (folder: FilePath): boolean =>
    baseNameOf(folder).startsWith('.') || folders.has(folder) || isTextFolder(disk, pkg.root, folder);
  return { folders, skip };
}

function isVendored(disk: Disk, file: FilePath): boolean {
  return /\.[cm]?js$/.test(file) && disk.sizeOf(file) > LARGEST_SCRIPT;
}
