import { remembered } from '../collections/remembered.js';
import type { ExportEntry, ModuleRecord, ModuleRequest } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { OfferedName, UnknownFact } from '../model/surface.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { LinkStep, idOfModule } from './link-step.js';
import type { FoundNames, Linker } from './link-step.js';
import type { View } from './view.js';

type Assignment = Extract<ExportEntry, { readonly kind: 'assignment' }>;

/**
 * A name of a module with `export = X`: a member of X's namespace or of its written object type.
 * `default` is X itself, as with `esModuleInterop` and with Node's import of CommonJS.
 */
export function assignmentBinding(step: LinkStep, assignment: Assignment, name: string): Binding {
  const { requests } = step.record!;
  if (assignment.request !== undefined) {
    const target = step.follow(requests[assignment.request]!);
    if (target.kind === 'unknown') return target;
    if (target.kind === 'file') return step.linker.resolve(step.into(target), name);
    return NONE;
  }
  const member = assignment.members.find((candidate) => candidate.name === name);
  if (member) {
    const { from } = member;
    const target = from && step.follow(requests[from.request]!);
    if (from && target?.kind === 'file') {
      const binding = step.linker.resolve(step.into(target), from.importName);
      if (binding.kind === 'found') return { ...binding, offered: { ...binding.offered, name } };
    }
    const offered: OfferedName = {
      name,
      value: member.value,
      type: member.type,
      origin: step.placeOf(member),
    };
    return { kind: 'found', offered, id: `${step.file}#=.${name}` };
  }
  if (name === 'default') {
    const offered: OfferedName = { name, value: true, type: true, origin: step.placeOf(assignment) };
    return { kind: 'found', offered, id: `${step.file}#=` };
  }
  return assignment.open === undefined
    ? NONE
    : { kind: 'unknown', unknownFact: unknownFactOf(step, assignment) };
}

/** All names of a module with `export = X`, `default` included. */
export function assignmentNames(step: LinkStep, assignment: Assignment): FoundNames {
  if (assignment.request !== undefined) {
    return namesThrough(step, step.record!.requests[assignment.request]!);
  }
  const names = new Set(['default', ...assignment.members.map((member) => member.name)]);
  return { names, unknownFacts: assignment.open === undefined ? [] : [unknownFactOf(step, assignment)] };
}

/**
 * The names that a request's target exports. There are none if the walk has visited the target, or
 * it does not exist.
 */
export function namesThrough(step: LinkStep, request: ModuleRequest): FoundNames {
  const target = step.follow(request);
  if (target.kind === 'unknown') return { names: new Set(), unknownFacts: [target.unknownFact] };
  if (target.kind !== 'file' || step.visited.has(idOfModule(target)))
    return { names: new Set(), unknownFacts: [] };
  return step.linker.names(step.into(target));
}

/**
 * Whether declarations have an `export =` that import statements can only import as a whole
 * (TS2497).
 *
 * @param file declarations, or a TypeScript source
 */
export function importsWholeOnly(linker: Linker, file: FilePath, view: View): boolean {
  let step = new LinkStep(linker, file, view);
  while (!step.visited.has(step.file)) {
    step.visited.add(step.file);
    const { record } = step;
    const assignment = assignmentOf(record);
    if (assignment?.request === undefined) return assignment?.wholeOnly === true;
    const target = step.follow(record!.requests[assignment.request]!);
    if (target.kind !== 'file') return false;
    step = step.into({ file: target.file, view });
  }
  return false;
}

const assignmentByRecord = new WeakMap<ModuleRecord, Assignment | undefined>();

/** The `export =` of TypeScript or declarations. */
export function assignmentOf(record: ModuleRecord | undefined): Assignment | undefined {
  if (!record) return undefined;
  return remembered(assignmentByRecord, record, () =>
    record.exports.find((entry) => entry.kind === 'assignment'),
  );
}

function unknownFactOf(step: LinkStep, assignment: Assignment): UnknownFact {
  return { kind: 'opaque-exports', reason: assignment.open!, place: step.placeOf(assignment) };
}
