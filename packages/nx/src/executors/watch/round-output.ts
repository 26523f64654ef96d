import type { Outcome } from '../verify-exports/judge';
import { endLine } from './watch-words';

/** What was judged in one round, printed in order; what is not sure yet holds back what comes after it. */
export class RoundOutput {
  readonly #print: (text: string) => void;
  readonly #begin: string;
  readonly #started = performance.now();
  readonly #waiting: (readonly [project: string, outcome: Outcome])[] = [];
  #told = 0;

  constructor(begin: string, print: (text: string) => void) {
    this.#begin = begin;
    this.#print = print;
  }

  add(project: string, outcome: Outcome): void {
    this.#waiting.push([project, outcome]);
  }

  /** What is to be printed next. */
  get next(): readonly [project: string, outcome: Outcome] | undefined {
    return this.#waiting[0];
  }

  /** Prints what comes next. */
  tellNext(): void {
    const [, outcome] = this.#waiting.shift()!;
    if (this.#told === 0) this.#print(`\n${this.#begin}\n`);
    this.#told += 1;
    // Findings stand apart, healthy projects one below the other.
    this.#print(outcome.success && !outcome.text.includes('\n') ? outcome.text : `${outcome.text}\n`);
  }

  /** Prints the closing line. @param all what is true of everything that is watched */
  end(all: readonly Outcome[]): void {
    const seconds = (performance.now() - this.#started) / 1000;
    if (this.#told > 0) this.#print(`\n${endLine(all, this.#told, seconds)}`);
  }
}
