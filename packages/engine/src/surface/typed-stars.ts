import type { FilePath } from '../model/place.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { ownBinding, ownExport, renamed } from './esm-linking.js';
import { assignmentOf } from './export-assignment.js';
import type { Surfaces } from './surfaces.js';
import type { View } from './view.js';

/**
 * One name that the stars of a declaration file or a TypeScript source pass on, as TypeScript's checker finds it
 * (`getExportsOfModuleWorker`): each module is visited once, depth first, and the first to say the name gives it. The name is only
 * a type where every way to a module that says it goes through `export type *`.
 */
export function typedStarBinding(
  surfaces: Surfaces,
  file: FilePath,
  name: string,
  view: View,
  visited: Set<string>,
): Binding {
  const walk: Walk = { surfaces, name, visited, modules: new Set(), plain: false };
  visit(walk, file, view, false);
  const { first, plain, unknown } = walk;
  if (first?.kind !== 'found') return first ?? unknown ?? NONE;
  return plain ? first : { ...first, offered: renamed(first.offered, name, true) };
}

interface Walk {
  readonly surfaces: Surfaces;
  readonly name: string;
  readonly visited: Set<string>;
  readonly modules: Set<FilePath>;
  first?: Binding;
  /** A way without `export type *` leads to a module that says the name. */
  plain: boolean;
  unknown?: Binding;
}

function visit(walk: Walk, file: FilePath, view: View, typeOnly: boolean): void {
  const { surfaces, name, visited, modules } = walk;
  const record = surfaces.host.record(file)!;
  const own = ownExport(record, name);
  // Also of a module that was seen before, by `export type *`.
  if (own && !typeOnly) walk.plain = true;
  if (modules.has(file)) return;
  modules.add(file);
  if (own && !walk.first) {
    const step = `${file}\n${name}`;
    walk.first = visited.has(step) ? NONE : ownBinding(surfaces, file, record, own, view, visited.add(step));
  }
  for (const entry of record.exports) {
    if (walk.first && walk.plain) return;
    if (entry.kind !== 'star') continue;
    const target = surfaces.host.follow(file, record.requests[entry.request]!, view);
    if (target.kind === 'unknown') walk.unknown ??= { kind: 'unknown', opening: target.opening };
    // `export *` passes nothing of an `export =` on (TS2498).
    if (target.kind !== 'file' || assignmentOf(surfaces.host.record(target.file))) continue;
    const passed = typeOnly || entry.typeOnly;
    const { format } = surfaces.kindOf(target.file, target.view) as { format: string };
    if (format === 'declarations' || format === 'typescript') visit(walk, target.file, target.view, passed);
    else take(walk, surfaces.resolve(target.file, name, target.view, visited), passed);
  }
}

/** What a module that is not TypeScript's makes of the name. */
function take(walk: Walk, binding: Binding, typeOnly: boolean): void {
  if (binding.kind === 'unknown') walk.unknown ??= binding;
  if (binding.kind === 'unknown' || binding.kind === 'none') return;
  if (!typeOnly) walk.plain = true;
  walk.first ??= binding;
}
