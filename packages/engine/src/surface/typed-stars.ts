import { assignmentOf } from './assignment-binding.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import type { LinkStep } from './link-step.js';
import { ownExport, renamed } from './own-exports.js';
import type { StarTarget, UnknownStar } from './star-graph.js';

/**
 * One name that the `export *` of a declaration file or a TypeScript source pass on, as
 * TypeScript's checker finds it (`getExportsOfModuleWorker`): it visits each module once, depth
 * first, and uses the first that exports the name. The name is only a type if every way to a module
 * that exports it goes through `export type *`.
 */
export function typedStarBinding(step: LinkStep, name: string): Binding {
  const walk: Walk = { name, modules: new Set(), plain: false };
  visit(walk, step);
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

/** Walks without recursion, because stars may form long chains. */
function visit(walk: Walk, start: LinkStep): void {
  const ways = [{ step: start, typeOnly: false, stars: enter(walk, start, false)! }];
  for (let way = ways.at(-1); way; way = ways.at(-1)) {
    if (walk.first && walk.plain) return;
    const { value: star, done } = way.stars.next();
    if (done) {
      ways.pop();
      continue;
    }
    if ('unknownFact' in star) {
      walk.unknown ??= { kind: 'unknown', unknownFact: star.unknownFact };
      continue;
    }
    const step = way.step.into(star);
    // `export *` does not pass on the names of an `export =` (TS2498).
    if (assignmentOf(step.record)) continue;
    const typeOnly = way.typeOnly || star.typeOnly;
    const { format } = step.linker.kindOf(step.file, step.view);
    if (format === 'declarations' || format === 'typescript') {
      const stars = enter(walk, step, typeOnly);
      if (stars) ways.push({ step, typeOnly, stars });
    } else take(walk, step.linker.resolve(step, walk.name), typeOnly);
  }
}

/** @returns the module's stars, if the walk has not visited it before */
function enter(
  walk: Walk,
  step: LinkStep,
  typeOnly: boolean,
): Iterator<StarTarget | UnknownStar, undefined> | undefined {
  const { name, modules } = walk;
  const own = ownExport(step.record!, name);
  // This also counts for a module that was first reached through `export type *`.
  if (own && !typeOnly) walk.plain = true;
  if (modules.has(step.id)) return undefined;
  modules.add(step.id);
  if (own && !walk.first) {
    const key = `${step.id}\n${name}`;
    if (step.visited.has(key)) {
      step.circles.count++;
      walk.first = NONE;
    } else {
      step.visited.add(key);
      walk.first = step.linker.ofOwn(step, own);
    }
  }
  return step.linker.stars.of(step).values();
}

/** Adds what a module that is not TypeScript has for the name. */
function take(walk: Walk, binding: Binding, typeOnly: boolean): void {
  if (binding.kind === 'unknown') walk.unknown ??= binding;
  if (binding.kind === 'unknown' || binding.kind === 'none') return;
  if (!typeOnly) walk.plain = true;
  walk.first ??= binding;
}
