/** What the threads share: a list of files, and who reads which of them. */
const NEXT = 0;
const WAITING = 1;
const FIRST = 2;

const OPEN = 0;
const TAKEN = 1;
const READING = 2;
const READY = 3;
const LEFT = 4;

/** In milliseconds. A thread that needs longer for a few files has ended without a word. */
const LONGEST_WAIT = 30_000;

/**
 * Which thread reads which file. The main thread takes the files that it needs next, and workers read
 * ahead of it, in order. No file is read twice.
 */
export class SharedList {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;
  /** In milliseconds. It is not spent for each of the files that a lost thread has taken. */
  #patience: number;

  constructor(buffer: SharedArrayBuffer, patience = LONGEST_WAIT) {
    this.buffer = buffer;
    this.#patience = patience;
    this.#cells = new Int32Array(buffer);
  }

  static of(files: number): SharedList {
    return new SharedList(new SharedArrayBuffer((FIRST + files) * Int32Array.BYTES_PER_ELEMENT));
  }

  /**
   * For the main thread: takes a file, or waits until a worker has read it.
   *
   * @returns whether a worker has sent what it read
   */
  take(index: number): boolean {
    const cell = FIRST + index;
    const state = Atomics.compareExchange(this.#cells, cell, OPEN, TAKEN);
    if (state !== READING) return state === READY;
    Atomics.store(this.#cells, WAITING, 1);
    if (Atomics.wait(this.#cells, cell, READING, this.#patience) === 'timed-out') this.#patience = 0;
    Atomics.store(this.#cells, WAITING, 0);
    return Atomics.load(this.#cells, cell) === READY;
  }

  /** For workers: the next file to read; undefined if there is none. */
  next(): number | undefined {
    for (;;) {
      const index = Atomics.add(this.#cells, NEXT, 1);
      if (index < 0 || index >= this.#cells.length - FIRST) return undefined;
      if (Atomics.compareExchange(this.#cells, FIRST + index, OPEN, READING) === OPEN) return index;
    }
  }

  /** For workers: what was read of a file has been sent, or the file is left to the main thread. */
  done(index: number, sent: boolean): void {
    Atomics.store(this.#cells, FIRST + index, sent ? READY : LEFT);
    Atomics.notify(this.#cells, FIRST + index);
  }

  /** Whether the main thread waits for a file that a worker reads. */
  get isAwaited(): boolean {
    return Atomics.load(this.#cells, WAITING) === 1;
  }
}
