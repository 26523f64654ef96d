import { isBuiltin } from 'node:module';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { languageOf } from '../parse/language-of.js';
import type { ModuleStore } from '../parse/module-store.js';
import { packageNameIn } from '../resolve/path-alias.js';
import { declaredIn } from './declared-packages.js';

/** What skimming asks of a run. */
export interface SkimContext {
  readonly modules: ModuleStore;
  readonly mentions: (text: string) => boolean;
}

const RELATIVE_STRING = /["'`](\.{1,2}\/[^"'`\n]*)["'`]/g;
const BARE_REQUEST = /\b(?:from|import|require)\s*\(?\s*["']([^"'.][^"'\n]*)["']/g;

/**
 * The relative specifiers of declarations that need not be parsed: they mention no workspace package and no other one that
 * the published manifest lacks, and whoever asks them for a name has them parsed then.
 *
 * @returns undefined for a file that has to be parsed; else every quoted relative path, at least all that are imported
 */
export function skimmed(
  { modules, mentions }: SkimContext,
  pkg: WorkspacePackage,
  file: FilePath,
): readonly string[] | undefined {
  if (languageOf(file) !== 'dts') return undefined;
  const text = modules.text(file);
  // `#x` may lead anywhere, and references are not written as imports.
  if (text === undefined || mentions(text) || /["']#|<reference/.test(text)) return undefined;
  for (const [, specifier] of text.matchAll(BARE_REQUEST)) {
    const name = packageNameIn(specifier!);
    if (!isBuiltin(name) && declaredIn(pkg.published, name) !== 'installed') return undefined;
  }
  return [...text.matchAll(RELATIVE_STRING)].map(([, specifier]) => specifier!);
}
