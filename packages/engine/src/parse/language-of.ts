import type { FilePath } from '../model/place.js';
import type { Language } from '../model/module-record.js';

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map(
  Object.entries<Language>({
    js: 'js',
    mjs: 'js',
    cjs: 'js',
    jsx: 'jsx',
    ts: 'ts',
    mts: 'ts',
    cts: 'ts',
    tsx: 'tsx',
    json: 'json',
    // Their script blocks may contain TypeScript. `parseModule` replaces everything else with
    // blanks.
    vue: 'ts',
    svelte: 'ts',
    astro: 'ts',
  }),
);

/**
 * `x.d.ts`, `x.d.mts`, `x.d.cts`, and TypeScript's `x.d.css.ts` for declarations of other files.
 */
const DECLARATION = /\.d\.(?:[^./]+\.)?[cm]?ts$/;

/**
 * How a file's text is read, by its name alone. Single-file components count as TypeScript here.
 * The record from `parseModule` has the language of their script blocks.
 */
export function languageOf(file: FilePath): Language {
  if (DECLARATION.test(file)) return 'dts';
  return BY_EXTENSION.get(extensionOf(file)) ?? 'asset';
}

/** The part after the last dot of the file's name, lower case; empty if there is none. */
export function extensionOf(file: FilePath): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
}
