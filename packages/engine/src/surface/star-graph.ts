import { remembered } from '../collections/remembered.js';
import type { FilePath } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import { isAmbient } from './ambient-entry.js';
import { assignmentOf } from './assignment-binding.js';
import type { LinkStep } from './link-step.js';
import { idOfModule } from './link-step.js';
import { isTyped, starsOf } from './own-exports.js';
import type { View } from './view.js';
import { keyOfView } from './view.js';

/** Another file that `export *` names, and how that file is read. */
export interface StarTarget {
  readonly file: FilePath;
  readonly view: View;
  readonly typeOnly: boolean;
}

/** An `export *` that cannot be followed. */
export interface UnknownStar {
  readonly unknownFact: UnknownFact;
}

/** What the `export *` of an ES module reach, in the order of a walk depth first. */
export interface StarClosure {
  /** The ES modules that export a name themselves. */
  readonly owners: ReadonlyMap<string, readonly StarTarget[]>;
  /** Files in other formats, which end the walk, and stars that cannot be followed. */
  readonly rest: readonly (StarTarget | UnknownStar)[];
}

/** A closure has an entry for each name of each module in it, so only the last ones are kept. */
const MOST_CLOSURES = 32;

/**
 * The `export *` between modules. If many modules pass on the names of each other, a walk for each name of each module would
 * look at the same stars again and again.
 */
export class StarGraph {
  readonly #targets = new Map<string, readonly (StarTarget | UnknownStar)[]>();
  readonly #closures = new Map<string, StarClosure>();

  /** What each `export *` of a module resolves to, but those that resolve to nothing. */
  of(step: LinkStep): readonly (StarTarget | UnknownStar)[] {
    return remembered(this.#targets, keyOf(step), () => {
      const record = step.record!;
      return starsOf(record).flatMap(({ request, typeOnly }) => {
        const target = step.follow(record.requests[request]!);
        if (target.kind === 'unknown') return { unknownFact: target.unknownFact };
        return target.kind === 'file' ? { file: target.file, view: target.view, typeOnly } : [];
      });
    });
  }

  /** @param step an ES module in JavaScript */
  closureOf(step: LinkStep): StarClosure {
    const key = keyOf(step);
    const known = this.#closures.get(key);
    if (known) return known;
    if (this.#closures.size >= MOST_CLOSURES) this.#closures.clear();
    const closure = this.#walk(step.restarted());
    this.#closures.set(key, closure);
    return closure;
  }

  #walk(start: LinkStep): StarClosure {
    const owners = new Map<string, StarTarget[]>();
    const rest: (StarTarget | UnknownStar)[] = [];
    const { visited } = start;
    visited.add(start.id);
    const ways = [this.of(start).values()];
    for (let way = ways.at(-1); way; way = ways.at(-1)) {
      const { value: star, done } = way.next();
      if (done) {
        ways.pop();
        continue;
      }
      if ('unknownFact' in star) {
        rest.push(star);
        continue;
      }
      const id = idOfModule(star);
      if (visited.has(id)) continue;
      visited.add(id);
      const step = start.into(star);
      if (!passesOnByName(step)) {
        rest.push(star);
        continue;
      }
      for (const entry of step.record!.exports) {
        if (!('name' in entry)) continue;
        const known = owners.get(entry.name);
        if (!known) owners.set(entry.name, [star]);
        else if (known.at(-1) !== star) known.push(star);
      }
      ways.push(this.of(step).values());
    }
    return { owners, rest };
  }
}

/** Whether a file is an ES module in JavaScript, as `import` sees it. */
export function passesOnByName(step: LinkStep): boolean {
  if (step.view.mode !== 'import' || step.linker.kindOf(step.file, step.view).format !== 'esm') return false;
  const record = step.record!;
  return !isTyped(record) && !isAmbient(record) && !assignmentOf(record);
}

function keyOf(step: LinkStep): string {
  return `${keyOfView(step.view)}\n${step.file}`;
}
