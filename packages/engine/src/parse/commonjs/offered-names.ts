import type { Node } from 'oxc-parser';
import type { CommonJsFacts } from '../../model/module-record.js';
import { innermost } from '../tree/node.js';
import type { NameInText } from '../tree/node.js';

/** What a name of the exports gets: a value, or a getter whose only outcome is to throw; neither where it is out of sight. */
export interface Given {
  readonly value?: Node;
  readonly throws?: true;
}

/** Compilers set names to `void 0` before they give them their value. */
function isUndefined(node: Node): boolean {
  const value = innermost(node);
  if (value.type === 'AssignmentExpression') return isUndefined(value.right);
  return value.type === 'UnaryExpression' && value.operator === 'void';
}

/** Collects what a CommonJS module offers, each thing once. */
export class OfferedNames {
  readonly #assigned = new Map<string, NameInText>();
  readonly #given = new Map<string, Given[]>();
  readonly #from = new Set<string>();
  readonly #open = new Map<string, CommonJsFacts['open'][number]>();

  /** @param given what the name gets, where that is in sight */
  name({ name, start, end }: NameInText, given?: Given): void {
    if (!this.#assigned.has(name)) this.#assigned.set(name, { name, start, end });
    const known = this.#given.get(name);
    if (known) known.push(given ?? {});
    else this.#given.set(name, [given ?? {}]);
  }

  /** All that a name ever gets; an entry without a value where that is out of sight. */
  givenTo(name: string): readonly Given[] {
    return (this.#given.get(name) ?? []).filter(({ value }) => !value || !isUndefined(value));
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
