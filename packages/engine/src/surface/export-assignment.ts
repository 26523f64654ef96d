import type { ExportEntry, ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { OfferedName, Opening } from '../model/surface.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { namesThrough } from './esm-linking.js';
import { placeOf } from './follow.js';
import type { FoundNames, Surfaces } from './surfaces.js';
import type { View } from './view.js';

type Assignment = Extract<ExportEntry, { readonly kind: 'assignment' }>;

/**
 * A name of a module that says `export = X`: a member of X's namespace or written-out object type. `default` is X itself,
 * as `esModuleInterop` and Node's import of CommonJS have it.
 */
export function assignmentBinding(
  surfaces: Surfaces,
  file: FilePath,
  record: ModuleRecord,
  assignment: Assignment,
  name: string,
  view: View,
  visited: Set<string>,
): Binding {
  if (assignment.request !== undefined) {
    const target = surfaces.host.follow(file, record.requests[assignment.request]!, view);
    if (target.kind === 'unknown') return target;
    if (target.kind === 'file') return surfaces.resolve(target.file, name, target.view, visited);
    return NONE;
  }
  const member = assignment.members.find((candidate) => candidate.name === name);
  if (member) {
    const { from } = member;
    const target = from && surfaces.host.follow(file, record.requests[from.request]!, view);
    if (from && target?.kind === 'file') {
      const binding = surfaces.resolve(target.file, from.importName, target.view, visited);
      if (binding.kind === 'found') return { ...binding, offered: { ...binding.offered, name } };
    }
    const offered: OfferedName = {
      name,
      value: member.value,
      type: member.type,
      origin: placeOf(file, member),
    };
    return { kind: 'found', offered, id: `${file}#=.${name}` };
  }
  if (name === 'default') {
    const offered: OfferedName = { name, value: true, type: true, origin: placeOf(file, assignment) };
    return { kind: 'found', offered, id: `${file}#=` };
  }
  return assignment.open === undefined ? NONE : { kind: 'unknown', opening: openingOf(file, assignment) };
}

/** All names of a module that says `export = X`, `default` included. */
export function assignmentNames(
  surfaces: Surfaces,
  file: FilePath,
  record: ModuleRecord,
  assignment: Assignment,
  view: View,
  visited: Set<FilePath>,
): FoundNames {
  if (assignment.request !== undefined) {
    return namesThrough(surfaces, file, record.requests[assignment.request]!, view, visited);
  }
  const names = new Set(['default', ...assignment.members.map((member) => member.name)]);
  return { names, openings: assignment.open === undefined ? [] : [openingOf(file, assignment)] };
}

/**
 * Whether declarations say `export =` of something that import statements can only take as a whole (TS2497).
 *
 * @param file declarations, or a TypeScript source
 */
export function importsWholeOnly(surfaces: Surfaces, file: FilePath, view: View): boolean {
  const visited = new Set<FilePath>();
  for (let at = file; !visited.has(at);) {
    visited.add(at);
    const assignment = assignmentOf(surfaces.host.record(at));
    if (assignment?.request === undefined) return assignment?.wholeOnly === true;
    const target = surfaces.host.follow(at, surfaces.host.record(at)!.requests[assignment.request]!, view);
    if (target.kind !== 'file') return false;
    at = target.file;
  }
  return false;
}

/** The `export =` of TypeScript or declarations. */
export function assignmentOf(record: ModuleRecord | undefined): Assignment | undefined {
  return record?.exports.find((entry) => entry.kind === 'assignment');
}

function openingOf(file: FilePath, assignment: Assignment): Opening {
  return { kind: 'opaque-exports', reason: assignment.open!, place: placeOf(file, assignment) };
}
