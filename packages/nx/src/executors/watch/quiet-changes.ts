/** The time functions that this class needs. Tests use their own. */
export interface Clock {
  now(): number;
  /** @returns a function that cancels the call */
  after(ms: number, call: () => void): () => void;
}

const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Collects changes and waits until none come for a while: builds write many files, one after the
 * other.
 */
export class QuietChanges {
  readonly #clock: Clock;
  #files = new Set<string>();
  #last = Number.NEGATIVE_INFINITY;
  #wake: (() => void) | undefined;
  #stopped = false;

  constructor(clock: Clock = SYSTEM_CLOCK) {
    this.#clock = clock;
  }

  add(files: Iterable<string>): void {
    for (const file of files) this.#files.add(file);
    this.#last = this.#clock.now();
    this.#wake?.();
  }

  /** Ends all waits. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Whether anything has changed since `take`. */
  get any(): boolean {
    return this.#files.size > 0;
  }

  /** How long nothing has changed, in milliseconds. */
  get quietFor(): number {
    return this.#clock.now() - this.#last;
  }

  /** What has changed since the last call. */
  take(): ReadonlySet<string> {
    const taken = this.#files;
    this.#files = new Set();
    return taken;
  }

  /** Waits until there are changes and none came for `quiet` milliseconds, or until `stop`. */
  async settled(quiet: number): Promise<void> {
    while (!this.#stopped && !(this.any && this.quietFor >= quiet)) {
      await this.#event(this.any ? quiet - this.quietFor : undefined);
    }
  }

  /**
   * Waits until nothing changed for `ms`. A change or `stop` ends the wait earlier.
   *
   * @returns whether nothing changed
   */
  async quiet(ms: number): Promise<boolean> {
    while (!this.#stopped && !this.any && this.quietFor < ms) await this.#event(ms - this.quietFor);
    return !this.#stopped && !this.any;
  }

  /** The next change, or the end of a time, whichever comes first. */
  #event(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const cancel = ms === undefined ? undefined : this.#clock.after(ms, () => this.#wake?.());
      this.#wake = () => {
        this.#wake = undefined;
        cancel?.();
        resolve();
      };
    });
  }
}
