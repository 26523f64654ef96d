import type { Lens } from '../workspace-view.js';
import type { Demand, EntryPlace, Mode } from '../model/demand.js';
import type { FormatMismatch } from '../model/format-mismatch.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { compilerSettingsOf, followsNode, refusesRequiredModules } from '../read/compiler-settings.js';
import { formatOf } from '../read/package-scope.js';

/**
 * Entry points whose declarations and JavaScript are of different formats, asked in one mode: the project's own, and those of other
 * packages where a demand meets the difference.
 *
 * @param demands what is asked of the packages; TypeScript reads by the format what source imports of `default` are, and before
 *   `nodenext` refuses ES modules to whatever CommonJS imports of them (TS1479)
 */
export function formatMismatches(
  lens: Lens,
  own: WorkspacePackage,
  demands: readonly Demand[],
): readonly FormatMismatch[] {
  const asked = demands.filter(
    ({ provider, origin, form, phase }) =>
      origin === 'source' && isStatement(form) && phase !== 'types' && provider !== own.project,
  );
  const providers = new Set(asked.map(({ provider }) => provider));
  const others = [...providers].flatMap((project) => mismatchesOf(lens, lens.run.packageOf(project)!, asked));
  const isPrivate = (own.published ?? own.source)?.json.private === true;
  const mine = mismatchesOf(
    lens,
    own,
    demands.filter(({ provider }) => provider === own.project),
  );
  // A private package has no consumers but those that are in sight.
  const told = isPrivate ? mine.filter(isMisread) : mine;
  return [...told, ...others.filter(isMisread)];
}

function isMisread({ misread }: FormatMismatch): boolean {
  return misread.length > 0;
}

function mismatchesOf(
  lens: Lens,
  pkg: WorkspacePackage,
  demands: readonly Demand[],
): readonly FormatMismatch[] {
  const found = new Map<string, FormatMismatch>();
  for (const { subpath } of lens.run.entryPointsOf(pkg)) {
    if (subpath.includes('*')) continue;
    for (const mode of ['import', 'require'] as const) {
      const runtime = lens.resolver.resolveEntry(pkg, subpath, { mode, phase: 'runtime' });
      const types = lens.resolver.resolveEntry(pkg, subpath, { mode, phase: 'types' });
      if (runtime.outcome !== 'file' || types.outcome !== 'file') continue;
      const format = scriptFormat(lens, runtime.file);
      if (!format || !/\.d(\.[^./]+)?\.[cm]?ts$/.test(types.file)) continue;
      if (formatOf(lens.run.disk, types.file, false) === format) continue;
      const key = `${runtime.file}\n${types.file}`;
      if (found.has(key)) continue;
      const refusable = mode === 'import' || format === 'commonjs';
      const misread = refusable ? misreadBy(lens, demands, { provider: pkg.project, subpath, mode }) : [];
      found.set(key, {
        project: pkg.project,
        mode,
        runtime: placed(runtime),
        types: placed(types),
        format,
        misread,
      });
    }
  }
  return [...found.values()];
}

function placed({ subpath, conditions, target, file, place }: EntryPlace): EntryPlace {
  return { subpath, conditions, target, file, ...(place && { place }) };
}

/** Node's format, where the syntax does not speak against it; without a `type` it would be told by the syntax alone. */
function scriptFormat(lens: Lens, file: FilePath): 'esm' | 'commonjs' | undefined {
  const record = lens.surfaces.host.record(file);
  if (record?.language !== 'js' || record.syntaxError) return undefined;
  const format = formatOf(lens.run.disk, file, false);
  const isModule =
    format === 'esm' ? record.commonjs === undefined || isBare(record.commonjs) : record.hasModuleSyntax;
  return (format === 'esm') === isModule ? format : undefined;
}

/** Nothing in it says CommonJS. */
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

/** Imports that TypeScript judges by the declarations' format (`module` is node16 and kin): of the default, or any of CommonJS. */
function misreadBy(
  lens: Lens,
  demands: readonly Demand[],
  asked: { readonly provider: string; readonly subpath: string; readonly mode: Mode },
): FormatMismatch['misread'] {
  const { disk } = lens.run;
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
    // The whole statement is refused, whatever it names.
    const key = `${specifierPlace.file} ${specifierPlace.start}`;
    if (isModule || seen.has(key) || !refusesRequiredModules(settings)) return [];
    seen.add(key);
    return { project: dependent, place: specifierPlace };
  });
}

function isStatement(form: Demand['form']): boolean {
  return form === 'import' || form === 'import-equals';
}
