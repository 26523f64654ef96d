import type { FilePath } from '../model/place.js';
import type { Disk } from '../read/disk.js';

const TYPESCRIPT = /(?<!\.d)\.([cm]?ts|tsx)$/;
const DECLARATION = /\.d(\.[^./]+)?\.ts$|\.d\.[cm]ts$/;

/** Whether a file holds only declarations: `x.d.ts`, `x.d.mts`, `x.d.cts`, `x.d.css.ts`. */
export function isDeclarationFile(file: FilePath): boolean {
  return DECLARATION.test(file);
}

/** Whether a file is TypeScript source, which is its own declaration. */
export function isTypeScriptSource(file: FilePath): boolean {
  return TYPESCRIPT.test(file) && !isDeclarationFile(file);
}

/**
 * TypeScript's order for a written extension (`tryAddingExtensions`), declarations and sources
 * only.
 */
const INSTEAD_OF: Readonly<Record<string, readonly string[]>> = {
  '.mjs': ['.mts', '.d.mts'],
  '.mts': ['.mts', '.d.mts'],
  '.d.mts': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
  '.cts': ['.cts', '.d.cts'],
  '.d.cts': ['.cts', '.d.cts'],
  '.json': ['.d.json.ts'],
  '.tsx': ['.tsx', '.ts', '.d.ts'],
  '.jsx': ['.tsx', '.ts', '.d.ts'],
  '.ts': ['.ts', '.tsx', '.d.ts'],
  '.d.ts': ['.ts', '.tsx', '.d.ts'],
  '.js': ['.ts', '.tsx', '.d.ts'],
};

const KNOWN_EXTENSION = /(\.d\.[cm]?ts|\.[cm]?[jt]s|\.[jt]sx|\.json)$/;

/**
 * The files that TypeScript tries for a path written with an extension; none for a path without
 * one.
 */
export function declarationsInsteadOf(path: FilePath): readonly FilePath[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.includes('.')) return [];
  const extension = KNOWN_EXTENSION.exec(path)?.[1] ?? name.slice(name.lastIndexOf('.'));
  const stem = path.slice(0, path.length - extension.length);
  const endings = INSTEAD_OF[extension] ?? [`.d${extension}.ts`];
  return endings.map((ending) => stem + ending);
}

/** The files that TypeScript tries for a path without an extension, if it adds extensions. */
export function declarationsAdding(path: FilePath): readonly FilePath[] {
  return ['.ts', '.tsx', '.d.ts'].map((ending) => path + ending);
}

/**
 * The file that TypeScript uses for a target in a manifest: a TypeScript file itself, or else the
 * declarations beside it.
 */
export function declarationsOfTarget(path: FilePath): readonly FilePath[] {
  return isDeclarationFile(path) || isTypeScriptSource(path) ? [path] : declarationsInsteadOf(path);
}

/**
 * How TypeScript looks up a path in CommonJS: it replaces the extension, adds one, then tries an
 * index file.
 */
export function findDeclarations(disk: Disk, path: FilePath, addExtensions: boolean): FilePath | undefined {
  const candidates = [...declarationsInsteadOf(path), ...(addExtensions ? declarationsAdding(path) : [])];
  const found = candidates.find((candidate) => disk.isFile(candidate));
  if (found !== undefined || !addExtensions || disk.kindOf(path) !== 'directory') return found;
  return declarationsAdding(`${path}/index`).find((candidate) => disk.isFile(candidate));
}
