type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

/** A batch that is done sooner needs no progress. */
const PATIENCE_MS = 1500;

/** One line that tells how far a long batch is; only on a terminal, and gone before anything else is printed. */
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

  /** Tells which project comes next. */
  tell(project: string): void {
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
