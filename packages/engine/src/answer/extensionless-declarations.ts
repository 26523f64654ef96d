import type { ExtensionlessPath } from '../model/extensionless-path.js';
import { placeOf } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import { formatOf } from '../read/package-scope.js';
import { isDeclarationFile, lacksExtension } from '../resolve/declaration-files.js';
import type { Resolver } from '../resolve/resolver.js';
import type { Traces } from '../trace/traces.js';

/** What looking for such paths needs from the workspace. */
export interface ExtensionlessContext {
  readonly disk: Disk;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  readonly traces: Pick<Traces, 'modulesOf'>;
}

/** Relative paths in the ES module declarations of a package that TypeScript cannot follow under nodenext. */
export function extensionlessDeclarations(
  { disk, modules, resolver, traces }: ExtensionlessContext,
  pkg: WorkspacePackage,
): readonly ExtensionlessPath[] {
  const found: ExtensionlessPath[] = [];
  for (const file of traces.modulesOf(pkg).keys()) {
    if (!isDeclarationFile(file) || formatOf(disk, file, false) !== 'esm' || !resolver.owns(pkg, file))
      continue;
    const paths = modules.scan(file)?.localPaths ?? [];
    // Only such files are parsed.
    if (paths.every((path) => HAS_EXTENSION.test(path))) continue;
    for (const request of modules.record(file)?.requests ?? []) {
      const { specifier, form } = request;
      if (form === 'import-equals' || form === 'require' || HAS_EXTENSION.test(specifier)) continue;
      const target = resolver.resolve(specifier, file, { phase: 'types', mode: 'import' });
      if (target.kind !== 'file' || !lacksExtension(file, request, target.file)) continue;
      found.push({ place: placeOf(file, request), specifier, file: target.file });
    }
  }
  return found;
}

const HAS_EXTENSION = /\.(?:[cm]?[jt]sx?|json)$/;
