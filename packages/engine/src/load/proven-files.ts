import type { FilePath } from '../model/place.js';
import { languageOf } from '../parse/language-of.js';
import type { TextScan } from '../text-scan/scan-text.js';

/**
 * Files that are proved to contain no errors, with everything that they load. Each file is read
 * once. A failed proof says nothing about the files on its way.
 */
export class ProvenFiles {
  readonly #proven = new Set<FilePath>();

  /**
   * @param isInside whether to read a file; all others count as valid
   * @param targetsOf the files that a valid file loads; undefined if it is not proved valid
   * @returns whether the entry and everything that it loads are valid
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
export function linksByText(file: FilePath, { linksOtherwise }: TextScan): boolean {
  return languageOf(file) === 'js' && !linksOtherwise;
}
