import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath, Place } from '../model/place.js';
import type { OfferedName, UnknownFact } from '../model/surface.js';
import { assignmentBinding, assignmentNames, assignmentOf, namesThrough } from './assignment-binding.js';
import { isAmbient } from './ambient-entry.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { idOfModule } from './link-step.js';
import type { FoundNames, LinkStep } from './link-step.js';
import { isTyped, ownExport } from './own-exports.js';
import { passesOnByName } from './star-graph.js';
import type { StarTarget, UnknownStar } from './star-graph.js';
import { typedStarBinding } from './typed-stars.js';

/**
 * One name of a module with `export` syntax: ECMA-262 16.2.1.7.2.2 ResolveExport. For declarations
 * and TypeScript sources the result also says whether the name is a value or a type, and `export *`
 * follows TypeScript (`typedStarBinding`).
 */
export function esmBinding(step: LinkStep, name: string): Binding {
  const record = step.record!;
  const own = ownExport(record, name);
  if (own) return step.linker.ofOwn(step, own);
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
  if (binding.kind !== 'none' || binding.broken) return binding;
  if (name === '__esModule') return esmBinding(step, 'default');
  if (name !== 'default' || esmBinding(step, '__esModule').kind !== 'none') return binding;
  // A helper takes the namespace for the default, because it is not marked.
  return { kind: 'found', offered: wholeModule(step.file, name), id: `${step.file}#module.exports` };
}

/** All of an ES module as `require` returns it, under a name that a helper gives it. */
export function wholeModule(file: FilePath, name: string): OfferedName {
  return { name, value: true, type: false, origin: { file, start: 0, end: 0 }, exported: 'module.exports' };
}

function starBinding(step: LinkStep, name: string): Binding {
  const { stars } = step.linker;
  if (stars.of(step).length === 0) return NONE;
  const { owners, rest } = stars.closureOf(step);
  const named = owners.get(name) ?? [];
  // A module hides the modules behind it only if it exports the name itself.
  if (named.length === 0) return firstOf(step, name, rest);
  if (named.length === 1 && !rest.some((star) => 'file' in star)) {
    const binding = step.linker.resolve(step.into(named[0]!), name);
    if (binding.kind === 'found' || binding.kind === 'ambiguous') return binding;
  }
  return firstOf(step, name, reachedStars(step, name));
}

/** The stars that a name is searched in: what is behind a module that exports the name is left out. */
function* reachedStars(start: LinkStep, name: string): Generator<StarTarget | UnknownStar> {
  const { stars } = start.linker;
  const seen = new Set<string>([start.id]);
  const ways = [stars.of(start).values()];
  for (let way = ways.at(-1); way; way = ways.at(-1)) {
    const { value: star, done } = way.next();
    if (done) {
      ways.pop();
      continue;
    }
    if (!('file' in star)) {
      yield star;
      continue;
    }
    const id = idOfModule(star);
    if (seen.has(id)) continue;
    seen.add(id);
    const step = start.into(star);
    if (passesOnByName(step) && !ownExport(step.record!, name)) ways.push(stars.of(step).values());
    else yield star;
  }
}

function firstOf(step: LinkStep, name: string, stars: Iterable<StarTarget | UnknownStar>): Binding {
  let found: (Binding & { kind: 'found' }) | undefined;
  let unknown: Binding | undefined;
  for (const star of stars) {
    if ('unknownFact' in star) {
      unknown ??= { kind: 'unknown', unknownFact: star.unknownFact };
      continue;
    }
    const binding = step.linker.resolve(step.into(star), name);
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
  if (passesOnByName(step)) return closureNames(step);
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

/** The names of an ES module in JavaScript. */
function closureNames(step: LinkStep): FoundNames {
  const { owners, rest } = step.linker.stars.closureOf(step);
  const own = step.record!.exports.flatMap((entry) => ('name' in entry ? entry.name : []));
  const names = new Set([...own, ...[...owners.keys()].filter((name) => name !== 'default')]);
  const unknownFacts: UnknownFact[] = [];
  for (const star of rest) {
    if ('unknownFact' in star) {
      unknownFacts.push(star.unknownFact);
      continue;
    }
    const next = step.into(star);
    if (step.visited.has(next.id) || assignmentOf(next.record)) continue;
    const found = step.linker.names(next);
    for (const name of found.names) if (name !== 'default') names.add(name);
    unknownFacts.push(...found.unknownFacts);
  }
  return { names, unknownFacts };
}
