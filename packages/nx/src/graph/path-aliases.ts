import { statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readFileText } from '../read-file-text';
import { extendsTooMuch } from './tsconfig-reads';

/** An entry of tsconfig `paths`: what importers write, and what it resolves to. */
export interface PathAlias {
  /** As written; may end in `*`. */
  readonly pattern: string;
  /** In the order in which TypeScript tries them, relative to the workspace root. */
  readonly targets: readonly string[];
}

/** As in the engine, the first file with `paths` counts. */
const CONFIGS = ['tsconfig.base.json', 'tsconfig.json'];

/**
 * The `paths` of the workspace's root tsconfig, with `extends` and `baseUrl` applied. A config that
 * cannot be read gives none, and the engine reports it.
 */
export function pathAliases(workspaceRoot: string): readonly PathAlias[] {
  for (const config of CONFIGS) {
    const file = join(workspaceRoot, config);
    const aliases = statSync(file, { throwIfNoEntry: false })?.isFile() ? aliasesOf(workspaceRoot, file) : [];
    if (aliases.length > 0) return aliases;
  }
  return [];
}

/** A key can also be written with escapes. */
function mayHavePaths(path: string): boolean {
  return /paths|extends|\\/.test(readFileText(path) ?? '');
}

function aliasesOf(workspaceRoot: string, path: string): readonly PathAlias[] {
  if (!mayHavePaths(path) || extendsTooMuch(path)) return [];
  // Loaded here because not every workspace has a tsconfig, and every Nx command loads this plugin.
  const { createPathsMatcher, parseTsconfig } = require('get-tsconfig') as typeof import('get-tsconfig');
  try {
    const config = parseTsconfig(path);
    const targetsOf = createPathsMatcher({ path, config });
    return Object.keys(config.compilerOptions?.paths ?? {}).map((pattern) => ({
      pattern,
      // A pattern that is matched against itself gives its own targets as absolute paths, with `*`
      // for `*`.
      targets: (targetsOf?.(pattern) ?? []).map((target) =>
        relative(workspaceRoot, target).split(sep).join('/'),
      ),
    }));
  } catch {
    return [];
  }
}
