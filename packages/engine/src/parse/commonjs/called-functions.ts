import { visitorKeys } from 'oxc-parser';
import type { CallExpression, Node } from 'oxc-parser';
import type { FunctionNode } from '../tree/node.js';
import { constantName, innermost, isFunction, memberName, outermost } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';

/**
 * Follows calls within one file: which functions a call runs, and which values their parameters
 * get.
 */
export class CalledFunctions {
  readonly #index: TreeIndex;

  constructor(index: TreeIndex) {
    this.#index = index;
  }

  /** The functions of this file that an expression may be; empty if they are unknown. */
  of(node: Node, seen = new Set<Node>()): readonly FunctionNode[] {
    const callee = innermost(node);
    if (seen.has(callee)) return [];
    seen.add(callee);
    if (isFunction(callee)) return [callee];
    // `(this && this.helper) || function …`
    if (callee.type === 'LogicalExpression')
      return [...this.of(callee.left, seen), ...this.of(callee.right, seen)];
    if (callee.type === 'MemberExpression') return this.#ofMember(callee, seen);
    const binding = this.#index.bindingOf(callee);
    return binding ? this.#ofBinding(binding, seen) : [];
  }

  /**
   * What the known calls pass for a parameter.
   *
   * @param beside if some of the calls pass such a value as well, only those calls count
   */
  argumentsFor(owner: Node, parameter: Node, beside?: (argument: Node) => boolean): readonly Node[] {
    if (!isFunction(owner)) return [];
    const position = owner.params.findIndex((candidate) => plainParameter(candidate) === parameter);
    const all = this.#callsOf(owner);
    const some = beside ? all.filter((call) => call.arguments.some(beside)) : [];
    return (some.length > 0 ? some : all).flatMap((call) => call.arguments[position] ?? []);
  }

  #ofBinding(binding: Binding, seen: Set<Node>): readonly FunctionNode[] {
    const assigned = this.#assignedTo(binding).flatMap((value) => this.of(value, seen));
    const declared = binding.sites.flatMap(({ owner, kind, id }) => {
      if (kind === 'function') return isFunction(owner) ? [owner] : [];
      if (kind === 'parameter')
        return this.argumentsFor(owner, id).flatMap((argument) => this.of(argument, seen));
      return owner.type === 'VariableDeclarator' && owner.id === id && owner.init
        ? this.of(owner.init, seen)
        : [];
    });
    return [...declared, ...assigned];
  }

  /** `var f; f = function …`, as minifiers write it. */
  #assignedTo(binding: Binding): readonly Node[] {
    if (!binding.sites.some(({ owner }) => owner.type === 'VariableDeclarator' && !owner.init)) return [];
    return this.#index.referencesTo(binding).flatMap((reference) => {
      const { parent } = reference;
      return parent?.type === 'AssignmentExpression' && parent.left === reference ? parent.right : [];
    });
  }

  /** `x.f` if the file has `x.f = function …`, or x is an object literal with `f`. */
  #ofMember(member: Extract<Node, { type: 'MemberExpression' }>, seen: Set<Node>): readonly FunctionNode[] {
    const name = memberName(member)?.name;
    const binding = this.#index.bindingOf(innermost(member.object));
    if (name === undefined || !binding) return [];
    const written = binding.sites.flatMap(({ owner, id }) =>
      owner.type === 'VariableDeclarator' && owner.id === id && owner.init?.type === 'ObjectExpression'
        ? owner.init.properties.flatMap((property) =>
            property.type === 'Property' &&
            property.kind === 'init' &&
            constantName(property.key, property.computed)?.name === name
              ? this.of(property.value, seen)
              : [],
          )
        : [],
    );
    const assigned = this.#index.referencesTo(binding).flatMap(({ parent }) => {
      if (parent?.type !== 'MemberExpression' || memberName(parent)?.name !== name) return [];
      const assignment = parent.parent;
      return assignment?.type === 'AssignmentExpression' && assignment.left === parent
        ? this.of(assignment.right, seen)
        : [];
    });
    return [...written, ...assigned];
  }

  #callsOf(owner: FunctionNode): readonly CallExpression[] {
    const whole = outermost(owner);
    const calls: CallExpression[] = [];
    if (whole.parent?.type === 'CallExpression' && whole.parent.callee === whole) calls.push(whole.parent);
    const id = owner.type === 'ArrowFunctionExpression' ? null : owner.id;
    const declarator = whole.parent?.type === 'VariableDeclarator' ? whole.parent.id : null;
    const target =
      whole.parent?.type === 'AssignmentExpression' ? this.#index.bindingOf(whole.parent.left) : undefined;
    const named = [id, declarator].map((name) => name && this.#index.bindingAt(name.start));
    for (const binding of [...named, target, ...this.#parametersFor(whole)]) {
      for (const { parent, ...reference } of binding ? this.#index.referencesTo(binding) : []) {
        if (parent?.type === 'CallExpression' && parent.callee.start === reference.start) calls.push(parent);
      }
    }
    return calls;
  }

  /**
   * The parameter name of a function that is passed to another function of this file, such as the
   * `factory` of a UMD wrapper.
   */
  #parametersFor(whole: Node): readonly (Binding | undefined)[] {
    const { parent } = whole;
    if (parent?.type !== 'CallExpression') return [];
    const position = parent.arguments.findIndex((argument) => argument === whole);
    if (position < 0) return [];
    return this.of(parent.callee).flatMap(({ params }) => {
      const parameter = params[position];
      return parameter ? this.#index.bindingAt(plainParameter(parameter).start) : [];
    });
  }
}

/** The identifier of a parameter, without its default value. */
export function plainParameter(parameter: Node): Node {
  return parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
}

/**
 * The values that a function's own `return` statements return, or an arrow function's expression.
 */
export function returnedValues(owner: FunctionNode): readonly Node[] {
  if (!owner.body) return [];
  if (owner.body.type !== 'BlockStatement') return [owner.body];
  const found: Node[] = [];
  collectReturns(owner.body, found);
  return found;
}

function collectReturns(node: Node, found: Node[]): void {
  if (isFunction(node) || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return;
  if (node.type === 'ReturnStatement') {
    if (node.argument) found.push(node.argument);
    return;
  }
  // Expressions contain no statements of the same function.
  if (node.type.endsWith('Expression') || node.type === 'VariableDeclaration') return;
  const fields = node as unknown as Record<string, Node | readonly (Node | null)[] | null>;
  for (const key of visitorKeys[node.type] ?? []) {
    const child = fields[key];
    for (const element of Array.isArray(child)
      ? (child as readonly (Node | null)[])
      : [child as Node | null]) {
      if (element) collectReturns(element, found);
    }
  }
}
