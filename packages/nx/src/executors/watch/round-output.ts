import type { Outcome } from '../verify-exports/task-checker';
import { endLine } from './watch-words';

/**
 * Prints the results of one round in order. A result that may still change delays those after it.
 */
export class RoundOutput {
  readonly #print: (text: string) => void;
  readonly #begin: string;
  readonly #started = performance.now();
  readonly #waiting: (readonly [project: string, outcome: Outcome])[] = [];
  #lastChecked = 0;
  #printed = 0;
  #isSeparate = true;

  constructor(begin: string, print: (text: string) => void) {
    this.#begin = begin;
    this.#print = print;
  }

  add(project: string, outcome: Outcome): void {
    this.#waiting.push([project, outcome]);
    this.#lastChecked = performance.now();
  }

  /** The result to print next. */
  get next(): readonly [project: string, outcome: Outcome] | undefined {
    return this.#waiting[0];
  }

  /** Prints the next result. */
  printNext(): void {
    const [, outcome] = this.#waiting.shift()!;
    if (this.#printed === 0) this.#print(`\n${this.#begin}\n`);
    this.#printed += 1;
    // Blank lines separate findings. Healthy projects take one line each, without blank lines.
    this.#isSeparate = !outcome.success || outcome.text.includes('\n');
    this.#print(this.#isSeparate ? `${outcome.text}\n` : outcome.text);
  }

  /**
   * Prints the last line, with the time that checking took.
   *
   * @param all the outcomes of all watched projects
   */
  end(all: readonly Outcome[]): void {
    const seconds = (this.#lastChecked - this.#started) / 1000;
    if (this.#printed > 0)
      this.#print(`${this.#isSeparate ? '' : '\n'}${endLine(all, this.#printed, seconds)}`);
  }
}
