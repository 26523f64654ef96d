/** V8 copies shorter parts of a text. Longer parts keep the whole text in memory. */
const SHORTEST_PART = 13;

type Holder = Record<string, unknown>;

/**
 * Replaces strings that may be parts of large texts by copies, so that the texts can be freed. Equal
 * strings share one copy.
 */
export class OwnStrings {
  readonly #copies = new Map<string, string>();

  /**
   * Replaces the strings in plain data, in place.
   *
   * @param data without cycles
   * @param areParts whether its strings may be parts of texts; otherwise they are only shared
   * @returns the same data
   */
  in<T>(data: T, areParts = true): T {
    const found: Place[] = [];
    this.#replace(data, found);
    if (found.length > 0) this.#copy(found, areParts);
    return data;
  }

  /** @param found gets the places of strings without a copy */
  #replace(data: unknown, found: Place[]): void {
    if (typeof data !== 'object' || data === null) return;
    const holder = data as Holder;
    if (Array.isArray(data))
      for (let at = 0; at < data.length; at++) this.#visit(holder, at, data[at], found);
    else for (const key in holder) this.#visit(holder, key, holder[key], found);
  }

  #visit(holder: Holder, key: string | number, value: unknown, found: Place[]): void {
    if (typeof value === 'object') return this.#replace(value, found);
    if (typeof value !== 'string' || value.length < SHORTEST_PART) return;
    const copy = this.#copies.get(value);
    if (copy === undefined) found.push({ holder, key, value });
    else holder[key] = copy;
  }

  /** Writing and reading all of them at once costs a fraction of doing it one by one. */
  #copy(found: readonly Place[], areParts: boolean): void {
    const values = found.map(({ value }) => value);
    const copies = areParts ? (JSON.parse(JSON.stringify(values)) as string[]) : values;
    found.forEach(({ holder, key }, at) => {
      const made = copies[at]!;
      const copy = this.#copies.get(made) ?? made;
      this.#copies.set(copy, copy);
      holder[key] = copy;
    });
  }
}

interface Place {
  readonly holder: Holder;
  readonly key: string | number;
  readonly value: string;
}
