import { groupBy } from '../../collections/group-by.js';
import { remembered } from '../../collections/remembered.js';
import type { CallExpression, ImportExpression, NewExpression, Node, TSImportType } from 'oxc-parser';
import type { Binding, Scope } from './scope.js';

/** The results of one walk over a tree. Every node of the tree has its `parent` set. */
export class TreeIndex {
  readonly calls: CallExpression[] = [];
  readonly news: NewExpression[] = [];
  readonly dynamicImports: ImportExpression[] = [];
  readonly importTypes: TSImportType[] = [];
  /** What classes extend. */
  readonly superClasses: Node[] = [];
  /** `this` outside of every function: a CommonJS module's exports. */
  readonly topLevelThis: Node[] = [];
  /** `x.u`, `x.p` and similar: the members of webpack's runtime that are collected. */
  readonly #members = new Map<string, Node[]>();
  /** By name, then by node. */
  readonly #references = new Map<string, Map<Node, Scope>>();
  readonly #bindings = new Map<number, Binding>();
  readonly #usesByName = new Map<string, ReadonlyMap<Binding | undefined, readonly Node[]>>();

  /**
   * A name used as a value or in a type: an Identifier, or a JSXIdentifier that names a component.
   */
  addReference(name: string, node: Node, scope: Scope): void {
    const named = this.#references.get(name);
    if (named) named.set(node, scope);
    else this.#references.set(name, new Map([[node, scope]]));
  }

  addMember(name: string, node: Node): void {
    const named = this.#members.get(name);
    if (named) named.push(node);
    else this.#members.set(name, [node]);
  }

  /** Expressions `x.name` with a name that was passed to `addMember`. */
  membersNamed(name: string): readonly Node[] {
    return this.#members.get(name) ?? [];
  }

  addBinding(id: Node, binding: Binding): void {
    this.#bindings.set(id.start, binding);
  }

  /** The binding that the identifier at this offset declares. */
  bindingAt(start: number): Binding | undefined {
    return this.#bindings.get(start);
  }

  /** Every use of a binding, writes included, without its declarations. */
  referencesTo(binding: Binding): readonly Node[] {
    return this.#resolved(binding.name).get(binding) ?? [];
  }

  /** Uses of a name that no scope of the file declares. */
  freeReferences(name: string): readonly Node[] {
    return this.#resolved(name).get(undefined) ?? [];
  }

  /** Every use of a name, whatever it refers to. */
  referencesNamed(name: string): readonly Node[] {
    return [...(this.#references.get(name)?.keys() ?? [])];
  }

  /**
   * All uses of a name, by their bindings. One call returns all, because minifiers use one name for
   * thousands of bindings.
   */
  #resolved(name: string): ReadonlyMap<Binding | undefined, readonly Node[]> {
    return remembered(this.#usesByName, name, () => {
      const references = this.#references.get(name) ?? new Map<Node, Scope>();
      return groupBy(references.keys(), (node) => references.get(node)!.resolve(name));
    });
  }

  /** The binding that an identifier in the tree refers to; undefined for a global. */
  bindingOf(node: Node): Binding | undefined {
    if (node.type !== 'Identifier') return undefined;
    return this.#references.get(node.name)?.get(node)?.resolve(node.name);
  }

  /** An identifier without a binding in the file. */
  isFree(node: Node | null | undefined, name: string): boolean {
    return node?.type === 'Identifier' && node.name === name && !this.bindingOf(node);
  }
}
