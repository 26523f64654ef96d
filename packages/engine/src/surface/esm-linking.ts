import type { ModuleRecord } from '../model/module-record.js';
import type { Place } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import { assignmentBinding, assignmentNames, assignmentOf, namesThrough } from './assignment-binding.js';
import { isAmbient } from './ambient-entry.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import type { FoundNames, LinkStep } from './link-step.js';
import { isTyped, ownBinding, ownExport, starsOf } from './own-exports.js';
import { typedStarBinding } from './typed-stars.js';

/**
 * One name of a module with `export` syntax: ECMA-262 16.2.1.7.2.2 ResolveExport. For declarations
 * and TypeScript sources the result also says whether the name is a value or a type, and `export *`
 * follows TypeScript (`typedStarBinding`).
 */
export function esmBinding(step: LinkStep, name: string): Binding {
  const record = step.record!;
  const own = ownExport(record, name);
  if (own) return ownBinding(step, own);
  const assignment = assignmentOf(record);
  if (assignment) return assignmentBinding(step, assignment, name);
  if (isAmbient(record)) return { kind: 'unknown', unknownFact: ambientFact(step, record) };
  if (name === 'default') return NONE;
  return isTyped(record) ? typedStarBinding(step, name) : starBinding(step, name);
}

/** The file declares modules of other names. */
function ambientFact(step: LinkStep, { ambientModules }: ModuleRecord): UnknownFact {
  const reason = 'the declarations are ambient modules, which do not belong to this entry point';
  return { kind: 'unknown-format', reason, place: step.placeOf(ambientModules[0]!) };
}

/**
 * One name of an ES module that is required: of its namespace object, with Node's two additions. An
 * export that is called `module.exports` replaces the whole module, and `__esModule` exists if
 * there is a default export
 * (https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require).
 */
export function requiredEsmBinding(step: LinkStep, name: string): Binding {
  const whole = esmBinding(step.aside(), 'module.exports');
  if (whole.kind === 'found') {
    const reason = 'require returns the value that is exported as "module.exports"';
    return { kind: 'unknown', unknownFact: { kind: 'opaque-exports', reason, place: whole.offered.origin } };
  }
  const binding = esmBinding(step.aside(), name);
  if (name !== '__esModule' || binding.kind !== 'none') return binding;
  return esmBinding(step, 'default');
}

function starBinding(step: LinkStep, name: string): Binding {
  const record = step.record!;
  const { requests } = record;
  let found: (Binding & { kind: 'found' }) | undefined;
  let unknown: Binding | undefined;
  for (const entry of starsOf(record)) {
    const target = step.follow(requests[entry.request]!);
    if (target.kind === 'unknown') unknown ??= { kind: 'unknown', unknownFact: target.unknownFact };
    if (target.kind !== 'file') continue;
    const binding = step.linker.resolve(step.into(target), name);
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
 * ECMA-262 GetExportedNames: own names and those of every `export *` but `default`, each module
 * once. It also collects why an `export *` cannot be followed.
 */
export function starNames(step: LinkStep): FoundNames {
  const names = new Set<string>();
  const unknownFacts: UnknownFact[] = [];
  step.visited.add(step.id);
  const record = step.record!;
  for (const entry of record.exports) {
    if (entry.kind === 'assignment') {
      const found = assignmentNames(step, entry);
      for (const name of found.names) names.add(name);
      unknownFacts.push(...found.unknownFacts);
    } else if (entry.kind !== 'star') {
      names.add(entry.name);
    } else {
      const request = record.requests[entry.request]!;
      const target = step.follow(request);
      if (target.kind === 'file' && assignmentOf(step.into(target).record)) continue;
      const found = namesThrough(step, request);
      for (const name of found.names) if (name !== 'default') names.add(name);
      unknownFacts.push(...found.unknownFacts);
    }
  }
  if (isAmbient(record)) {
    // This only matters if a name is imported from the file: such files are loaded for their effect.
    unknownFacts.push(ambientFact(step, record));
  }
  return { names, unknownFacts };
}
