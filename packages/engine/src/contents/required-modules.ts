import type { Lens } from '../workspace-view.js';
import type { VerifyOptions } from '../model/options.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { Requirements } from '../model/required-module.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { sourceEntryOf } from '../resolve/source-entry.js';
import { outputFilesOf } from '../read/package-files.js';
import { isWithin, joinPath } from '../read/file-path.js';
import { mayImportBare } from '../text-scan/may-import-bare.js';
import { bareImports } from '../trace/bare-imports.js';
import { readBundleContents } from './bundle-contents.js';
import { ContainedModules } from './contained-modules.js';
import type { Wanted } from './contained-modules.js';
import { LoadedModules } from './loaded-modules.js';
import { ModuleView } from './module-view.js';
import { sideEffectsClaim } from './side-effects-claim.js';

const NOTHING: Requirements = { contained: 0, dropped: [], unknown: [] };

/**
 * The modules that a package needs for their side effects, held against its built output: those that its sources, and the workspace
 * packages bundled into it, import without asking for a name, and those that the option `requiredModules` lists. What the bundler
 * says of its output is read only where there is such a module.
 */
export function requirementsOf(lens: Lens, pkg: WorkspacePackage, options: VerifyOptions): Requirements {
  const { disk } = lens.run;
  if (pkg.outputs.length === 0) return NOTHING;
  const outputs = [...lens.traceOf(pkg).files.keys()].filter((file) => /\.[cm]?js$/.test(file));
  if (outputs.length === 0) return NOTHING;
  const view = new ModuleView(lens);
  const importers = [...lens.sourceDemands(pkg).bareImporters, ...bundledImporters(lens, pkg)];
  const wanted = importers.flatMap((file) => wantedBy(lens, view, pkg, file));
  const named = namedModules(lens, view, pkg, options.requiredModules ?? []);
  if (wanted.length === 0 && named.length === 0) return NOTHING;

  const metafile = options.metafile === undefined ? undefined : joinPath(pkg.root, options.metafile);
  const contents = readBundleContents(disk, pkg, outputs, metafile);
  const entries = new Set(outputs.flatMap((file) => sourceEntryOf(disk, pkg, file) ?? []));
  const loaded = new LoadedModules(contents, entries, view);
  const kept = keptBy(lens, pkg);
  const contained = new ContainedModules({ lens, pkg, contents, view, loaded, kept });
  return contained.judge([...wanted, ...named]);
}

function wantedBy(lens: Lens, view: ModuleView, pkg: WorkspacePackage, file: FilePath): readonly Wanted[] {
  const record = view.record(file);
  if (!record) return [];
  return bareImports(record).flatMap((request) => {
    const target = view.follow(file, request);
    if (!target || (target.installed !== undefined && claimsNone(lens, target.file))) return [];
    const behind = target.installed === undefined ? view.effectsBehind(target.file) : [target.file];
    const common = { place: placeOf(file, request), specifier: request.specifier, importer: file, target };
    return behind.map((module): Wanted => ({
      ...common,
      file: module,
      direct: module === target.file,
      own: isOwn(lens, pkg, file),
    }));
  });
}

/** An installed package that says to have no side effects is its author's word, and dropping it what bundlers are meant to do. */
function claimsNone(lens: Lens, file: FilePath): boolean {
  return sideEffectsClaim(lens.run.disk, file) !== undefined;
}

function isOwn(lens: Lens, pkg: WorkspacePackage, file: FilePath): boolean {
  return lens.resolver.workspacePackageOf(file) === pkg;
}

/**
 * Modules of workspace packages that the output no longer asks for, as their code was bundled into it. Texts tell which may import
 * for no name, so that nothing else of these packages is parsed.
 */
function bundledImporters(lens: Lens, pkg: WorkspacePackage): readonly FilePath[] {
  const { disk, workspace } = lens.run;
  const kept = keptBy(lens, pkg);
  const asked = lens.sourceDemands(pkg).demands.filter(({ phase }) => phase !== 'types');
  const pending = asked.flatMap(({ provider }) => lens.run.packageOf(provider) ?? []);
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

/** Projects that the output still asks for by name. */
function keptBy(lens: Lens, pkg: WorkspacePackage): ReadonlySet<string> {
  return new Set(lens.outputDemands(pkg).demands.map(({ provider }) => provider));
}

function namedModules(
  lens: Lens,
  view: ModuleView,
  pkg: WorkspacePackage,
  globs: readonly string[],
): readonly Wanted[] {
  if (globs.length === 0) return [];
  const files = lens.run.disk
    .glob(
      globs.map((glob) =>
        glob.startsWith('!') ? `!${joinPath(pkg.root, glob.slice(1))}` : joinPath(pkg.root, glob),
      ),
    )
    .filter((file) => !pkg.outputs.some((output) => isWithin(output, file)));
  return files.flatMap((file): readonly Wanted[] => {
    const effects = view.effects(file);
    if (!effects?.hasCode) return [];
    return [{ place: { file, start: 0, end: 0 }, file, direct: true, own: true }];
  });
}
