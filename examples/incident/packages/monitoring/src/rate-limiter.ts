/** Lets at most `limit` events a window through. */
export class RateLimiter {
  readonly #limit: number;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  tryAcquire(): boolean {
    if (this.#used >= this.#limit) return false;
    this.#used += 1;
    return true;
  }

  reset(): void {
    this.#used = 0;
  }
}
