import type { ExportEntry, LocalDeclaration, ModuleRecord } from '../model/module-record.js';
import type { FilePath, Place } from '../model/place.js';
import type { OfferedName, Opening } from '../model/surface.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { assignmentBinding, assignmentNames, assignmentOf } from './export-assignment.js';
import { placeOf } from './follow.js';
import type { FoundNames, Surfaces } from './surfaces.js';
import { hasSyntheticDefault } from './synthetic-default.js';
import { typedStarBinding } from './typed-stars.js';
import type { View } from './view.js';

/**
 * One name of a module with `export` syntax: ECMA-262 16.2.1.7.2.2 ResolveExport. For declarations and TypeScript sources
 * the result also says value or type, and stars are TypeScript's (`typedStarBinding`).
 */
export function esmBinding(
  surfaces: Surfaces,
  file: FilePath,
  name: string,
  view: View,
  visited: Set<string>,
): Binding {
  const record = surfaces.host.record(file)!;
  const own = ownExport(record, name);
  if (own) return ownBinding(surfaces, file, record, own, view, visited);
  const assignment = assignmentOf(record);
  if (assignment) return assignmentBinding(surfaces, file, record, assignment, name, view, visited);
  if (name === 'default') return NONE;
  const typed = record.language !== 'js' && record.language !== 'jsx';
  if (typed) return typedStarBinding(surfaces, file, name, view, visited);
  return starBinding(surfaces, file, record, name, view, visited);
}

type NamedExport = Extract<ExportEntry, { readonly name: string }>;

const ownExportsByRecord = new WeakMap<ModuleRecord, Map<string, NamedExport>>();

/** Explicit exports by name. Where a name stands twice (a type and a value), the value's entry comes first. */
export function ownExport(record: ModuleRecord, name: string): NamedExport | undefined {
  let table = ownExportsByRecord.get(record);
  if (!table) {
    table = new Map();
    for (const entry of record.exports) {
      if (entry.kind === 'star' || entry.kind === 'assignment') continue;
      const present = table.get(entry.name);
      if (!present || (present.typeOnly && !entry.typeOnly)) table.set(entry.name, entry);
    }
    ownExportsByRecord.set(record, table);
  }
  return table.get(name);
}

export function ownBinding(
  surfaces: Surfaces,
  file: FilePath,
  record: ModuleRecord,
  entry: NamedExport,
  view: View,
  visited: Set<string>,
): Binding {
  if (entry.kind === 'local') return localBinding(file, record, entry);
  const request = record.requests[entry.request]!;
  const target = surfaces.host.follow(file, request, view);
  const place = placeOf(file, entry);
  if (target.kind === 'unknown') return { kind: 'unknown', opening: target.opening };
  if (target.kind === 'refused')
    return { kind: 'unknown', opening: refusedOpening(file, entry, request.specifier) };
  if (target.kind === 'missing') {
    return {
      kind: 'none',
      broken: {
        kind: 'missing-module',
        place: placeOf(file, request),
        specifier: request.specifier,
        near: target.near,
        ...(target.unserved !== undefined && { unserved: target.unserved }),
      },
    };
  }
  if (entry.kind === 'namespace') {
    const offered = {
      name: entry.name,
      value: !entry.typeOnly,
      type: true,
      origin: place,
      namespaceOf: target.file,
      namespaceMode: target.view.mode,
    };
    return { kind: 'found', offered, id: `${target.file}#*` };
  }
  const binding = surfaces.resolve(target.file, entry.importName, target.view, visited);
  if (binding.kind === 'found')
    return { ...binding, offered: renamed(binding.offered, entry.name, entry.typeOnly) };
  if (binding.kind === 'unknown' || binding.kind === 'ambiguous' || binding.broken) return binding;
  const typed = record.language !== 'js' && record.language !== 'jsx';
  if (entry.importName === 'default' && typed && hasSyntheticDefault(surfaces, target.file, target.view)) {
    const offered = { name: entry.name, value: !entry.typeOnly, type: true, origin: place };
    return { kind: 'found', offered, id: `${target.file}#=` };
  }
  return {
    kind: 'none',
    broken: {
      kind: 'missing-export',
      place,
      name: entry.importName,
      specifier: request.specifier,
      target: target.file,
      offers: [],
    },
  };
}

export function renamed(offered: OfferedName, name: string, typeOnly: boolean): OfferedName {
  if (!typeOnly) return offered.name === name ? offered : { ...offered, name };
  return { ...offered, name, value: false, type: true };
}

/** JavaScript's local exports are values; elsewhere the merged declarations of the local name tell. */
function localBinding(file: FilePath, record: ModuleRecord, entry: NamedExport & { kind: 'local' }): Binding {
  const local = entry.local === undefined ? undefined : localsOf(record).get(entry.local);
  const origin = placeOf(file, local ?? entry);
  const id = `${file}#${entry.local ?? `export ${entry.name}`}`;
  const value = !entry.typeOnly && (local ? local.value : true);
  const type = local ? local.type : entry.typeOnly;
  const offered = {
    name: entry.name,
    value,
    type,
    origin,
    ...(entry.local !== undefined && { local: entry.local }),
  };
  return { kind: 'found', offered: local?.constEnum ? { ...offered, constEnum: true } : offered, id };
}

const localsByRecord = new WeakMap<ModuleRecord, Map<string, LocalDeclaration>>();

export function localsOf(record: ModuleRecord): ReadonlyMap<string, LocalDeclaration> {
  let table = localsByRecord.get(record);
  if (!table) {
    table = new Map(record.locals.map((local) => [local.name, local]));
    localsByRecord.set(record, table);
  }
  return table;
}

function starBinding(
  surfaces: Surfaces,
  file: FilePath,
  record: ModuleRecord,
  name: string,
  view: View,
  visited: Set<string>,
): Binding {
  let found: (Binding & { kind: 'found' }) | undefined;
  let unknown: Binding | undefined;
  for (const entry of record.exports) {
    if (entry.kind !== 'star') continue;
    const target = surfaces.host.follow(file, record.requests[entry.request]!, view);
    if (target.kind === 'unknown') unknown ??= { kind: 'unknown', opening: target.opening };
    if (target.kind !== 'file') continue;
    const binding = surfaces.resolve(target.file, name, target.view, visited);
    if (binding.kind === 'ambiguous') return binding;
    if (binding.kind === 'unknown') unknown ??= binding;
    if (binding.kind !== 'found') continue;
    if (!found) found = binding;
    else if (found.id !== binding.id) {
      return { kind: 'ambiguous', origins: distinctPlaces([found.offered.origin, binding.offered.origin]) };
    }
  }
  return found ?? unknown ?? NONE;
}

function distinctPlaces(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [`${place.file}:${place.start}`, place])).values()];
}

/**
 * ECMA-262 GetExportedNames: own names and those of every star but `default`, each module once. Openings of stars that
 * lead nowhere known are collected on the way.
 */
export function starNames(
  surfaces: Surfaces,
  file: FilePath,
  view: View,
  visited: Set<FilePath>,
): FoundNames {
  const names = new Set<string>();
  const openings: Opening[] = [];
  visited.add(file);
  const record = surfaces.host.record(file)!;
  for (const entry of record.exports) {
    if (entry.kind === 'assignment') {
      const found = assignmentNames(surfaces, file, record, entry, view, visited);
      for (const name of found.names) names.add(name);
      openings.push(...found.openings);
    } else if (entry.kind !== 'star') {
      names.add(entry.name);
    } else {
      const request = record.requests[entry.request]!;
      const target = surfaces.host.follow(file, request, view);
      if (target.kind === 'file' && assignmentOf(surfaces.host.record(target.file))) continue;
      const found = namesThrough(surfaces, file, request, view, visited);
      for (const name of found.names) if (name !== 'default') names.add(name);
      openings.push(...found.openings);
    }
  }
  const ambient = record.language === 'dts' && !record.hasModuleSyntax && record.ambientModules.length > 0;
  if (ambient) {
    const reason = 'the declarations are ambient modules, which do not belong to an entry point';
    // Of no concern unless somebody asks a name of it: such files are loaded for their effect.
    openings.push({ kind: 'unknown-format', reason, place: placeOf(file, record.ambientModules[0]!) });
  }
  return { names, openings };
}

/** The names that a request's target offers; nothing when the target has been visited or is not there. */
export function namesThrough(
  surfaces: Surfaces,
  file: FilePath,
  request: ModuleRecord['requests'][number],
  view: View,
  visited: Set<FilePath>,
): FoundNames {
  const target = surfaces.host.follow(file, request, view);
  if (target.kind === 'unknown') return { names: new Set(), openings: [target.opening] };
  if (target.kind !== 'file' || visited.has(target.file)) return { names: new Set(), openings: [] };
  const kind = surfaces.kindOf(target.file, target.view);
  if (kind.format === 'unreadable') return { names: new Set(), openings: [kind.opening] };
  if (kind.format !== 'commonjs') return starNames(surfaces, target.file, target.view, visited);
  return surfaces.commonJsNames(target.file, target.view, visited);
}

function refusedOpening(file: FilePath, span: { start: number; end: number }, specifier: string): Opening {
  const reason = `"${specifier}" does not resolve`;
  return { kind: 'unresolved-star', reason, place: placeOf(file, span) };
}
