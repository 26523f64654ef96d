import type { Node } from 'oxc-parser';

/** One name of a scope with the places that declare it. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  /** More than one if `var`, functions or namespaces declare the same name again. */
  readonly sites: BindingSite[];
}

export interface BindingSite {
  readonly id: Node;
  /**
   * Its declaration: a declarator, a function (by its name or a parameter), a class, an import
   * specifier, …
   */
  readonly owner: Node;
  readonly kind: 'variable' | 'parameter' | 'function' | 'class' | 'import' | 'other';
}

/**
 * A part of the code with its own names. `var` belongs to the nearest function, module or namespace
 * body.
 */
export class Scope {
  readonly parent: Scope | undefined;
  readonly holdsVars: boolean;
  #bindings: Map<string, Binding> | undefined;

  constructor(parent: Scope | undefined, holdsVars: boolean) {
    this.parent = parent;
    this.holdsVars = holdsVars;
  }

  declare(name: string, site: BindingSite): Binding {
    this.#bindings ??= new Map();
    let binding = this.#bindings.get(name);
    if (!binding) this.#bindings.set(name, (binding = { name, scope: this, sites: [] }));
    binding.sites.push(site);
    return binding;
  }

  /** The binding that a name refers to here; undefined for a free name, which is a global. */
  resolve(name: string): Binding | undefined {
    return this.#bindings?.get(name) ?? this.parent?.resolve(name);
  }

  varScope(): Scope {
    return this.holdsVars || !this.parent ? this : this.parent.varScope();
  }
}
