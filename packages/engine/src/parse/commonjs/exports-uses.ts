import type { CallExpression, MemberExpression, Node } from 'oxc-parser';
import { isWritten } from '../requests/member-context.js';
import {
  calleeName,
  constantName,
  constantString,
  innermost,
  isMember,
  memberName,
  outermost,
} from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import { plainParameter } from './called-functions.js';
import { isCallable } from './exported-values.js';
import type { CommonJsReading } from './exports-reading.js';
import { isReverseMapping, isSymbolKey, keySource } from './key-source.js';
import { leavesOutDefault } from './leaves-out-default.js';
import type { NameTraits } from './offered-names.js';
import { definesByGetters } from './getter-definitions.js';
import { objectMethodOf } from './helper-shapes.js';
import { described, givenValue } from './read-from.js';
import {
  assignsModuleExports,
  isAnnotation,
  isFallback,
  isHandedOn,
  isOwnMember,
  mayGive,
  isExportsObject,
} from './module-exports.js';

/** What is known about the value that holds the exports. */
export interface ExportsValue {
  /** It is a function or a class: passing it on is a use, and adds no names. */
  readonly callable?: boolean;
}

/**
 * Follows the exports object from each reference to its uses: assigned names, helpers that define
 * or copy names, functions of this file that receive it. If other code receives it, there may be
 * more names.
 */
export class ExportsUses {
  readonly #reading: CommonJsReading;
  readonly #followed = new Set<Binding>();

  constructor(reading: CommonJsReading) {
    this.#reading = reading;
  }

  /** Variables that hold the exports, as far as they were followed. */
  get aliases(): ReadonlySet<Binding> {
    return this.#followed;
  }

  /** `inner` evaluates to the exports object. */
  of(inner: Node, standing: ExportsValue): void {
    const node = outermost(inner);
    const { parent } = node;
    switch (parent?.type) {
      case 'MemberExpression':
        if (parent.object === node) this.#member(parent);
        return;
      case 'AssignmentExpression':
        if (parent.left !== node) return this.#stored(parent.left, parent, standing);
        // `(function (Color) { … })(Color ||= {})`
        if (parent.operator !== '=' && mayGive(parent.operator)) this.of(parent, standing);
        return this.#replaced(node, parent);
      case 'VariableDeclarator':
        if (parent.id.type === 'Identifier')
          this.#alias(this.#reading.index.bindingAt(parent.id.start), standing);
        return;
      case 'CallExpression':
        if (parent.callee !== node) this.#passed(parent, node, standing);
        return;
      case 'LogicalExpression':
        return this.of(parent, standing);
      case 'ConditionalExpression':
        return parent.test === node ? undefined : this.of(parent, standing);
      case 'SequenceExpression':
        return parent.expressions.at(-1) === node ? this.of(parent, standing) : undefined;
      default:
        if (!standing.callable && isHandedOn(node))
          this.#open('exports is stored or passed to other code', node);
    }
  }

  #open(reason: string, node: Node): void {
    this.#reading.offered.open(reason, node);
  }

  #member(member: MemberExpression): void {
    const target = outermost(member);
    const name = memberName(member);
    if (!isWritten(member)) return name && this.#reading.offered.read(name.name, member);
    if (name && isFallback(member)) this.#reading.offered.read(name.name, member.parent!);
    if (target.parent?.type === 'UnaryExpression') return;
    // `exports.__proto__ = …` sets the prototype.
    if (name?.name === '__proto__') return;
    if (name) this.#reading.offered.name(name, this.#valueOf(target));
    else if (!isReverseMapping(member)) this.#computed(member.property);
  }

  /** The value that `exports.a = …` reads, if it does nothing else. */
  #valueOf(target: Node): NameTraits {
    const { parent } = target;
    if (parent?.type !== 'AssignmentExpression' || !mayGive(parent.operator)) return {};
    return givenValue(parent.right, this.#reading.index);
  }

  #computed(key: Node): void {
    if (isSymbolKey(key, this.#reading.index)) return;
    const source = keySource(key, this.#reading.index);
    if (!source) return this.#open('a name is computed', key);
    if ('names' in source) return source.names.forEach((name) => this.#reading.offered.name(name));
    const { offered, index } = this.#reading;
    const copy = (): void =>
      source.hiddenToo ? this.#copied(source.keysOf) : offered.copying(() => this.#copied(source.keysOf));
    if (leavesOutDefault(key, index)) offered.starring(copy);
    else copy();
  }

  /**
   * All names of another object are copied. A helper's parameter has the values that its calls
   * pass.
   */
  #copied(source: Node): void {
    const { index, calls, values } = this.#reading;
    const site = index.bindingOf(innermost(source))?.sites[0];
    if (site?.kind !== 'parameter') return values.value(source);
    // A helper without calls copies nothing. One branch of a UMD wrapper passes the exports to the
    // factory, another one passes a page's globals.
    const isExports = (argument: Node): boolean => isExportsObject(argument, index, this.#followed);
    const given = calls.argumentsFor(site.owner, site.id, isExports);
    for (const argument of given) values.value(argument);
  }

  /** `module.exports = …` and `exports = …` */
  #replaced(node: Node, assignment: Extract<Node, { type: 'AssignmentExpression' }>): void {
    const { index, values } = this.#reading;
    if (node.type === 'Identifier' && index.bindingOf(node)) return;
    if (node.type === 'Identifier') {
      const chained =
        assignment.parent?.type === 'AssignmentExpression' &&
        isMember(assignment.parent.left, 'module', 'exports');
      if (!chained && !assignsModuleExports(assignment.right)) this.#open('exports is replaced', assignment);
      return;
    }
    if (isAnnotation(assignment)) return this.#annotated(assignment.right);
    values.value(assignment.right);
    this.of(assignment, { callable: isCallable(assignment.right) });
  }

  /** Names for Node's lexer only. */
  #annotated(value: Node): void {
    if (value.type !== 'ObjectExpression') return;
    for (const property of value.properties) {
      const name = property.type === 'Property' ? constantName(property.key, property.computed) : undefined;
      if (name) this.#reading.offered.annotated(name.name);
    }
  }

  #stored(target: Node, assignment: Node, standing: ExportsValue): void {
    const { index, aliases } = this.#reading;
    const owner = target.type === 'MemberExpression' ? index.bindingOf(target.object) : undefined;
    const isOwn = isOwnMember(target) || (owner !== undefined && aliases?.has(owner));
    if (target.type === 'Identifier') this.#alias(index.bindingOf(target), standing);
    // `exports.default = module.exports` and `module.exports = exports` are cycles.
    else if (!isOwn && !standing.callable) this.#open('exports is stored or passed to other code', target);
    this.of(assignment, standing);
  }

  #alias(binding: Binding | undefined, standing: ExportsValue): void {
    if (!binding || this.#followed.has(binding)) return;
    this.#followed.add(binding);
    for (const reference of this.#reading.index.referencesTo(binding)) {
      if (!isWritten(reference) || isFallback(reference)) this.of(reference, standing);
    }
  }

  #passed(call: CallExpression, node: Node, standing: ExportsValue): void {
    const position = call.arguments.findIndex((argument) => argument === node);
    const name = calleeName(call.callee) ?? '';
    const owner = innermost(call.callee);
    const method = objectMethodOf(owner, this.#reading.index);
    if (method !== undefined) return this.#objectMethod(method, call, position, standing);
    if (owner.type === 'MemberExpression' && calleeName(owner.object) === 'hasOwnProperty') return;
    if (
      this.#helper(this.#reading.helpers.nameOf(call.callee), call, position) ||
      definesByGetters(this.#reading, call, position)
    )
      return;
    const functions = this.#reading.calls.of(call.callee);
    for (const called of functions) {
      const parameter = called.params[position];
      if (!parameter) continue;
      const plain = plainParameter(parameter);
      if (plain.type === 'Identifier') this.#alias(this.#reading.index.bindingAt(plain.start), standing);
      else if (plain.type === 'RestElement') this.#open('exports is stored or passed to other code', node);
    }
    if (functions.length === 0 && !standing.callable)
      this.#open(`exports is passed to ${name || 'a function'}`, node);
  }

  /** Methods of `Object` and `Reflect`. Methods that are not listed change nothing. */
  #objectMethod(method: string, call: CallExpression, position: number, standing: ExportsValue): void {
    if (position !== 0) return;
    const [, second, ...others] = call.arguments;
    const { offered, values } = this.#reading;
    switch (method) {
      case 'defineProperty': {
        const name = constantString(second);
        if (name !== undefined && second)
          offered.name(
            { name, start: second.start, end: second.end },
            described(others[0], this.#reading.index),
          );
        else if (second) this.#computed(second);
        break;
      }
      case 'defineProperties':
        if (second?.type === 'ObjectExpression') values.literal(second);
        else this.#open('names are computed', call);
        break;
      case 'assign':
        for (const source of [second, ...others]) {
          if (source)
            offered.copying(() => values.value(source.type === 'SpreadElement' ? source.argument : source));
        }
        break;
      case 'setPrototypeOf':
        this.#open('the exports inherit names', call);
        break;
      case 'freeze':
      case 'seal':
      case 'preventExtensions':
        break;
      default:
        return;
    }
    this.of(call, standing);
  }

  /**
   * Helpers that compilers emit, by their plain names. Their code may be outside of the file
   * (tslib).
   */
  #helper(name: string, { arguments: args }: CallExpression, position: number): boolean {
    const [first, second, third, fourth] = args;
    const { offered } = this.#reading;
    if (name === 'exportstar' && position === 1 && first)
      offered.starring(() => offered.copying(() => this.#copied(first)));
    else if (name === 'reexport' && position !== 1 && second) offered.starring(() => this.#copied(second));
    else if (name === 'copyprops' && position === 0 && second) {
      const leavesOut = constantString(third) === 'default';
      if (leavesOut) offered.starring(() => this.#copied(second));
      else this.#copied(second);
    } else if (name === 'createbinding' && position === 0 && third) {
      const renamed = fourth ?? third;
      const constant = constantString(renamed);
      if (constant !== undefined)
        this.#reading.offered.name({ name: constant, start: renamed.start, end: renamed.end });
      else this.#computed(third);
    } else return name === 'tocommonjs';
    return true;
  }
}
