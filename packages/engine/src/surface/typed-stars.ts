import { assignmentOf } from './assignment-binding.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import type { LinkStep } from './link-step.js';
import { ownBinding, ownExport, renamed, starsOf } from './own-exports.js';

/**
 * One name that the `export *` of a declaration file or a TypeScript source pass on, as
 * TypeScript's checker finds it (`getExportsOfModuleWorker`): it visits each module once, depth
 * first, and uses the first that exports the name. The name is only a type if every way to a module
 * that exports it goes through `export type *`.
 */
export function typedStarBinding(step: LinkStep, name: string): Binding {
  const walk: Walk = { name, modules: new Set(), plain: false };
  visit(walk, step, false);
  const { first, plain, unknown } = walk;
  if (first?.kind !== 'found') return first ?? unknown ?? NONE;
  return plain ? first : { ...first, offered: renamed(first.offered, name, true) };
}

interface Walk {
  readonly name: string;
  readonly modules: Set<string>;
  first?: Binding;
  /** A way without `export type *` reaches a module that exports the name. */
  plain: boolean;
  unknown?: Binding;
}

function visit(walk: Walk, step: LinkStep, typeOnly: boolean): void {
  const { name, modules } = walk;
  const record = step.record!;
  const own = ownExport(record, name);
  // This also counts for a module that was first reached through `export type *`.
  if (own && !typeOnly) walk.plain = true;
  if (modules.has(step.id)) return;
  modules.add(step.id);
  if (own && !walk.first) {
    const key = `${step.id}\n${name}`;
    const known = step.visited.has(key);
    step.visited.add(key);
    walk.first = known ? NONE : ownBinding(step, own);
  }
  for (const entry of starsOf(record)) {
    if (walk.first && walk.plain) return;
    const target = step.follow(record.requests[entry.request]!);
    if (target.kind === 'unknown') walk.unknown ??= { kind: 'unknown', unknownFact: target.unknownFact };
    if (target.kind !== 'file') continue;
    const next = step.into(target);
    // `export *` does not pass on the names of an `export =` (TS2498).
    if (assignmentOf(next.record)) continue;
    const passed = typeOnly || entry.typeOnly;
    const { format } = step.linker.kindOf(next.file, next.view);
    if (format === 'declarations' || format === 'typescript') visit(walk, next, passed);
    else take(walk, step.linker.resolve(next, name), passed);
  }
}

/** Adds what a module that is not TypeScript has for the name. */
function take(walk: Walk, binding: Binding, typeOnly: boolean): void {
  if (binding.kind === 'unknown') walk.unknown ??= binding;
  if (binding.kind === 'unknown' || binding.kind === 'none') return;
  if (!typeOnly) walk.plain = true;
  walk.first ??= binding;
}
