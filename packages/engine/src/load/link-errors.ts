import { reachedFrom } from '../collections/reached-from.js';
import type { LinkError, ThrowingExport } from '../model/demand.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath, Place, Span } from '../model/place.js';
import type { LocalExport } from '../parse/undeclared-exports.js';
import type { LinkHost } from '../surface/follow.js';
import type { UnknownFact } from '../model/surface.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT, REQUIRE } from '../surface/view.js';
import type { View } from '../surface/view.js';

function isLocal(specifier: string): boolean {
  return specifier.startsWith('.') || specifier.startsWith('#');
}

function viewOf(record: ModuleRecord, request: ModuleRequest): View {
  if (record.language === 'dts') return { phase: 'types', mode: 'import' };
  return request.form === 'require' || request.form === 'import-equals' ? REQUIRE : IMPORT;
}

/**
 * What Node rejects in the modules that an entry file loads: relative static imports of missing
 * files, and of names that a file does not export (ECMA-262 16.2.1.6.2, InitializeEnvironment). In
 * CommonJS, which has no link phase: an unguarded `require` of a missing file that always runs.
 *
 * Requests for packages are checked as imports. Dynamic imports and calls in functions fail later,
 * if at all.
 */
export function linkErrorsFrom(
  surfaces: Surfaces,
  entry: FilePath,
  inside: (file: FilePath) => boolean,
  errorsOf: (file: FilePath) => readonly LinkError[],
): readonly LinkError[] {
  return loadedWith(surfaces, entry, inside).flatMap((file) => errorsOf(file));
}

/** The built files of one package that always load with one of them. */
export function loadedWith(
  { host }: Surfaces,
  entry: FilePath,
  inside: (file: FilePath) => boolean,
): readonly FilePath[] {
  const loaded = reachedFrom([entry], (file) => {
    const record = inside(file) ? host.record(file) : undefined;
    return record && isBuilt(record) ? localTargets(host, file, record) : undefined;
  });
  return [...loaded];
}

/** The files that a built module's own requests always load. */
export function localTargets(host: LinkHost, file: FilePath, record: ModuleRecord): readonly FilePath[] {
  return record.requests.flatMap((request) => {
    if (!isLoaded(record, request) || !isLocal(request.specifier)) return [];
    const target = host.follow(file, request, viewOf(record, request));
    return target.kind === 'file' ? target.file : [];
  });
}

/** Only built JavaScript is linked as written. A compiler changes sources first. */
export function isBuilt(record: ModuleRecord): boolean {
  return record.language === 'js' || record.language === 'jsx';
}

/** Whether a request always runs when its module loads, and no code handles its failure. */
export function isLoaded(record: ModuleRecord, { form, guarded, deferred }: ModuleRequest): boolean {
  if (form === 'require') return record.commonjs !== undefined && !guarded && !deferred;
  return isStatic({ form });
}

/** Whether a request is in an import or export statement. */
export function isStatic({ form }: Pick<ModuleRequest, 'form'>): boolean {
  return form === 'import' || form === 'export-from' || form === 'export-star';
}

/** The errors of one module's own requests. */
export function linkErrorsOf(
  surfaces: Surfaces,
  file: FilePath,
  undeclaredIn: (file: FilePath) => readonly LocalExport[],
): readonly LinkError[] {
  const { host } = surfaces;
  const record = host.record(file);
  if (!record || !isBuilt(record)) return [];
  const hasLocals = record.exports.some((entry) => entry.kind === 'local' && entry.local !== undefined);
  const undeclared = hasLocals ? undeclaredIn(file) : [];
  return [
    ...undeclared.map((entry) => undeclaredName(file, entry, entry.local!)),
    ...unsetExports(surfaces, file),
    ...requestErrors(surfaces, file, record),
  ];
}

/** Names of a CommonJS module that get the value of a variable that nothing declares, while the module loads. */
export function unsetExports({ host }: Surfaces, file: FilePath): readonly LinkError[] {
  const unset = host.record(file)?.commonjs?.assigned.filter(({ fails }) => fails) ?? [];
  return unset.map((entry) => undeclaredName(file, entry, entry.name));
}

/** Names of a CommonJS entry file whose getters throw: nothing declares the variable that they read. */
export function throwingExports({ host }: Surfaces, file: FilePath): readonly ThrowingExport[] {
  const assigned = host.record(file)?.commonjs?.assigned ?? [];
  return assigned
    .filter(({ throws }) => throws)
    .map((entry) => ({ name: entry.name, place: placeOf(file, entry) }));
}

/**
 * Names of a CommonJS entry file that are undefined: what they are read from does not export them. Compilers that compile each file alone
 * leave such names for types, so call it only for entry points without declarations.
 */
export function undefinedExports(surfaces: Surfaces, file: FilePath): readonly ThrowingExport[] {
  if (surfaces.kindOf(file, REQUIRE).format !== 'commonjs') return [];
  const { names } = surfaces.of(file, REQUIRE);
  const throwing = new Set(throwingExports(surfaces, file).map(({ name }) => name));
  return [...names.values()]
    .filter(({ name, lost }) => lost === true && !throwing.has(name))
    .map(({ name, origin }) => ({ name, place: origin, isUndefined: true as const }));
}

function undeclaredName(file: FilePath, span: Span, name: string): LinkError {
  const place = placeOf(file, span);
  return { kind: 'missing-export', place, name, specifier: '', target: file, offers: [], undeclared: true };
}

function requestErrors(surfaces: Surfaces, file: FilePath, record: ModuleRecord): readonly LinkError[] {
  const { host } = surfaces;
  return record.requests.flatMap((request): readonly LinkError[] => {
    if (!isLoaded(record, request)) return [];
    const required = request.form === 'require';
    const alias = request.base === undefined ? host.leftAlias(file, request.specifier) : undefined;
    if (alias) {
      const place = placeOf(file, request);
      const { specifier } = request;
      return [
        {
          kind: 'missing-module',
          place,
          specifier,
          target: specifier,
          near: [],
          alias,
          ...(required && { required }),
        },
      ];
    }
    if (!isLocal(request.specifier)) return [];
    const target = host.follow(file, request, viewOf(record, request));
    if (target.kind === 'missing') {
      const { specifier } = request;
      const place = placeOf(file, request);
      const { near, unserved } = target;
      return [
        {
          kind: 'missing-module',
          place,
          specifier,
          target: target.target,
          near,
          ...(required && { required }),
          ...(unserved !== undefined && { unserved }),
        },
      ];
    }
    if (target.kind === 'unknown' && target.unlisted !== undefined && !required) {
      const { specifier } = request;
      const place = placeOf(file, request);
      const { unlisted: unserved, forBundlers } = target;
      const found = { place, specifier, target: unserved, near: [], unserved };
      return [{ kind: 'missing-module', ...found, nodeOnly: true, ...(forBundlers && { forBundlers }) }];
    }
    if (required) return [];
    return target.kind === 'file' ? nameErrors(surfaces, file, request, target.file, target.view) : [];
  });
}

/** Why it is unknown whether a file links: a name that it imports is behind a `#name` that only a bundler may resolve. */
export function unlistedLink(surfaces: Surfaces, file: FilePath): UnknownFact | undefined {
  const { host } = surfaces;
  const record = host.record(file);
  if (!record || !isBuilt(record)) return undefined;
  for (const request of record.requests) {
    if (request.form === 'require' || !isLoaded(record, request) || !isLocal(request.specifier)) continue;
    const target = host.follow(file, request, viewOf(record, request));
    if (target.kind !== 'file') continue;
    for (const { via, name } of request.names) {
      if (via !== 'named' && via !== 'default') continue;
      const binding = surfaces.binding(target.file, name, target.view);
      if (binding.kind === 'unknown' && binding.unknownFact.unlisted) return binding.unknownFact;
    }
  }
  return undefined;
}

function nameErrors(
  surfaces: Surfaces,
  file: FilePath,
  request: ModuleRequest,
  target: FilePath,
  view: View,
): readonly LinkError[] {
  return request.names.flatMap((asked): readonly LinkError[] => {
    // Members of a namespace object are read while the program runs, not linked.
    if (asked.via !== 'named' && asked.via !== 'default') return [];
    const binding = surfaces.binding(target, asked.name, view);
    const common = { place: placeOf(file, asked), name: asked.name, specifier: request.specifier, target };
    if (binding.kind === 'ambiguous')
      return [{ kind: 'ambiguous-export', ...common, origins: binding.origins }];
    if (binding.kind !== 'none') return [];
    // A broken re-export is reported in its own module. Here it counts only if it returns to this
    // one.
    if (binding.broken && !isReexport(surfaces, file, request, binding.broken.place)) return [];
    return [{ kind: 'missing-export', ...common, offers: [...surfaces.of(target, view).names.keys()] }];
  });
}

/** Whether a place is a re-export of the request. */
function isReexport(surfaces: Surfaces, file: FilePath, request: ModuleRequest, place: Place): boolean {
  if (place.file !== file) return false;
  const { requests, exports } = surfaces.host.record(file)!;
  return exports.some(
    (entry) =>
      entry.kind === 'indirect' && requests[entry.request] === request && entry.start === place.start,
  );
}
