import { isBuiltin } from 'node:module';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { languageOf } from '../parse/language-of.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import { folderOf } from '../read/file-path.js';
import { nearestInstalled } from '../read/nearest-installed.js';
import { packageNameIn } from '../resolve/path-alias.js';
import { typesPackageOf } from '../resolve/installed-types.js';
import { declaredIn } from './declared-packages.js';

/** What skimming needs from a run. */
export interface SkimContext {
  readonly disk: Disk;
  readonly modules: ModuleStore;
}

/**
 * The local specifiers of declarations that need not be parsed: they mention no workspace package,
 * and the published manifest declares every other package that they import, with its types. If a name
 * is imported from them, they are parsed then.
 *
 * @returns undefined for a file that has to be parsed
 */
export function skimmed(
  { disk, modules }: SkimContext,
  pkg: WorkspacePackage,
  file: FilePath,
): readonly string[] | undefined {
  if (languageOf(file) !== 'dts') return undefined;
  const scan = modules.scan(file);
  if (!scan || scan.mentions) return undefined;
  const requests = scan.declared;
  const isDeclared = (name: string): boolean => declaredIn(pkg.published, name) === 'installed';
  const mayNeedTypes = (name: string): boolean =>
    nearestInstalled(disk, folderOf(file) ?? '.', typesPackageOf(name)) !== undefined;
  const isInstalled = (specifier: string): boolean => {
    const name = packageNameIn(specifier);
    return isBuiltin(name) || (isDeclared(name) && (isDeclared(typesPackageOf(name)) || !mayNeedTypes(name)));
  };
  return requests?.bare.every(isInstalled) ? requests.local : undefined;
}
