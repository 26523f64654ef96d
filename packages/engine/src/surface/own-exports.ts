import { remembered } from '../collections/remembered.js';
import type { ExportEntry, LocalDeclaration, ModuleRecord } from '../model/module-record.js';
import type { OfferedName } from '../model/surface.js';
import type { Binding } from './binding.js';
import type { LinkStep } from './link-step.js';
import { hasSyntheticDefault } from './synthetic-default.js';

export type NamedExport = Extract<ExportEntry, { readonly name: string }>;

const ownExportsByRecord = new WeakMap<ModuleRecord, Map<string, NamedExport>>();

/**
 * Explicit exports by name. If a name is exported twice (a type and a value), this is the value's
 * entry.
 */
export function ownExport(record: ModuleRecord, name: string): NamedExport | undefined {
  return remembered(ownExportsByRecord, record, () => ownExportsOf(record)).get(name);
}

function ownExportsOf({ exports }: ModuleRecord): Map<string, NamedExport> {
  const table = new Map<string, NamedExport>();
  for (const entry of exports) {
    if (entry.kind === 'star' || entry.kind === 'assignment') continue;
    const present = table.get(entry.name);
    if (!present || (present.typeOnly && !entry.typeOnly)) table.set(entry.name, entry);
  }
  return table;
}

type Star = Extract<ExportEntry, { readonly kind: 'star' }>;

const starsByRecord = new WeakMap<ModuleRecord, readonly Star[]>();

/** The `export *` of a module. Each name that a module lacks is searched in all of them. */
export function starsOf(record: ModuleRecord): readonly Star[] {
  return remembered(starsByRecord, record, () => record.exports.filter((entry) => entry.kind === 'star'));
}

/** A re-export of one name from another file. */
export interface Reexport {
  readonly from: LinkStep;
  readonly entry: NamedExport & { readonly kind: 'indirect' };
  readonly to: LinkStep;
}

/** What an explicit export of the step's file resolves to, or the file that it is re-exported from. */
export function ownBinding(step: LinkStep, entry: NamedExport): Binding | Reexport {
  const record = step.record!;
  if (entry.kind === 'local') return localBinding(step, record, entry);
  const request = record.requests[entry.request]!;
  const target = step.follow(request);
  const place = step.placeOf(entry);
  if (target.kind === 'unknown') return { kind: 'unknown', unknownFact: target.unknownFact };
  if (target.kind === 'refused') {
    const reason = `"${request.specifier}" does not resolve`;
    return { kind: 'unknown', unknownFact: { kind: 'unresolved-star', reason, place } };
  }
  // TypeScript then uses `any`, without an error in the importer.
  if (target.kind === 'missing' && target.extensionless) {
    const reason = `"${request.specifier}" has no extension, so TypeScript does not find it under nodenext`;
    return { kind: 'unknown', unknownFact: { kind: 'unresolved-star', reason, place } };
  }
  if (target.kind === 'missing') {
    return {
      kind: 'none',
      broken: {
        kind: 'missing-module',
        place: step.placeOf(request),
        specifier: request.specifier,
        target: target.target,
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
  return { from: step, entry, to: step.into(target) };
}

/**
 * What a re-export results in.
 *
 * @param binding what the name resolves to in the file that it is re-exported from
 */
export function bindingThrough({ from, entry, to }: Reexport, binding: Binding): Binding {
  if (binding.kind === 'found')
    return { ...binding, offered: renamed(binding.offered, entry.name, entry.typeOnly) };
  if (binding.kind === 'unknown' || binding.kind === 'ambiguous' || binding.broken) return binding;
  const record = from.record!;
  const place = from.placeOf(entry);
  const isDefault = entry.importName === 'default' && isTyped(record);
  if (isDefault && hasSyntheticDefault(from.linker, to.file, to.view)) {
    const offered = { name: entry.name, value: !entry.typeOnly, type: true, origin: place };
    return { kind: 'found', offered, id: `${to.file}#=` };
  }
  return {
    kind: 'none',
    broken: {
      kind: 'missing-export',
      place,
      name: entry.importName,
      specifier: record.requests[entry.request]!.specifier,
      target: to.file,
      offers: [],
    },
  };
}

/** A name under the name that it is re-exported as. */
export function renamed(offered: OfferedName, name: string, typeOnly: boolean): OfferedName {
  if (!typeOnly) return offered.name === name ? offered : { ...offered, name };
  return { ...offered, name, value: false, type: true };
}

/** TypeScript's rules apply: the file is a source or declarations. */
export function isTyped({ language }: ModuleRecord): boolean {
  return language !== 'js' && language !== 'jsx';
}

/**
 * In JavaScript a local export is a value. In TypeScript the merged declarations of the local name
 * decide.
 */
function localBinding(step: LinkStep, record: ModuleRecord, entry: NamedExport & { kind: 'local' }): Binding {
  const local = entry.local === undefined ? undefined : localsOf(record).get(entry.local);
  const origin = step.placeOf(local ?? entry);
  const id = `${step.id}#${entry.local ?? `export ${entry.name}`}`;
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
  return remembered(localsByRecord, record, () => new Map(record.locals.map((local) => [local.name, local])));
}
