/**
 * Modules on the way from an import to its name. Each costs a few frames of the call stack, and Node's holds about 3,000 of
 * them, so this leaves room for what calls the linker. Real chains of re-exports have fewer than 20.
 */
const DEEPEST = 500;

class TooDeep extends Error {}

/** A result, and how many levels it took. */
export interface Kept<T> {
  readonly value: T;
  readonly height: number;
}

/** Ends a recursion that input could make arbitrarily deep, before the call stack overflows. */
export class DepthGuard {
  #depth = 0;
  #deepest = 0;

  /**
   * One level of a recursion.
   *
   * @param tooDeep what the outermost level results in if a level inside is too deep. Levels between have no result at all, so
   * that no memo stores a result that depends on where the recursion began.
   */
  level<T>(work: () => T, tooDeep: () => T): T {
    if (this.#depth >= DEEPEST) throw new TooDeep();
    this.#depth++;
    this.#deepest = Math.max(this.#deepest, this.#depth);
    try {
      return work();
    } catch (error) {
      if (this.#depth === 1 && error instanceof TooDeep) return tooDeep();
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** Counts the levels that work takes. */
  measured<T>(work: () => T): Kept<T> {
    const before = this.#deepest;
    this.#deepest = this.#depth;
    try {
      const value = work();
      return { value, height: this.#deepest - this.#depth };
    } finally {
      this.#deepest = Math.max(this.#deepest, before);
    }
  }

  /** Takes as many levels as a result took that is used again. */
  reach(height: number): void {
    if (this.#depth + height > DEEPEST) throw new TooDeep();
    this.#deepest = Math.max(this.#deepest, this.#depth + height);
  }
}
