import type { FilePath } from '../model/place.js';
import { languageOf } from '../parse/language-of.js';
import { mayLinkOtherwise } from '../text-scan/local-paths.js';

/**
 * Files that are proven to hold nothing bad, with all that they lead to. A file is looked at once, whichever way leads to it; a proof that
 * fails says nothing about the files on its way.
 */
export class ProvenFiles {
  readonly #proven = new Set<FilePath>();

  /**
   * @param isInside whether a file is to be looked at; what is not is taken for good
   * @param targetsOf where a good file leads to; undefined for one that is not known to be good
   * @returns whether the entry and all that it leads to are good
   */
  prove(
    entry: FilePath,
    isInside: (file: FilePath) => boolean,
    targetsOf: (file: FilePath) => readonly FilePath[] | undefined,
  ): boolean {
    const visited = new Set<FilePath>();
    const pending = [entry];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (visited.has(file) || this.#proven.has(file) || !isInside(file)) continue;
      visited.add(file);
      const targets = targetsOf(file);
      if (!targets) return false;
      pending.push(...targets);
    }
    for (const file of visited) this.#proven.add(file);
    return true;
  }
}

/** Whether a built file is CommonJS, and its text quotes everything that it can load. */
export function linksByText(file: FilePath, text: string): boolean {
  return languageOf(file) === 'js' && !mayLinkOtherwise(text);
}
