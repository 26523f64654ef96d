import type { Node } from 'oxc-parser';
import type { CommonJsFacts } from '../../model/module-record.js';
import type { NameInText } from '../tree/node.js';

/** Collects what a CommonJS module offers, each thing once. */
export class OfferedNames {
  readonly #assigned = new Map<string, NameInText>();
  readonly #from = new Set<string>();
  readonly #open = new Map<string, CommonJsFacts['open'][number]>();

  name({ name, start, end }: NameInText): void {
    if (!this.#assigned.has(name)) this.#assigned.set(name, { name, start, end });
  }

  /** All names of another module. */
  from(specifier: string): void {
    this.#from.add(specifier);
  }

  /** There may be more names, for a reason that stands at a node. */
  open(reason: string, { start, end }: Node): void {
    const key = `${start} ${reason}`;
    if (!this.#open.has(key)) this.#open.set(key, { reason, start, end });
  }

  names(): readonly string[] {
    return [...this.#assigned.keys()];
  }

  facts(): Omit<CommonJsFacts, 'lexed'> {
    const byPlace = (a: { start: number }, b: { start: number }) => a.start - b.start;
    return {
      assigned: [...this.#assigned.values()].sort(byPlace),
      assignedFrom: [...this.#from],
      open: [...this.#open.values()].sort(byPlace),
    };
  }
}
