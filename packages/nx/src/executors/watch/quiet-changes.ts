/** Time as this class needs it, so that tests have their own. */
export interface Clock {
  now(): number;
  /** @returns a function that calls it off */
  after(ms: number, call: () => void): () => void;
}

const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Collects changes and tells when there were none for a while: builds write many files, one after the other. */
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

  /** Ends all waiting. */
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

  /** Waits until there are changes and none came for so long, or until `stop`. */
  async settled(quiet: number): Promise<void> {
    while (!this.#stopped && !(this.any && this.quietFor >= quiet)) {
      await this.#event(this.any ? quiet - this.quietFor : undefined);
    }
  }

  /** Waits until nothing has changed for so long; a change or `stop` ends the wait before that. @returns whether it is quiet */
  async quiet(ms: number): Promise<boolean> {
    while (!this.#stopped && !this.any && this.quietFor < ms) await this.#event(ms - this.quietFor);
    return !this.#stopped && !this.any;
  }

  /** The next change, or the end of a time, whichever comes first. */
  #event(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const callOff = ms === undefined ? undefined : this.#clock.after(ms, () => this.#wake?.());
      this.#wake = () => {
        this.#wake = undefined;
        callOff?.();
        resolve();
      };
    });
  }
}
