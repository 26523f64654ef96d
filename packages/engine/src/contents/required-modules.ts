import type { WorkspaceView } from '../workspace-view.js';
import type { VerifyOptions } from '../model/options.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { Requirements } from '../model/required-module.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { isDeclarationFile } from '../resolve/declaration-files.js';
import { sourceEntryOf } from '../resolve/source-entry.js';
import { outputFilesOf } from '../read/package-files.js';
import { isWithin, joinPath } from '../read/file-path.js';
import { mayImportBare } from '../text-scan/may-import-bare.js';
import { bareImports } from '../trace/bare-imports.js';
import { readBundleContents } from './bundle-contents.js';
import { ContainedModules } from './contained-modules.js';
import type { NeededModule } from './contained-modules.js';
import { droppedByConsumers } from './dropped-by-consumers.js';
import { droppedStyles } from './dropped-styles.js';
import { LoadedModules } from './loaded-modules.js';
import { ModuleView } from './module-view.js';
import { sideEffectsClaim } from './side-effects-claim.js';

const NOTHING: Requirements = { contained: 0, dropped: [], unknown: [] };

/**
 * Compares the modules that a package needs for their side effects with its built output. These are
 * the bare imports in its sources and in the workspace packages bundled into it, and the modules of
 * the option `requiredModules`. The bundler's report is read only if there is such a module.
 */
export function requirementsOf(
  view: WorkspaceView,
  pkg: WorkspacePackage,
  options: VerifyOptions,
): Requirements {
  const modules = new ModuleView(view);
  const byConsumers = droppedByConsumers(view, pkg, modules);
  const { contained, dropped, unknown } = builtRequirements(view, pkg, modules, options);
  return { contained, dropped: [...dropped, ...byConsumers], unknown };
}

function builtRequirements(
  view: WorkspaceView,
  pkg: WorkspacePackage,
  modules: ModuleView,
  options: VerifyOptions,
): Requirements {
  const { disk } = view.run;
  if (pkg.outputs.length === 0) return NOTHING;
  const outputs = [...view.traces.of(pkg).files.keys()].filter((file) => /\.[cm]?js$/.test(file));
  if (outputs.length === 0) return NOTHING;
  const importers = [...view.demands.ofSources(pkg).bareImporters, ...bundledImporters(view, pkg)];
  const entries = new Set(outputs.flatMap((file) => sourceEntryOf(disk, pkg, file) ?? []));
  const wanted = importers.flatMap((file) => wantedBy(view, modules, pkg, file));
  const named = namedModules(view, modules, pkg, options.requiredModules ?? []);
  const mayStyle = pkg.source?.json.sideEffects !== undefined;
  if (wanted.length === 0 && named.length === 0 && !mayStyle) return NOTHING;

  const metafile = options.metafile === undefined ? undefined : joinPath(pkg.root, options.metafile);
  const contents = readBundleContents(disk, pkg, outputs, metafile);
  const loaded = new LoadedModules(contents, entries, modules);
  const kept = keptBy(view, pkg);
  const contained = new ContainedModules({ view, pkg, contents, modules, loaded, kept });
  const judged = contained.compare([...wanted, ...named]);
  const styles = mayStyle ? droppedStyles(view, pkg, modules, loaded) : [];
  return { ...judged, dropped: [...judged.dropped, ...styles] };
}

function wantedBy(
  view: WorkspaceView,
  modules: ModuleView,
  pkg: WorkspacePackage,
  file: FilePath,
): readonly NeededModule[] {
  const record = modules.record(file);
  if (!record) return [];
  return bareImports(record).flatMap((request) => {
    const target = modules.follow(file, request);
    if (!target || (target.installed !== undefined && claimsNone(view, target.file))) return [];
    const behind = target.installed === undefined ? modules.effectsBehind(target.file) : [target.file];
    const common = { place: placeOf(file, request), specifier: request.specifier, importer: file, target };
    return behind.map((module): NeededModule => ({
      ...common,
      file: module,
      direct: module === target.file,
      own: isOwn(view, pkg, file),
    }));
  });
}

/**
 * An installed package's `sideEffects` is trusted, because bundlers drop its modules as it allows.
 */
function claimsNone(view: WorkspaceView, file: FilePath): boolean {
  return sideEffectsClaim(view.run.disk, file) !== undefined;
}

function isOwn(view: WorkspaceView, pkg: WorkspacePackage, file: FilePath): boolean {
  return view.resolver.workspacePackageOf(file) === pkg;
}

/**
 * Modules of workspace packages that the output no longer imports because their code is bundled
 * into it. Only texts that may have a bare import are parsed.
 */
function bundledImporters(view: WorkspaceView, pkg: WorkspacePackage): readonly FilePath[] {
  const { disk, workspace } = view.run;
  const kept = keptBy(view, pkg);
  const asked = view.demands.ofSources(pkg).demands.filter(({ phase }) => phase !== 'types');
  const pending = asked.flatMap(({ provider }) => view.run.packageOf(provider) ?? []);
  const seen = new Set([pkg.project]);
  const importers: FilePath[] = [];
  for (let provider = pending.pop(); provider; provider = pending.pop()) {
    if (seen.has(provider.project) || kept.has(provider.project)) continue;
    seen.add(provider.project);
    for (const file of outputFilesOf(disk, workspace, provider)) {
      if (SCRIPT.test(file) && mayImportBare(disk.readText(file) ?? '')) importers.push(file);
    }
    const names = Object.keys(provider.published?.json.dependencies ?? {});
    pending.push(...workspace.packages.filter(({ name }) => name !== undefined && names.includes(name)));
  }
  return importers;
}

const SCRIPT = /(?<!\.d)\.([cm]?[jt]s|[jt]sx)$/;

/** Projects that the output still imports by name. */
function keptBy(view: WorkspaceView, pkg: WorkspacePackage): ReadonlySet<string> {
  // What declarations import is never loaded.
  const loading = view.demands.ofOutput(pkg).demands.filter(({ place }) => !isDeclarationFile(place.file));
  return new Set(loading.map(({ provider }) => provider));
}

function namedModules(
  view: WorkspaceView,
  modules: ModuleView,
  pkg: WorkspacePackage,
  globs: readonly string[],
): readonly NeededModule[] {
  if (globs.length === 0) return [];
  const files = view.run.disk
    .glob(
      globs.map((glob) =>
        glob.startsWith('!') ? `!${joinPath(pkg.root, glob.slice(1))}` : joinPath(pkg.root, glob),
      ),
    )
    .filter((file) => !pkg.outputs.some((output) => isWithin(output, file)));
  return files.flatMap((file): readonly NeededModule[] => {
    const effects = modules.effects(file);
    if (!effects?.hasCode) return [];
    return [{ place: { file, start: 0, end: 0 }, file, direct: true, own: true }];
  });
}
