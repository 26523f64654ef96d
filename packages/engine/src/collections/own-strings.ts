/** V8 copies shorter parts of a text. Longer parts keep the whole text in memory. */
const SHORTEST_PART = 13;

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
   * @returns the same data
   */
  in<T>(data: T): T {
    if (Array.isArray(data)) {
      const list: unknown[] = data;
      for (let at = 0; at < list.length; at++) list[at] = this.#own(list[at]);
    } else if (typeof data === 'object' && data !== null) {
      const object = data as Record<string, unknown>;
      for (const key in object) {
        const value = object[key];
        if (typeof value === 'object' || isPart(value)) object[key] = this.#own(value);
      }
    }
    return data;
  }

  #own(value: unknown): unknown {
    return isPart(value) ? this.#copy(value) : this.in(value);
  }

  #copy(text: string): string {
    let copy = this.#copies.get(text);
    if (copy === undefined) {
      copy = JSON.parse(JSON.stringify(text)) as string;
      this.#copies.set(copy, copy);
    }
    return copy;
  }
}

function isPart(value: unknown): value is string {
  return typeof value === 'string' && value.length >= SHORTEST_PART;
}
