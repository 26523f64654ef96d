import type { LinkError } from '../model/demand.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import { placeOf } from '../surface/follow.js';
import type { LinkHost } from '../surface/follow.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT, REQUIRE } from '../surface/view.js';
import type { View } from '../surface/view.js';

/** The files of one package that its entry points lead to, each with its record, in the order they were reached. */
export type OutputClosure = ReadonlyMap<FilePath, ModuleRecord>;

const LOADING_FORMS = new Set<ModuleRequest['form']>([
  'import',
  'export-from',
  'export-star',
  'dynamic-import',
  'require',
  'import-equals',
  'import-type',
  'reference',
]);

/**
 * Follows relative requests from the entry files, inside the package.
 *
 * @param entries files to start from
 * @param inside whether a file belongs to the package
 */
export function outputClosure(
  host: LinkHost,
  entries: readonly FilePath[],
  inside: (file: FilePath) => boolean,
): OutputClosure {
  const closure = new Map<FilePath, ModuleRecord>();
  const pending = [...entries];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (closure.has(file) || !inside(file)) continue;
    const record = host.record(file);
    if (!record) continue;
    closure.set(file, record);
    for (const request of record.requests) {
      if (!LOADING_FORMS.has(request.form) || !isLocal(request.specifier)) continue;
      const target = host.follow(file, request, viewOf(record, request));
      if (target.kind === 'file' && !closure.has(target.file)) pending.push(target.file);
    }
  }
  return closure;
}

function isLocal(specifier: string): boolean {
  return specifier.startsWith('.') || specifier.startsWith('#');
}

function viewOf(record: ModuleRecord, request: ModuleRequest): View {
  if (record.language === 'dts') return { phase: 'types', mode: 'import' };
  return request.form === 'require' || request.form === 'import-equals' ? REQUIRE : IMPORT;
}

/**
 * What Node's linker would reject in the ES modules that an entry file loads before it runs: relative static imports of
 * files that are not there, and of names that those do not export (ECMA-262 16.2.1.6.2, InitializeEnvironment).
 *
 * Requests for packages are left to the demands; dynamic imports fail later, if at all; CommonJS has no link phase.
 */
export function linkErrorsFrom(
  surfaces: Surfaces,
  entry: FilePath,
  inside: (file: FilePath) => boolean,
  errorsOf: (file: FilePath) => readonly LinkError[],
): readonly LinkError[] {
  const { host } = surfaces;
  const errors: LinkError[] = [];
  const visited = new Set<FilePath>();
  const pending = [entry];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (visited.has(file) || !inside(file)) continue;
    visited.add(file);
    const record = host.record(file);
    if (!record || !isLinked(record)) continue;
    errors.push(...errorsOf(file));
    for (const request of record.requests) {
      if (!isStatic(request) || !isLocal(request.specifier)) continue;
      const target = host.follow(file, request, IMPORT);
      if (target.kind === 'file') pending.push(target.file);
    }
  }
  return errors;
}

/** Only built JavaScript is linked as it stands; sources are what a compiler makes of them. */
function isLinked(record: ModuleRecord): boolean {
  return record.hasModuleSyntax && (record.language === 'js' || record.language === 'jsx');
}

function isStatic({ form }: ModuleRequest): boolean {
  return form === 'import' || form === 'export-from' || form === 'export-star';
}

/** The link errors of one module's own static imports. */
export function linkErrorsOf(surfaces: Surfaces, file: FilePath): readonly LinkError[] {
  const { host } = surfaces;
  const record = host.record(file);
  if (!record || !isLinked(record)) return [];
  return record.requests.flatMap((request): readonly LinkError[] => {
    if (!isStatic(request) || !isLocal(request.specifier)) return [];
    const target = host.follow(file, request, IMPORT);
    if (target.kind === 'missing') {
      const place = placeOf(file, request);
      return [{ kind: 'missing-module', place, specifier: request.specifier, near: target.near }];
    }
    return target.kind === 'file' ? nameErrors(surfaces, file, request, target.file, target.view) : [];
  });
}

function nameErrors(
  surfaces: Surfaces,
  file: FilePath,
  request: ModuleRequest,
  target: FilePath,
  view: View,
): readonly LinkError[] {
  return request.names.flatMap((asked): readonly LinkError[] => {
    // Members of a namespace object are looked up while the program runs, not linked.
    if (asked.via !== 'named' && asked.via !== 'default') return [];
    const binding = surfaces.binding(target, asked.name, view);
    const common = { place: placeOf(file, asked), name: asked.name, specifier: request.specifier, target };
    if (binding.kind === 'ambiguous')
      return [{ kind: 'ambiguous-export', ...common, origins: binding.origins }];
    // A re-export that leads nowhere is told where it stands, in its own module.
    if (binding.kind !== 'none' || binding.broken) return [];
    return [{ kind: 'missing-export', ...common, offers: [...surfaces.of(target, view).names.keys()] }];
  });
}
