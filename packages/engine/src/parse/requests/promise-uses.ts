import type { CallExpression, Node } from 'oxc-parser';
import { isFunction, isMember, memberName, outermost } from '../tree/node.js';
import type { FunctionNode } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { isCaught } from './guards.js';
import { isWritten } from './member-context.js';
import { isExportedDeclaration } from './namespace-context.js';
import type { NamespaceUses } from './namespace-uses.js';

/**
 * Follows the promise of `import('x')` to the code that gets its namespace: `await`, `.then(…)`,
 * `Promise.all`. Records whether a rejection is handled.
 */
export class PromiseUses {
  caught = false;
  readonly #index: TreeIndex;
  readonly #uses: NamespaceUses;
  readonly #followed = new Set<object>();

  constructor(index: TreeIndex, uses: NamespaceUses) {
    this.#index = index;
    this.#uses = uses;
  }

  promise(inner: Node): void {
    const node = outermost(inner);
    const { parent } = node;
    switch (parent?.type) {
      case 'AwaitExpression':
        return this.#uses.value(parent);
      case 'ExpressionStatement':
        return;
      case 'UnaryExpression':
        if (parent.operator === 'void') return;
        break;
      case 'MemberExpression':
        if (parent.object === node && this.#method(memberName(parent)?.name, parent)) return;
        break;
      case 'VariableDeclarator':
        if (parent.init === node && this.#variable(parent)) return;
        break;
      case 'ArrayExpression':
        if (
          this.#all(
            parent,
            parent.elements.findIndex((element) => element === node),
          )
        )
          return;
        break;
      case 'ArrowFunctionExpression':
        if (parent.body === node && this.#calls(parent)) return;
        break;
      case 'ReturnStatement': {
        const owner = functionAround(parent);
        if (owner && this.#calls(owner)) return;
        break;
      }
    }
    this.#escape();
  }

  #escape(): void {
    this.#uses.bound = true;
    this.#uses.escapes = true;
  }

  #method(name: string | undefined, member: Node): boolean {
    const call = outermost(member).parent;
    if (call?.type !== 'CallExpression' || call.callee !== outermost(member)) return false;
    if (name === 'catch') this.caught = true;
    if (name === 'then') {
      if (call.arguments.length > 1) this.caught = true;
      this.#callback(call.arguments[0], (parameter) => this.#uses.pattern(parameter, undefined));
      this.#noteLaterCatch(call);
      return true;
    }
    if (name !== 'catch' && name !== 'finally') return false;
    this.promise(call);
    return true;
  }

  /** The callback's first parameter, if it has one. */
  #callback(callback: Node | undefined, receive: (parameter: Node) => void): void {
    if (!callback || !isFunction(callback)) return this.#escape();
    const [parameter] = callback.params;
    if (parameter) receive(parameter);
  }

  /** `.then(…).catch(…)` also handles a failure of the import. */
  #noteLaterCatch(call: CallExpression): void {
    const member = outermost(call).parent;
    if (member?.type !== 'MemberExpression' || member.object !== outermost(call)) return;
    const next = outermost(member).parent;
    if (next?.type !== 'CallExpression') return;
    const name = memberName(member)?.name;
    if (name === 'catch' || (name === 'then' && next.arguments.length > 1)) this.caught = true;
    else if (name === 'then' || name === 'finally') this.#noteLaterCatch(next);
  }

  /** `const p = import('x')`: each use of p is a use of the promise. */
  #variable({ id, parent }: Extract<Node, { type: 'VariableDeclarator' }>): boolean {
    const binding = this.#index.bindingAt(id.start);
    if (id.type !== 'Identifier' || !binding || parent?.parent?.type === 'ExportNamedDeclaration')
      return false;
    const references = this.#index.referencesTo(binding);
    if (binding.sites.length > 1 || references.some(isWritten)) return false;
    if (this.#followed.has(binding)) return true;
    this.#followed.add(binding);
    this.#uses.bound = true;
    for (const reference of references) this.promise(reference);
    return true;
  }

  /**
   * `const load = () => import('x')`: each call of it returns the promise. Any other use of it
   * hides the promise.
   */
  #calls(owner: FunctionNode): boolean {
    if ('generator' in owner && owner.generator) return false;
    const named = owner.type === 'FunctionDeclaration' ? owner.id : declaredAs(owner);
    const binding = named ? this.#index.bindingAt(named.start) : undefined;
    if (!binding || binding.sites.length > 1 || this.#followed.has(binding)) return false;
    if (isExportedDeclaration(binding.sites[0]!.owner)) return false;
    this.#followed.add(binding);
    const calls = this.#index.referencesTo(binding).map((reference) => callOf(reference));
    if (calls.includes(undefined)) return false;
    if (calls.length > 0 && calls.every((call) => call && isCaught(call))) this.caught = true;
    this.#uses.bound = true;
    for (const call of calls) if (call) this.promise(call);
    return true;
  }

  /**
   * `const [{ a }, b] = await Promise.all([import('x'), import('y')])`, and the same with
   * `.then(([{ a }, b]) => …)`.
   */
  #all(array: Node, position: number): boolean {
    const call = array.parent;
    if (
      call?.type !== 'CallExpression' ||
      call.arguments[0] !== array ||
      !isMember(call.callee, 'Promise', 'all')
    )
      return false;
    const user = outermost(call).parent;
    if (user?.type === 'ExpressionStatement') return true;
    if (user?.type === 'AwaitExpression') {
      const target = outermost(user).parent;
      if (target?.type === 'ExpressionStatement') return true;
      return target?.type === 'VariableDeclarator' && this.#element(target.id, position);
    }
    if (user?.type !== 'MemberExpression' || memberName(user)?.name !== 'then') return false;
    const then = outermost(user).parent;
    const callback = then?.type === 'CallExpression' ? then.arguments[0] : undefined;
    return (
      isFunction(callback) && callback.params[0] !== undefined && this.#element(callback.params[0], position)
    );
  }

  #element(pattern: Node, position: number): boolean {
    if (pattern.type !== 'ArrayPattern') return false;
    const element = pattern.elements[position];
    if (element) this.#uses.pattern(element, undefined);
    return !pattern.elements.slice(0, position + 1).some((other) => other?.type === 'RestElement');
  }
}

function functionAround(node: Node): FunctionNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

/** The variable whose whole value is a function expression. */
function declaredAs(owner: FunctionNode): Node | undefined {
  const whole = outermost(owner);
  const { parent } = whole;
  return parent?.type === 'VariableDeclarator' && parent.init === whole && parent.id.type === 'Identifier'
    ? parent.id
    : undefined;
}

function callOf(reference: Node): CallExpression | undefined {
  const whole = outermost(reference);
  const { parent } = whole;
  return parent?.type === 'CallExpression' && parent.callee === whole ? parent : undefined;
}
