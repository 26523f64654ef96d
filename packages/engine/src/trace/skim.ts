import { isBuiltin } from 'node:module';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { languageOf } from '../parse/language-of.js';
import type { ModuleStore } from '../parse/module-store.js';
import { packageNameIn } from '../resolve/path-alias.js';
import { declaredIn } from './declared-packages.js';

/** What skimming needs from a run. */
export interface SkimContext {
  readonly modules: ModuleStore;
}

/**
 * The local specifiers of declarations that need not be parsed: they mention no workspace package,
 * and the published manifest declares every other package that they import. If a name is imported
 * from them, they are parsed then.
 *
 * @returns undefined for a file that has to be parsed
 */
export function skimmed(
  { modules }: SkimContext,
  pkg: WorkspacePackage,
  file: FilePath,
): readonly string[] | undefined {
  if (languageOf(file) !== 'dts') return undefined;
  const scan = modules.scan(file);
  if (!scan || scan.mentions) return undefined;
  const requests = scan.declared;
  const isInstalled = (specifier: string): boolean => {
    const name = packageNameIn(specifier);
    return isBuiltin(name) || declaredIn(pkg.published, name) === 'installed';
  };
  return requests?.bare.every(isInstalled) ? requests.local : undefined;
}
