import type { Node } from 'oxc-parser';
import type { AssignedName, CommonJsFacts } from '../../model/commonjs-facts.js';
import type { NameInText } from '../tree/node.js';

/** What is known about a name, apart from its place. */
export interface NameTraits {
  /** Not enumerable. */
  readonly hidden?: boolean;
  /** The name in another module that is its value; `nothing`: the value is `undefined`. */
  readonly from?: ReadFrom | 'nothing' | undefined;
  /** The module that is its whole value: `exports.part = require('./part')`. */
  readonly module?: ModuleValue | undefined;
  /** Its getter always throws. */
  readonly throws?: boolean | undefined;
  /** It is a member that an object of this file does not have. */
  readonly absent?: boolean | undefined;
  /** The value is a variable that nothing declares, and the code reads it when the module loads. */
  readonly fails?: boolean;
  /** The value, if it is known. */
  readonly value?: Node | undefined;
}

/** A module that is required; `helped`: see `AssignedName`. */
export interface ModuleValue {
  readonly specifier: string;
  readonly helped?: NonNullable<AssignedName['helped']> | undefined;
}

export type ReadFrom = NonNullable<AssignedName['from']>[number];

interface Draft extends NameInText {
  /** As the first definition in the text makes it, because later ones do not change that. */
  hidden: boolean;
  firstAt: number;
  /** Absent if there is another value. */
  from: ReadFrom[] | undefined;
  /** Every value that it gets; undefined if one of them is unknown. */
  readonly values: (Node | undefined)[];
  readonly modules: (ModuleValue | undefined)[];
  readonly throws: boolean[];
  readonly absent: boolean[];
  fails: boolean;
}

/** Collects the exports of a CommonJS module, each once. */
export class OfferedNames {
  readonly #assigned = new Map<string, Draft>();
  readonly #whole = new Set<string>();
  readonly #copied = new Set<string>();
  readonly #starred = new Set<string>();
  readonly #withDefault = new Set<string>();
  readonly #membersOf = new Map<string, NonNullable<CommonJsFacts['membersOf']>[number]>();
  readonly #passedThrough = new Map<string, NonNullable<CommonJsFacts['passedThrough']>[number]>();
  readonly #open = new Map<string, CommonJsFacts['open'][number]>();
  readonly #annotated = new Set<string>();
  readonly #reads = new Map<string, Node[]>();
  #copying = 0;
  #starring = 0;

  name(
    { name, start, end }: NameInText,
    { hidden = false, from, value, module, throws = false, absent = false, fails = false }: NameTraits = {},
  ): void {
    if ((hidden && this.#copying > 0) || (name === 'default' && this.#starring > 0)) return;
    let draft = this.#assigned.get(name);
    if (!draft)
      this.#assigned.set(
        name,
        (draft = {
          name,
          start,
          end,
          hidden,
          firstAt: start,
          from: [],
          values: [],
          modules: [],
          throws: [],
          absent: [],
          fails,
        }),
      );
    if (start < draft.firstAt) Object.assign(draft, { hidden, firstAt: start });
    if (from === undefined) draft.from = undefined;
    else if (from !== 'nothing') draft.from?.push(from);
    if (from === 'nothing') return;
    draft.values.push(value);
    draft.modules.push(module);
    draft.throws.push(throws);
    draft.absent.push(absent);
    if (fails) draft.fails = true;
  }

  /**
   * All values of a name except `void 0`; undefined if one of them is unknown, or there is none.
   */
  valuesOf(name: string): readonly Node[] | undefined {
    const values = this.#assigned.get(name)?.values ?? [];
    const known = values.filter((value) => value !== undefined);
    return known.length > 0 && known.length === values.length ? known : undefined;
  }

  /** Reads of the name from the exports: a change of its value there changes the name. */
  readsOf(name: string): readonly Node[] {
    return this.#reads.get(name) ?? [];
  }

  read(name: string, node: Node): void {
    const known = this.#reads.get(name);
    if (known) known.push(node);
    else this.#reads.set(name, [node]);
  }

  /** All names of another module. */
  from(specifier: string): void {
    (this.#copying > 0 ? this.#copied : this.#whole).add(specifier);
    (this.#starring > 0 ? this.#starred : this.#withDefault).add(specifier);
  }

  /** Names found meanwhile are copied one by one, so names that are not enumerable are left out. */
  copying(find: () => void): void {
    this.#copying++;
    find();
    this.#copying--;
  }

  /** Names found meanwhile are passed on without `default`, as by `export *`. */
  starring(find: () => void): void {
    this.#starring++;
    find();
    this.#starring--;
  }

  /** All members of a value of another module. */
  membersOf(specifier: string, name: string, { start, end }: Node): void {
    this.#membersOf.set(JSON.stringify([specifier, name]), { specifier, name, start, end });
  }

  /** The exports are the result of a function of another module, which may return its argument. */
  passedThrough(specifier: string, reason: string, { start, end }: Node): void {
    this.#passedThrough.set(specifier, { specifier, reason, start, end });
  }

  /** There may be more names; the reason is at a node. */
  open(reason: string, { start, end }: Node): void {
    const key = `${start} ${reason}`;
    if (!this.#open.has(key)) this.#open.set(key, { reason, start, end });
  }

  annotated(name: string): void {
    this.#annotated.add(name);
  }

  /** Names that are only in annotations, if all assigned names are known. */
  onlyAnnotated(): readonly string[] {
    return this.#open.size > 0 ? [] : [...this.#annotated].filter((name) => !this.#assigned.has(name));
  }

  names(): readonly string[] {
    return [...this.#assigned.keys()];
  }

  facts(): Omit<CommonJsFacts, 'lexed'> {
    const byPlace = (a: { start: number }, b: { start: number }) => a.start - b.start;
    const copied = [...this.#copied].filter((specifier) => !this.#whole.has(specifier));
    const starred = [...this.#starred].filter((specifier) => !this.#withDefault.has(specifier));
    return {
      assigned: [...this.#assigned.values()].sort(byPlace).map(assignedName),
      assignedFrom: [...this.#whole, ...copied],
      ...(copied.length > 0 && { copiedFrom: copied }),
      ...(starred.length > 0 && { starredFrom: starred }),
      ...(this.#membersOf.size > 0 && { membersOf: [...this.#membersOf.values()] }),
      ...(this.#passedThrough.size > 0 && { passedThrough: [...this.#passedThrough.values()] }),
      open: [...this.#open.values()].sort(byPlace),
    };
  }
}

function assignedName({
  name,
  start,
  end,
  hidden,
  from,
  modules,
  throws,
  absent,
  fails,
}: Draft): AssignedName {
  const [module, ...others] = modules;
  const whole = module !== undefined && others.every((other) => other?.specifier === module.specifier);
  const helped = whole ? modules.find((one) => one?.helped)?.helped : undefined;
  return {
    name,
    start,
    end,
    ...(hidden && { hidden }),
    ...(from && from.length > 0 && { from }),
    ...(whole && { module: module.specifier }),
    ...(helped && { helped }),
    ...(fails && { fails }),
    ...(absent.length > 0 && !absent.includes(false) && { absent: true as const }),
    ...(throws.length > 0 && !throws.includes(false) && { throws: true as const }),
  };
}
