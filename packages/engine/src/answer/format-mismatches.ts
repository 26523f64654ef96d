import type { Demand, EntryPlace, Mode } from '../model/demand.js';
import type { FormatMismatch } from '../model/format-mismatch.js';
import type { FilePath } from '../model/place.js';
import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';
import type { ModuleStore } from '../parse/module-store.js';
import { compilerSettingsOf, followsNode, refusesRequiredModules } from '../read/compiler-settings.js';
import type { Disk } from '../read/disk.js';
import { formatOf } from '../read/package-scope.js';
import type { Resolver } from '../resolve/resolver.js';
import { viewOfEntry } from '../surface/ambient-entry.js';
import type { Surfaces } from '../surface/surfaces.js';

/** What comparing formats needs from the workspace. */
export interface FormatContext {
  readonly disk: Disk;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  readonly surfaces: Surfaces;
  packageOf(project: string): WorkspacePackage | undefined;
  entryPointsOf(pkg: WorkspacePackage): readonly EntryPoint[];
}

/**
 * Entry points whose declarations and JavaScript have different formats in one mode. They are the
 * project's own, and those of other packages if an import is affected.
 *
 * @param demands imports from the packages: TypeScript decides by the format what a default import
 *   is, and before `nodenext` it rejects every import of an ES module from CommonJS (TS1479)
 */
export function formatMismatches(
  context: FormatContext,
  own: WorkspacePackage,
  demands: readonly Demand[],
): readonly FormatMismatch[] {
  const asked = demands.filter(
    ({ provider, origin, form, phase }) =>
      origin === 'source' && isStatement(form) && phase !== 'types' && provider !== own.project,
  );
  const providers = new Set(asked.map(({ provider }) => provider));
  const others = [...providers].flatMap((project) => {
    const ofProvider = asked.filter(({ provider }) => provider === project);
    // A provider may have thousands of entry points. Only imported ones can be misread.
    const subpaths = [...new Set(ofProvider.map(({ subpath }) => subpath))].sort();
    return mismatchesOf(context, context.packageOf(project)!, subpaths, ofProvider);
  });
  const isPrivate = !own.publication.published;
  const mine = mismatchesOf(
    context,
    own,
    context.entryPointsOf(own).map(({ subpath }) => subpath),
    demands.filter(({ provider }) => provider === own.project),
  );
  // All consumers of a private package are in the workspace.
  const reported = isPrivate ? mine.filter(isMisread) : mine;
  return [...reported, ...others.filter(isMisread)];
}

function isMisread({ misread }: FormatMismatch): boolean {
  return misread.length > 0;
}

function mismatchesOf(
  context: FormatContext,
  pkg: WorkspacePackage,
  subpaths: readonly string[],
  demands: readonly Demand[],
): readonly FormatMismatch[] {
  const found = new Map<string, FormatMismatch>();
  for (const subpath of subpaths) {
    if (subpath.includes('*')) continue;
    for (const mode of ['import', 'require'] as const) {
      const runtime = context.resolver.resolveEntry(pkg, subpath, { mode, phase: 'runtime' });
      const types = context.resolver.resolveEntry(pkg, subpath, { mode, phase: 'types' });
      if (runtime.outcome !== 'file' || types.outcome !== 'file') continue;
      const format = scriptFormat(context, runtime.file);
      if (!format || !/\.d(\.[^./]+)?\.[cm]?ts$/.test(types.file)) continue;
      if (formatOf(context.disk, types.file, false) === format) continue;
      const key = `${runtime.file}\n${types.file}`;
      if (found.has(key)) continue;
      const refusable = mode === 'import' || format === 'commonjs';
      const misread = refusable ? misreadBy(context, demands, { provider: pkg.project, subpath, mode }) : [];
      found.set(key, {
        project: pkg.project,
        mode,
        runtime: placed(runtime),
        types: placed(types),
        format,
        failsForImporters:
          (mode === 'require' && format === 'commonjs') ||
          hasDefault(context, types.file, specifierOf(pkg, subpath), mode),
        misread,
      });
    }
  }
  return [...found.values()];
}

function hasDefault({ surfaces }: FormatContext, file: FilePath, specifier: string, mode: Mode): boolean {
  const view = viewOfEntry(surfaces.host, file, specifier, { phase: 'types', mode });
  return surfaces.binding(file, 'default', view).kind !== 'none';
}

function specifierOf({ name, project }: WorkspacePackage, subpath: string): string {
  return `${name ?? project}${subpath.slice(1)}`;
}

function placed({ subpath, conditions, target, file, place }: EntryPlace): EntryPlace {
  return { subpath, conditions, target, file, ...(place && { place }) };
}

/**
 * Node's format, unless the syntax contradicts it. Without a `type`, the syntax alone would decide.
 */
function scriptFormat(context: FormatContext, file: FilePath): 'esm' | 'commonjs' | undefined {
  const record = context.modules.record(file);
  if (record?.language !== 'js' || record.syntaxError) return undefined;
  const format = formatOf(context.disk, file, false);
  const isModule =
    format === 'esm' ? record.commonjs === undefined || isBare(record.commonjs) : record.hasModuleSyntax;
  return (format === 'esm') === isModule ? format : undefined;
}

/** The text has no sign of CommonJS. */
function isBare({
  assigned,
  assignedFrom,
  open,
}: {
  assigned: readonly unknown[];
  assignedFrom: readonly unknown[];
  open: readonly unknown[];
}): boolean {
  return assigned.length + assignedFrom.length + open.length === 0;
}

/**
 * Imports whose result depends on the declarations' format (`module` is node16 or similar): default
 * imports, and all imports in CommonJS.
 */
function misreadBy(
  context: FormatContext,
  demands: readonly Demand[],
  asked: { readonly provider: string; readonly subpath: string; readonly mode: Mode },
): FormatMismatch['misread'] {
  const { disk } = context;
  const seen = new Set<string>();
  return demands.flatMap((demand) => {
    const { place, specifierPlace, provider, subpath, name, origin, form, phase, dependent } = demand;
    if (provider !== asked.provider || subpath !== asked.subpath || demand.member !== undefined) return [];
    if (origin !== 'source' || !isStatement(form) || phase === 'types') return [];
    if (!/\.[cm]?tsx?$/.test(place.file)) return [];
    const settings = compilerSettingsOf(disk, place.file);
    const isModule = formatOf(disk, place.file, false) === 'esm';
    if (asked.mode === 'import')
      return isModule && form === 'import' && name === 'default' && followsNode(settings)
        ? { project: dependent, place }
        : [];
    // TypeScript rejects the whole statement, whatever it imports.
    const key = `${specifierPlace.file} ${specifierPlace.start}`;
    if (isModule || seen.has(key) || !refusesRequiredModules(settings)) return [];
    seen.add(key);
    return { project: dependent, place: specifierPlace };
  });
}

function isStatement(form: Demand['form']): boolean {
  return form === 'import' || form === 'import-equals';
}
