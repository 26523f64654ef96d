import type { CallExpression, Node } from 'oxc-parser';
import { plainHelperName } from '../requests/interop-helpers.js';
import { calleeName, constantString, innermost, isMember } from '../tree/node.js';
import type { FunctionNode } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import type { CalledFunctions } from './called-functions.js';
import { plainParameter, returnedValues } from './called-functions.js';

/** What bundlers' helpers do, even if a minifier renamed them. */
export type HelperShape =
  /** `f(to, from)` adds the names of `from` to `to`, and returns `to`. */
  | 'copyprops'
  /** `f(from)`: a new object marked `__esModule` with the names of `from`. */
  | 'tocommonjs'
  /** `f(to, from)` adds the names of `from` to `to`. */
  | 'reexport'
  /** `f({ a: () => … })`: a new object with these names. */
  | 'exportall';

/**
 * The method of `Object` or `Reflect` that is called: `Object.defineProperty(…)`, or through a
 * variable that holds it (`var __defProp = Object.defineProperty`).
 */
export function objectMethodOf(callee: Node, index: TreeIndex): string | undefined {
  const called = innermost(callee);
  const name = calleeName(called);
  if (name !== undefined && (isMember(called, 'Object', name) || isMember(called, 'Reflect', name)))
    return name;
  const [site, ...others] = index.bindingOf(called)?.sites ?? [];
  if (!site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return undefined;
  const { id, init } = site.owner;
  if (id !== site.id || init?.type !== 'MemberExpression') return undefined;
  return objectMethodOf(init, index);
}

/** Recognises helpers by their names, or by what they do if a minifier removed the name. */
export class HelperShapes {
  readonly #index: TreeIndex;
  readonly #calls: CalledFunctions;
  readonly #known = new Map<FunctionNode, HelperShape | undefined>();
  #inOrder: readonly CallExpression[] | undefined;

  constructor(index: TreeIndex, calls: CalledFunctions) {
    this.#index = index;
    this.#calls = calls;
  }

  /** The helper's plain name (see `plainHelperName`), as compilers write it. */
  nameOf(callee: Node): string {
    const [called, ...others] = this.#calls.of(callee);
    const shape = called && others.length === 0 ? this.#shapeOf(called) : undefined;
    return shape ?? plainHelperName(calleeName(callee) ?? '');
  }

  #shapeOf(called: FunctionNode): HelperShape | undefined {
    if (this.#known.has(called)) return this.#known.get(called);
    this.#known.set(called, undefined);
    const shape = this.#shapeOfFunction(called);
    this.#known.set(called, shape);
    return shape;
  }

  #shapeOfFunction(called: FunctionNode): HelperShape | undefined {
    const [first, second] = called.params;
    // Helpers are short, so longer functions are not helpers.
    if (!first || called.end - called.start > LONGEST) return undefined;
    const within = this.#callsWithin(called);
    const returned = returnedValues(called);
    if (second && this.#copies(within, first, second)) {
      const givesBack = returned.some((value) => this.#is(value, first) || this.#copiesInto(value, first));
      return givesBack ? 'copyprops' : undefined;
    }
    if (returned.some((value) => this.#marksCopy(value, first))) return 'tocommonjs';
    if (second && within.some((call) => this.#copiesInto(call, first, second))) return 'reexport';
    return this.#definesAll(within, first) ? 'exportall' : undefined;
  }

  /** Found by binary search, because a module may have as many functions as calls. */
  #callsWithin({ start, end }: FunctionNode): readonly CallExpression[] {
    this.#inOrder ??= this.#index.calls.toSorted((a, b) => a.start - b.start);
    const calls = this.#inOrder;
    let [low, high] = [0, calls.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (calls[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    let beyond = low;
    while (beyond < calls.length && calls[beyond]!.start < end) beyond++;
    return calls.slice(low, beyond);
  }

  /** `for (let key of getOwnPropertyNames(from)) … defineProperty(to, key, …)` */
  #copies(within: readonly CallExpression[], to: Node, from: Node): boolean {
    return (
      within.some((call) => this.#isMethod(call, 'getOwnPropertyNames', from)) &&
      within.some((call) => this.#isMethod(call, 'defineProperty', to))
    );
  }

  #copiesInto(value: Node, to: Node, from?: Node): boolean {
    const call = innermost(value);
    if (call.type !== 'CallExpression') return false;
    const [target, source] = call.arguments;
    if (!target || !source || !this.#is(target, to) || (from && !this.#is(source, from))) return false;
    return this.nameOf(call.callee) === 'copyprops';
  }

  /** `copyProps(defineProperty({}, '__esModule', …), from)` */
  #marksCopy(value: Node, from: Node): boolean {
    const call = innermost(value);
    if (call.type === 'ConditionalExpression') return this.#marksCopy(call.alternate, from);
    if (call.type !== 'CallExpression') return false;
    const [target, source] = call.arguments;
    if (!source || !this.#is(source, from) || target?.type !== 'CallExpression') return false;
    const marks = objectMethodOf(target.callee, this.#index) === 'defineProperty';
    const [made, mark] = target.arguments;
    if (!marks || made?.type !== 'ObjectExpression' || constantString(mark) !== '__esModule') return false;
    return this.nameOf(call.callee) === 'copyprops';
  }

  /**
   * `for (var name in all) defineProperty(target, name, { get: all[name] })`, if `target` is
   * created here.
   */
  #definesAll(within: readonly CallExpression[], all: Node): boolean {
    return within.some((call) => {
      const [target, , descriptor] = call.arguments;
      if (objectMethodOf(call.callee, this.#index) !== 'defineProperty' || !target) return false;
      if (descriptor?.type !== 'ObjectExpression') return false;
      const made = this.#index.bindingOf(target)?.sites[0];
      if (made?.owner.type !== 'VariableDeclarator' || made.owner.init?.type !== 'ObjectExpression')
        return false;
      return descriptor.properties.some((property) => {
        if (property.type !== 'Property' || property.value.type !== 'MemberExpression') return false;
        return property.value.computed && this.#is(property.value.object, all);
      });
    });
  }

  #isMethod(call: CallExpression, method: string, argument: Node): boolean {
    const [first] = call.arguments;
    return (
      first !== undefined && this.#is(first, argument) && objectMethodOf(call.callee, this.#index) === method
    );
  }

  #is(node: Node, parameter: Node): boolean {
    const binding = this.#index.bindingOf(innermost(node));
    return binding !== undefined && binding === this.#index.bindingAt(plainParameter(parameter).start);
  }
}

const LONGEST = 1500;
