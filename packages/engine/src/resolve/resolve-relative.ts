import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { declarationsInsteadOf, findDeclarations, isDeclarationFile } from './declaration-files.js';
import { mainTypesOf } from './main-fields.js';
import { nearest, nearFiles } from './near-files.js';
import { requiredFile, tolerantManifest } from './required-file.js';
import type { RequestMode, Resolution } from './resolution.js';

/** Sources whose imports a compiler or bundler resolves, with TypeScript's ways to write them. */
const COMPILED_SOURCE = /(?<!\.d)\.([cm]?ts|tsx|jsx|vue|svelte|astro)$/;

/** Whether a compiler or bundler changes the file before it runs. */
export function isCompiledSource(file: FilePath): boolean {
  return COMPILED_SOURCE.test(file);
}

/** What bundlers and TypeScript add, in their usual order. */
const ADDED = [
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.json',
  '.vue',
  '.svelte',
  '.astro',
] as const;

const WRITTEN_FOR: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx', '.ts'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/**
 * The file that a relative specifier resolves to. Built JavaScript follows Node: the exact file for
 * `import` (a file that only bundlers find is marked), and a search for extensions and folders for
 * `require`. Sources follow TypeScript and bundlers, so `./x.js` may be x.ts. For types it is the
 * declarations, or the file itself if it has none.
 *
 * @param owner the package whose files may be meant if the file is missing
 */
export function resolveRelative(
  disk: Disk,
  specifier: string,
  from: FilePath,
  ask: RequestMode,
  owner: WorkspacePackage | undefined,
): Resolution {
  const path = joinPath(folderOf(from) ?? '.', specifier);
  const onlyFolder = /(^|\/)\.{0,2}$/.test(specifier);
  const found =
    ask.phase === 'types'
      ? typesAt(disk, path, onlyFolder, ask)
      : runtimeAt(disk, path, onlyFolder, from, ask);
  return found ?? { kind: 'missing', tried: path, near: nearTo(disk, path, owner) };
}

function typesAt(
  disk: Disk,
  path: FilePath,
  onlyFolder: boolean,
  { mode }: RequestMode,
): Resolution | undefined {
  const written = onlyFolder ? undefined : findDeclarations(disk, path, true);
  if (written !== undefined) return { kind: 'file', file: written };
  if (!onlyFolder && disk.isFile(path)) return { kind: 'file', file: path };
  const manifest = tolerantManifest(disk, joinPath(path, 'package.json'));
  const inFolder = manifest && mainTypesOf(disk, path, manifest.json, mode)?.file;
  const file = inFolder ?? findDeclarations(disk, path, true) ?? withAdded(disk, path, onlyFolder);
  return file === undefined ? undefined : { kind: 'file', file };
}

function runtimeAt(
  disk: Disk,
  path: FilePath,
  onlyFolder: boolean,
  from: FilePath,
  { mode }: RequestMode,
): Resolution | undefined {
  if (!onlyFolder && disk.isFile(path)) return { kind: 'file', file: path };
  const required = onlyFolder && disk.kindOf(path) !== 'directory' ? undefined : requiredFile(disk, path);
  if (mode === 'require' && required !== undefined) return { kind: 'file', file: required };
  if (isCompiledSource(from)) {
    const file = writtenFor(disk, path) ?? withAdded(disk, path, onlyFolder) ?? required;
    return file === undefined ? undefined : { kind: 'file', file };
  }
  if (mode === 'require') return undefined;
  const bundled = required ?? withAdded(disk, path, onlyFolder);
  return bundled === undefined ? undefined : { kind: 'file', file: bundled, extensionless: true };
}

/** The TypeScript file for the name that it will have once compiled. */
export function writtenFor(disk: Disk, path: FilePath): FilePath | undefined {
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
  if (extension === undefined) return undefined;
  const stem = path.slice(0, -extension.length);
  return WRITTEN_FOR[extension]?.map((ending) => stem + ending).find((file) => disk.isFile(file));
}

function withAdded(disk: Disk, path: FilePath, onlyFolder: boolean): FilePath | undefined {
  const stems = [...(onlyFolder ? [] : [path]), joinPath(path, 'index')];
  return stems.flatMap((stem) => ADDED.map((ending) => stem + ending)).find((file) => disk.isFile(file));
}

function nearTo(disk: Disk, path: FilePath, owner: WorkspacePackage | undefined): readonly FilePath[] {
  const folder = folderOf(path) ?? '.';
  const beside = nearest(
    disk.filesIn(folder).map((name) => joinPath(folder, name)),
    path,
  );
  if (beside.length > 0 || !owner) return beside;
  const meant = isDeclarationFile(path)
    ? path
    : (declarationsInsteadOf(path).find((file) => disk.isFile(file)) ?? path);
  return nearFiles(disk, owner, meant);
}
