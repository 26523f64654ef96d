interface Terminal {
  readonly isTTY: boolean;
  write(text: string): unknown;
}

/** A batch that takes less time shows no progress. */
const PATIENCE_MS = 1500;

/**
 * One line with the progress of a long batch. It appears only on a terminal, and disappears before
 * other output.
 */
export class Progress {
  readonly #total: number;
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #start: number;
  #done = 0;
  #isShown = false;

  constructor(total: number, terminal: Terminal = process.stderr, now: () => number = Date.now) {
    this.#total = total;
    this.#terminal = terminal;
    this.#now = now;
    this.#start = now();
  }

  /** Shows which project comes next. */
  show(project: string): void {
    this.#done++;
    if (!this.#terminal.isTTY || this.#total < 2 || this.#now() - this.#start < PATIENCE_MS) return;
    this.#terminal.write(`\r\u001B[Kverify-exports ${this.#done}/${this.#total} ${project}`);
    this.#isShown = true;
  }

  clear(): void {
    if (this.#isShown) this.#terminal.write('\r\u001B[K');
    this.#isShown = false;
  }
}
