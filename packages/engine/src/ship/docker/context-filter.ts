import { remembered } from '../../collections/remembered.js';
import type { IgnorePattern } from './ignore-pattern.js';

/** Whether a path of the context reaches the builder, and the line that excluded it. */
export interface ContextVerdict {
  readonly kept: boolean;
  /** The last line that decided; absent if no line matches the path. */
  readonly by?: IgnorePattern;
}

interface Match {
  readonly ignored: boolean;
  readonly by?: IgnorePattern;
  /** Per pattern, whether it matched here or above, which the next level uses. */
  readonly matched: readonly boolean[];
}

const NOTHING: Match = { ignored: false, matched: [] };
const GLOB_CHARACTERS = /[*[\]?^\\]/;

/**
 * What .dockerignore includes, decided as BuildKit does (fsutil's filter over
 * `MatchesUsingParentResults` of moby/patternmatcher): folder by folder from the context's root.
 * The last matching line wins. A match of a folder applies to everything inside it. A line that
 * cannot change the result for a folder is not tried there, so it is not inherited.
 */
export class ContextFilter {
  readonly #patterns: readonly IgnorePattern[];
  readonly #folders = new Map<string, Match>();
  /** With only plain exceptions, an ignored folder is skipped unless an exception is inside it. */
  readonly #plainExceptions: boolean;

  constructor(patterns: readonly IgnorePattern[]) {
    this.#patterns = patterns;
    this.#plainExceptions = patterns.every(
      ({ exception, path }) => !exception || !GLOB_CHARACTERS.test(withoutTrailingGlob(path)),
    );
  }

  /** @param path relative to the context's root */
  verdictOn(path: string): ContextVerdict {
    const parts = path.split('/');
    let above = NOTHING;
    for (let length = 1; length < parts.length; length++) {
      const folder = parts.slice(0, length).join('/');
      above = this.#folder(folder, above);
      if (above.ignored && this.#isLeft(folder)) return verdictOf(above);
    }
    return verdictOf(this.#match(path, above));
  }

  #folder(folder: string, above: Match): Match {
    return remembered(this.#folders, folder, () => this.#match(folder, above));
  }

  #match(path: string, above: Match): Match {
    let ignored = false;
    let by: IgnorePattern | undefined;
    const matched = this.#patterns.map((pattern, index) => {
      const handedDown = above.matched[index] ?? false;
      if (!handedDown && (pattern.exception !== ignored || !pattern.matches(path))) return false;
      if (ignored === pattern.exception) by = pattern;
      ignored = !pattern.exception;
      return true;
    });
    return { ignored, matched, ...(by && { by }) };
  }

  #isLeft(folder: string): boolean {
    if (!this.#plainExceptions) return false;
    return !this.#patterns.some(
      ({ exception, path }) => exception && `${withoutTrailingGlob(path)}/`.startsWith(`${folder}/`),
    );
  }
}

function verdictOf({ ignored, by }: Match): ContextVerdict {
  return { kept: !ignored, ...(by && { by }) };
}

function withoutTrailingGlob(path: string): string {
  return path.replace(/\/\*\*$/, '').replace(/\/\*$/, '');
}
