import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { sourceFilesOf } from '../read/package-files.js';

/** A comment in front of the statement, or for the whole file, turns off TypeScript's errors. */
export function isPassedOver(text: string, at: number): boolean {
  if (/^\s*(?:\/\/.*\n\s*)*\/\/\s*@ts-nocheck/.test(text)) return true;
  const statement = Math.max(text.lastIndexOf('import', at), text.lastIndexOf('export', at), 0);
  const before = text.slice(0, statement).trimEnd();
  const lastLine = before.slice(before.lastIndexOf('\n') + 1);
  return /@ts-(?:ignore|expect-error)/.test(lastLine);
}

const patternsByDisk = new WeakMap<Disk, Map<string, readonly string[]>>();

/** Whether a declaration file of the project, or of the workspace's root, has `declare module` for the specifier. */
export function isDeclaredAmbient(
  disk: Disk,
  workspace: Workspace,
  pkg: WorkspacePackage,
  specifier: string,
): boolean {
  const known = patternsByDisk.get(disk) ?? new Map<string, readonly string[]>();
  patternsByDisk.set(disk, known);
  const inPackage = remembered(known, pkg.project, () =>
    sourceFilesOf(disk, workspace, pkg).flatMap((file) => modulesIn(disk, file)),
  );
  const inRoot = remembered(known, '', () =>
    ['.', 'types', 'typings', '@types'].flatMap((folder) =>
      disk.filesIn(folder).flatMap((name) => modulesIn(disk, joinPath(folder, name))),
    ),
  );
  return [...inPackage, ...inRoot].some((pattern) => {
    const [before = '', after] = pattern.split('*', 2);
    return after === undefined
      ? pattern === specifier
      : specifier.startsWith(before) && specifier.endsWith(after);
  });
}

function modulesIn(disk: Disk, file: FilePath): readonly string[] {
  if (!/\.[cm]?tsx?$/.test(file)) return [];
  const text = disk.readText(file) ?? '';
  return [...text.matchAll(/\bdeclare\s+module\s+["']([^"']+)["']/g)].map(([, name]) => name!);
}
