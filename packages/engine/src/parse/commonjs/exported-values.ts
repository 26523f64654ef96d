import type { MemberExpression, Node } from 'oxc-parser';
import {
  calleeName,
  constantName,
  constantString,
  innermost,
  isFunction,
  isMember,
  memberName,
  outermost,
} from '../tree/node.js';
import { isWritten } from '../requests/member-context.js';
import type { Binding, BindingSite } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { returnedValues } from './called-functions.js';
import type { CommonJsReading } from './exports-reading.js';
import { objectMethodOf } from './helper-shapes.js';
import { mayGive } from './module-exports.js';
import { isSymbolKey, keySource, listSource } from './key-source.js';
import type { KeySource } from './key-source.js';
import type { NameTraits } from './offered-names.js';
import { destructured, givenByGetter, givenValue } from './read-from.js';
import { requiredModule } from './require-call.js';

/** Finds the names of a value that becomes `module.exports`, or whose members are copied to it. */
export class ExportedValues {
  readonly #reading: CommonJsReading;
  readonly #seen = new Set<Node | Binding>();

  constructor(reading: CommonJsReading) {
    this.#reading = reading;
  }

  value(node: Node): void {
    const value = innermost(node);
    if (this.#seen.has(value)) return;
    this.#seen.add(value);
    const { offered, index } = this.#reading;
    const specifier = requiredModule(value, index);
    if (specifier !== undefined) return offered.from(specifier);
    switch (value.type) {
      case 'ObjectExpression':
        return this.literal(value);
      case 'Identifier':
        return this.#identifier(value);
      case 'ClassExpression':
        return this.#statics(value);
      case 'AssignmentExpression':
        return this.#assignment(value);
      case 'ConditionalExpression':
        this.value(value.consequent);
        return this.value(value.alternate);
      case 'LogicalExpression':
        this.value(value.left);
        return this.value(value.right);
      case 'CallExpression':
        return this.#result(value);
      case 'MemberExpression':
        if (isMember(value, 'module', 'exports') || this.#member(value) || this.#memberOfModule(value))
          return;
        return offered.open('the exports are a member of another value', value);
      case 'SequenceExpression':
        return this.value(value.expressions.at(-1)!);
      case 'NewExpression':
        return offered.open('the exports are an instance', value);
      default:
        if (!WITHOUT_NAMES.has(value.type)) offered.open('the exports are computed', value);
    }
  }

  /**
   * The keys of an object literal, and the objects that it spreads.
   *
   * @param given returns what is known about a name from its key's value
   */
  literal(
    node: Extract<Node, { type: 'ObjectExpression' }>,
    given: (value: Node, index: TreeIndex) => NameTraits = givenValue,
  ): void {
    const { offered, index } = this.#reading;
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        offered.copying(() => this.value(property.argument));
        continue;
      }
      const name = constantName(property.key, property.computed);
      const traits = property.kind === 'init' ? given : givenByGetter;
      if (name) offered.name(name, traits(property.value, index));
      else if (!isSymbolKey(property.key, index)) this.#computedKey(property.key);
    }
  }

  /** `{ [name]: value }` in a function that a method of a list calls with each of its names. */
  #computedKey(key: Node): void {
    const { offered, index } = this.#reading;
    const source = keySource(key, index);
    if (!source) return offered.open('a key is computed', key);
    this.#keys(source);
  }

  #keys(source: KeySource): void {
    const { offered } = this.#reading;
    if ('names' in source) for (const name of source.names) offered.name(name);
    else if (source.hiddenToo) this.value(source.keysOf);
    else offered.copying(() => this.value(source.keysOf));
  }

  /** `require('x').api`, without a helper that may change `default`. */
  #memberOfModule(value: MemberExpression): boolean {
    const { index, offered } = this.#reading;
    const name = memberName(value)?.name;
    const specifier = requiredModule(value.object, index);
    if (name === undefined || name === 'default' || specifier === undefined) return false;
    offered.membersOf(specifier, name, value);
    return true;
  }

  /** The names of a variable of this file: an enum, a namespace, an object. */
  variable(binding: Binding, use: Node): void {
    const { index } = this.#reading;
    if (this.#seen.has(binding)) return;
    this.#seen.add(binding);
    for (const site of binding.sites) this.#declared(site, use);
    this.#laterNames(binding, binding.sites.every(isCallableSite));
    for (const { parent } of index.referencesTo(binding)) {
      if (parent?.type === 'AssignmentExpression' && index.bindingOf(parent.left) === binding)
        this.value(parent.right);
    }
  }

  /**
   * A member of an object of this file: `const all = { api: { … } }; module.exports = all.api`. All code that uses the object has to be
   * in sight.
   */
  #member(value: MemberExpression): boolean {
    const { index, uses } = this.#reading;
    const name = memberName(value)?.name;
    const binding = index.bindingOf(innermost(value.object));
    const [site, ...others] = binding?.sites ?? [];
    if (name === undefined || !binding || !site || others.length > 0) return false;
    const values = valuesIn(site, name);
    if (!values) return false;
    const reads: Node[] = [];
    for (const reference of index.referencesTo(binding)) {
      const { parent } = outermost(reference);
      if (parent?.type !== 'MemberExpression' || parent.object !== outermost(reference)) return false;
      const other = memberName(parent)?.name;
      if (other === undefined) return false;
      if (other !== name) continue;
      const assignment = outermost(parent).parent;
      if (!isWritten(parent)) reads.push(parent);
      else if (assignment?.type === 'AssignmentExpression' && assignment.operator === '=')
        values.push(assignment.right);
      else return false;
    }
    if (values.length === 0) return false;
    for (const each of values) this.value(each);
    for (const read of reads) if (read !== value) uses.of(read, {});
    return true;
  }

  #assignment({ operator, left, right }: Extract<Node, { type: 'AssignmentExpression' }>): void {
    if (!mayGive(operator)) this.#reading.offered.open('the exports are computed', right);
    else this.value(right);
    const binding = this.#reading.index.bindingOf(left);
    if (binding) this.#laterNames(binding, isCallable(right));
  }

  #identifier(node: Extract<Node, { type: 'Identifier' }>): void {
    const { index, offered } = this.#reading;
    const binding = index.bindingOf(node);
    if (!binding) {
      if (node.name !== 'exports' && node.name !== 'undefined')
        offered.open(`the exports are the global ${node.name}`, node);
      return;
    }
    this.variable(binding, node);
  }

  #declared({ kind, owner, id }: BindingSite, use: Node): void {
    const { offered, calls } = this.#reading;
    if (kind === 'function') return;
    if (owner.type === 'ClassDeclaration' || owner.type === 'ClassExpression') return this.#statics(owner);
    if (kind === 'parameter') {
      const passed = calls.argumentsFor(owner, id);
      if (passed.length === 0) offered.open('an unknown caller passes the exports in', use);
      return passed.forEach((argument) => this.value(argument));
    }
    const from = destructured(use, this.#reading.index);
    if (from) return offered.membersOf(from.specifier, from.name, use);
    if (owner.type !== 'VariableDeclarator' || owner.id !== id)
      return offered.open('the exports are destructured from another value', use);
    if (owner.init) this.value(owner.init);
  }

  /**
   * `const api = {}; module.exports = api; api.a = 1`: a change of the value changes the exports.
   */
  #laterNames(binding: Binding, callable: boolean): void {
    for (const reference of this.#reading.index.referencesTo(binding))
      this.#reading.uses.of(reference, { callable: callable && !this.#reading.strict });
  }

  #statics({ body, superClass }: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>): void {
    if (superClass) this.#reading.offered.open('the exported class inherits statics', superClass);
    for (const element of body.body) {
      if (element.type === 'StaticBlock') this.#reading.offered.open('a static block may add names', element);
      if (!('key' in element) || !element.static || element.key.type === 'PrivateIdentifier') continue;
      const name = constantName(element.key, element.computed);
      // Methods of classes are not enumerable.
      if (name) this.#reading.offered.name(name, { hidden: element.type === 'MethodDefinition' });
    }
  }

  #result(call: Extract<Node, { type: 'CallExpression' }>): void {
    const { offered, calls, uses, helpers } = this.#reading;
    const [first, second] = call.arguments;
    const name = calleeName(call.callee);
    const method = objectMethodOf(call.callee, this.#reading.index);
    if (first && method !== undefined && this.#objectMethod(method, call)) return;
    const helper = helpers.nameOf(call.callee);
    if (first && helper === 'tocommonjs') {
      offered.name({ name: '__esModule', start: call.start, end: call.end });
      this.value(first);
      return uses.of(first, {});
    }
    if (first?.type === 'ObjectExpression' && helper === 'exportall')
      return this.literal(first, givenByGetter);
    if (first && second && helper === 'copyprops') {
      this.value(first);
      return this.value(second);
    }
    const functions = calls
      .of(call.callee)
      .filter((called) => !called.async && !('generator' in called && called.generator));
    if (functions.length === 0) {
      if (this.#reduced(call)) return;
      const reason = `the exports are the result of ${name ?? 'a call'}`;
      const specifier = first && requiredModule(call.callee, this.#reading.index);
      if (!first || specifier === undefined || first.type === 'SpreadElement')
        return offered.open(reason, call);
      this.value(first);
      return offered.passedThrough(specifier, reason, call);
    }
    for (const called of functions) for (const result of returnedValues(called)) this.value(result);
  }

  /**
   * `names.reduce((all, name) => { all[name] = …; return all; }, {})` over names in the text: what the function adds to its first
   * argument.
   */
  #reduced(call: Extract<Node, { type: 'CallExpression' }>): boolean {
    const { index } = this.#reading;
    const [reducer, initial] = call.arguments;
    const callee = innermost(call.callee);
    if (callee.type !== 'MemberExpression' || memberName(callee)?.name !== 'reduce' || !initial) return false;
    if (!reducer || !isFunction(reducer) || reducer.async || reducer.params.length < 2) return false;
    const [all, key] = reducer.params.map((parameter) => index.bindingAt(parameter.start));
    if (!all || !key || !listSource(callee.object, index)) return false;
    this.#seen.add(all);
    this.value(initial);
    this.#laterNames(all, false);
    for (const result of returnedValues(reducer)) this.value(result);
    return true;
  }

  /** `Object.fromEntries([['a', 1]])`, or with `map` over names in the text. */
  #entries(list: Node): boolean {
    const { index, offered } = this.#reading;
    const value = innermost(list);
    if (value.type === 'ArrayExpression') {
      const keys = value.elements.map(
        (element) => element?.type === 'ArrayExpression' && element.elements[0],
      );
      if (!keys.every((key) => key && constantString(key) !== undefined)) return false;
      for (const key of keys) {
        if (key) offered.name({ name: constantString(key)!, start: key.start, end: key.end });
      }
      return true;
    }
    if (value.type !== 'CallExpression') return false;
    if (objectMethodOf(value.callee, index) === 'entries') {
      const [argument] = value.arguments;
      if (argument) offered.copying(() => this.value(argument));
      return argument !== undefined;
    }
    const callee = innermost(value.callee);
    const [mapper] = value.arguments;
    if (callee.type !== 'MemberExpression' || memberName(callee)?.name !== 'map') return false;
    if (!mapper || !isFunction(mapper)) return false;
    const sources = returnedValues(mapper).map((result) => {
      const pair = innermost(result);
      const key = pair.type === 'ArrayExpression' ? pair.elements[0] : undefined;
      return key ? keySource(key, index) : undefined;
    });
    if (sources.length === 0) return false;
    const known = sources.filter((source) => source !== undefined);
    if (known.length < sources.length) return false;
    for (const source of known) this.#keys(source);
    return true;
  }

  /** Methods of `Object` that return their first argument. */
  #objectMethod(method: string, { arguments: args }: Extract<Node, { type: 'CallExpression' }>): boolean {
    const { offered } = this.#reading;
    const [first, second] = args;
    switch (method) {
      case 'assign':
        this.value(first!);
        for (const argument of args.slice(1))
          offered.copying(() => this.value(argument.type === 'SpreadElement' ? argument.argument : argument));
        return true;
      case 'freeze':
      case 'seal':
      case 'preventExtensions':
        this.value(first!);
        return true;
      case 'fromEntries':
        return this.#entries(first!);
      case 'defineProperty': {
        const name = constantString(second);
        if (!second || (name === undefined && !isSymbolKey(second, this.#reading.index))) return false;
        this.value(first!);
        if (name !== undefined) offered.name({ name, start: second.start, end: second.end });
        return true;
      }
      case 'defineProperties':
        if (second?.type !== 'ObjectExpression') return false;
        this.value(first!);
        this.literal(second);
        return true;
      default:
        return false;
    }
  }
}

/** Values without names that anyone imports. */
const WITHOUT_NAMES = new Set<Node['type']>([
  'FunctionExpression',
  'ArrowFunctionExpression',
  'Literal',
  'TemplateLiteral',
  'UnaryExpression',
  'ThisExpression',
]);

/** A function or a class: code that receives it does not usually add names to it. */
export function isCallable(node: Node): boolean {
  const value = innermost(node);
  return (
    value.type === 'FunctionExpression' ||
    value.type === 'ArrowFunctionExpression' ||
    value.type === 'ClassExpression'
  );
}

function isCallableSite({ kind, owner }: BindingSite): boolean {
  if (owner.type === 'VariableDeclarator') return owner.init !== null && isCallable(owner.init);
  return kind === 'function' || kind === 'class';
}

/** The values that a variable's object literal has for a key; undefined if other code may set it. */
function valuesIn({ kind, owner, id }: BindingSite, name: string): Node[] | undefined {
  if (kind === 'function') return [];
  if (owner.type !== 'VariableDeclarator' || owner.id !== id || owner.init?.type !== 'ObjectExpression')
    return undefined;
  const values: Node[] = [];
  for (const property of owner.init.properties) {
    const key = property.type === 'Property' ? constantName(property.key, property.computed) : undefined;
    if (property.type !== 'Property' || !key || property.kind !== 'init') return undefined;
    if (key.name === name) values.push(property.value);
  }
  return values;
}
