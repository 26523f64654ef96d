import { isBuiltin } from 'node:module';
import { remembered } from '../collections/remembered.js';
import type { CommonJsFacts } from '../model/commonjs-facts.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import type { UnknownFact } from '../model/surface.js';
import type { FoundNames, LinkStep, RequiredBy, RequiredFile } from './link-step.js';
import { IMPORT, REQUIRE } from './view.js';

/** Walks through more re-exports end in an unknown. Hundreds of modules that all pass on each other's names have as many. */
const MOST_REEXPORTS = 20_000;

/** All names of a CommonJS module under the step's view, for lists of its exports. */
export function commonJsNames(step: LinkStep): FoundNames {
  if (step.view.mode === 'require') return assignedNames(step);
  const lexed = lexedNames(step);
  const { unknownFacts } = assignedNames(step.restarted());
  return { names: new Set([...lexed.names, 'default']), unknownFacts };
}

/**
 * What Node detects: the lexer's exports, and those of its re-exports that are CommonJS
 * (cjsPreparseModuleExports).
 */
export function lexedNames(step: LinkStep): FoundNames {
  step.visited.add(step.file);
  const facts = factsOf(step);
  const names = new Set(facts?.lexed.exports);
  const unknownFacts: UnknownFact[] = [];
  for (const { specifier, required } of reexportsOf(step, facts?.lexed.reexports, unknownFacts)) {
    if (required?.format !== 'commonjs') {
      if (!isBuiltin(specifier)) unknownFacts.push(unread(step, specifier));
      continue;
    }
    if (step.visited.has(required.file)) continue;
    const { step: next } = followed(step, required);
    const inner = next.linker.deeper(next.file, () => lexedNames(next));
    for (const name of inner.names) names.add(name);
    unknownFacts.push(...inner.unknownFacts);
  }
  return { names, unknownFacts };
}

function unread(step: LinkStep, specifier: string): UnknownFact {
  const request = requestOf(step, specifier);
  return {
    kind: 'unresolved-star',
    reason: `"${specifier}" cannot be read`,
    place: step.placeOf(request ?? { start: 0, end: 0 }),
  };
}

/** What the code assigns, copies of other modules' names included, and why there may be more. */
export function assignedNames(step: LinkStep): FoundNames {
  step.visited.add(step.file);
  const facts = factsOf(step);
  // In a bundle, the lexer takes the `exports` of inner modules for the bundle's own. If the code
  // hides nothing, its own analysis has all names.
  const open = facts === undefined || facts.open.length + (facts.passedThrough?.length ?? 0) > 0;
  const names = new Set([
    ...(open ? (facts?.lexed.exports ?? []) : []).filter((name) => !facts?.lost?.includes(name)),
    ...(facts?.assigned ?? []).map(({ name }) => name),
  ]);
  const unknownFacts: UnknownFact[] = (facts?.open ?? []).map(({ reason, ...span }) => ({
    kind: 'opaque-exports',
    reason,
    place: step.placeOf(span),
  }));
  for (const copied of facts?.membersOf ?? []) {
    const members = membersThrough(step, copied);
    if (members) for (const name of members) names.add(name);
    else
      unknownFacts.push({
        kind: 'opaque-exports',
        reason: 'the exports are a member of another value',
        place: step.placeOf(copied),
      });
  }
  for (const { specifier, reason, ...span } of facts?.passedThrough ?? []) {
    const added = followRequire(step, specifier)?.step.record?.commonjs?.passesOn;
    if (added) for (const name of added) names.add(name);
    else unknownFacts.push({ kind: 'opaque-exports', reason, place: step.placeOf(span) });
  }
  for (const { specifier, required } of reexportsOf(step, facts?.assignedFrom, unknownFacts)) {
    if (!required) {
      unknownFacts.push(unread(step, specifier));
      continue;
    }
    if (step.visited.has(required.file)) continue;
    const target = followed(step, required);
    const copied = copiedNames(target);
    const hidden = facts?.copiedFrom?.includes(specifier) ? hiddenNames(target.step) : undefined;
    const starred = facts?.starredFrom?.includes(specifier) === true;
    for (const name of copied.names)
      if (!hidden?.has(name) && !(starred && name === 'default')) names.add(name);
    unknownFacts.push(...copied.unknownFacts);
  }
  return { names, unknownFacts };
}

/** The modules whose names a module passes on; none once the walk has followed too many. */
function reexportsOf(
  step: LinkStep,
  specifiers: readonly string[] = [],
  unknownFacts: UnknownFact[],
): readonly RequiredBy[] {
  const { circles } = step;
  const before = circles.followed ?? 0;
  circles.followed = before + specifiers.length;
  if (circles.followed <= MOST_REEXPORTS) return step.linker.requiredBy(step, specifiers);
  if (before > MOST_REEXPORTS) return [];
  const reason = 'too many modules pass on the names of each other';
  unknownFacts.push({ kind: 'opaque-exports', reason, place: step.placeOf({ start: 0, end: 0 }) });
  return [];
}

/** The members of a value that a module exports; undefined if they are unknown. */
function membersThrough(
  step: LinkStep,
  { specifier, name }: { readonly specifier: string; readonly name: string },
): readonly string[] | undefined {
  const target = followRequire(step, specifier);
  if (!target || step.visited.has(target.step.file)) return undefined;
  const { linker, file } = target.step;
  const found = linker.resolve(target.step.into({ file, view: REQUIRE }).aside(), name);
  if (found.kind !== 'found' || found.offered.lost) return undefined;
  const { namespaceOf, local, exported, origin } = found.offered;
  if (namespaceOf !== undefined) {
    const { names, unknownFacts } = linker.of(namespaceOf, REQUIRE);
    return unknownFacts.length === 0 ? [...names.keys()] : undefined;
  }
  if (linker.host.record(origin.file)?.language !== 'js') return undefined;
  const asked = local !== undefined ? { local } : exported !== undefined && { exported };
  const members = asked ? linker.host.valueMembers(origin.file, asked) : undefined;
  return members && members.open === undefined ? members.names : undefined;
}

function copiedNames({ step, format }: Followed): FoundNames {
  if (format === 'commonjs') return step.linker.deeper(step.file, () => assignedNames(step));
  const { names, unknownFacts } = step.linker.of(step.file, IMPORT);
  return { names: new Set(names.keys()), unknownFacts };
}

/**
 * Exports that are not enumerable. `module.exports = require('x')` passes them on, a copy does not.
 */
function hiddenNames(step: LinkStep): ReadonlySet<string> {
  return new Set(
    factsOf(step)
      ?.assigned.filter(({ hidden }) => hidden)
      .map(({ name }) => name),
  );
}

export interface Followed {
  /** The same walk in the required file, under the same view. */
  readonly step: LinkStep;
  readonly format: string;
}

/** The file that a `require` of the step's file loads; undefined if that cannot be read. */
export function followRequire(step: LinkStep, specifier: string): Followed | undefined {
  const target = step.linker.required(step, specifier);
  return target && followed(step, target);
}

function followed(step: LinkStep, { file, format }: RequiredFile): Followed {
  return { step: step.into({ file, view: step.view }), format };
}

const requestsByRecord = new WeakMap<ModuleRecord, ReadonlyMap<string, ModuleRequest>>();

/** The first request with a specifier. */
export function requestOf({ record }: LinkStep, specifier: string): ModuleRequest | undefined {
  if (!record) return undefined;
  const requests = remembered(
    requestsByRecord,
    record,
    () => new Map(record.requests.map((request) => [request.specifier, request] as const).toReversed()),
  );
  return requests.get(specifier);
}

export function factsOf(step: LinkStep): CommonJsFacts | undefined {
  return step.record?.commonjs;
}
