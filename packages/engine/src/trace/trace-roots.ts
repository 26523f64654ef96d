import type { TraceRoot } from '../model/bundle-trace.js';
import type { FilePath } from '../model/place.js';
import type { EntryPoint, Workspace, WorkspacePackage } from '../model/workspace.js';
import { commandFilesOf } from '../read/command-files.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath, pathWithin } from '../read/file-path.js';
import { namedFilesOf } from '../read/named-files.js';
import { outputFilesOf } from '../read/package-files.js';

const SCRIPT = /\.[cm]?js$/;
const PAGE = /\.html?$/;

/**
 * The roots of a package's output, the most certain first: pages of an application, entry points,
 * commands. An application that no package imports has no entry points. Then the scripts in the
 * topmost folder of its output are roots. Last come all other built scripts, which may never run.
 *
 * Other files in the output (schematics, templates, tests) are no roots.
 */
export function traceRootsOf(
  disk: Disk,
  workspace: Workspace,
  pkg: WorkspacePackage,
  entryPoints: readonly EntryPoint[],
): readonly TraceRoot[] {
  const variants = entryPoints.flatMap((entryPoint) => entryPoint.variants).filter(({ exists }) => exists);
  const entered: TraceRoot[] = [
    ...variants.map(({ file, phase }) => ({
      file,
      kind: phase === 'types' ? ('types' as const) : ('entry-point' as const),
    })),
    ...commandFilesOf(disk, pkg).map((file) => ({ file, kind: 'command' as const })),
    ...namedFilesOf(disk, pkg).flatMap(({ file, exists, loads }): readonly TraceRoot[] => {
      if (!exists || loads === 'asset') return [];
      return [{ file, kind: loads === 'plugin' ? 'command' : loads === 'types' ? 'types' : 'entry-point' }];
    }),
  ];
  const runs = entered.some(({ kind }) => kind !== 'types');
  if (runs && !isApplication(pkg)) return firstOfEach(entered);
  const outputs = pkg.outputs.length > 0 ? pkg.outputs : conventionalOutputs(disk, pkg);
  const files = outputs.length > 0 ? outputFilesOf(disk, workspace, { ...pkg, outputs }) : [];
  const pages = files.filter((file) => PAGE.test(file) && isDocument(disk, file));
  const scripts = entered.length > 0 ? [] : scriptRoots(outputs, files, pages);
  return firstOfEach([...pages.map((file) => ({ file, kind: 'page' as const })), ...entered, ...scripts]);
}

/** No one installs it: its output runs as it is. */
function isApplication({ publication }: WorkspacePackage): boolean {
  return !publication.published;
}

/** The folders that bundlers write to by default, for projects whose build does not name any. */
function conventionalOutputs(disk: Disk, pkg: WorkspacePackage): readonly FilePath[] {
  return ['dist', 'build', 'out']
    .map((name) => joinPath(pkg.root, name))
    .filter((folder) => disk.kindOf(folder) === 'directory');
}

/**
 * Scripts beside or inside a page's folder belong to the page. Of the others, those in the topmost
 * folder are the program.
 */
function scriptRoots(
  outputs: readonly FilePath[],
  files: readonly FilePath[],
  pages: readonly FilePath[],
): readonly TraceRoot[] {
  const sites = pages.map((page) => folderOf(page) ?? '.');
  const scripts = files.filter((file) => SCRIPT.test(file));
  const ofPage = (file: FilePath): boolean => sites.some((site) => isWithin(site, file));
  const levelOf = (file: FilePath): number => {
    const output = outputs.find((folder) => isWithin(folder, file)) ?? '.';
    return pathWithin(output, file).split('/').length;
  };
  const top = Math.min(...scripts.filter((file) => !ofPage(file)).map(levelOf));
  const roots = scripts.map((file) => ({
    file,
    kind: !ofPage(file) && levelOf(file) === top ? ('application' as const) : ('script' as const),
  }));
  return roots.toSorted((a, b) => (a.kind === b.kind ? 0 : a.kind === 'application' ? -1 : 1));
}

/** A whole document, not a fragment for a template engine. */
function isDocument(disk: Disk, file: FilePath): boolean {
  return /<!doctype\s+html|<html[\s>]/i.test((disk.readText(file) ?? '').slice(0, 4096));
}

function firstOfEach(roots: readonly TraceRoot[]): readonly TraceRoot[] {
  return [...new Map(roots.toReversed().map((root) => [root.file, root])).values()].toReversed();
}
