import type { Node } from 'oxc-parser';
import type { ValueMembers } from '../../model/module-record.js';
import { declaredNames } from '../exports/declared-names.js';
import { isWritten } from '../requests/member-context.js';
import { innermost, isMember, outermost } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { givenToExports, newReading } from './exports-reading.js';
import type { CommonJsReading } from './exports-reading.js';
import { mayGive } from './module-exports.js';
import { objectMethodOf } from './helper-shapes.js';
import type { OfferedNames } from './offered-names.js';

/** The value to look at: a variable of an ES module, or a name in a CommonJS module's exports. */
export type ValueName = { readonly local: string } | { readonly exported: string };

/**
 * The members of a value in a JavaScript module: an enum, a namespace, or an object literal.
 * Undefined if the text does not show the value.
 */
export function valueMembers(
  body: readonly Node[],
  index: TreeIndex,
  name: ValueName,
): ValueMembers | undefined {
  const whole = 'exported' in name && name.exported === 'module.exports' ? replacedExports(index) : undefined;
  if (whole) {
    const isLiteral = whole.length > 0 && whole.every((value) => isPlain(value, index));
    return isLiteral ? { names: [], plain: true } : undefined;
  }
  const declared = 'exported' in name && name.exported === 'default' ? defaultOf(body) : undefined;
  if (declared) return isPlain(declared, index) ? ofLiteral(declared, index) : undefined;
  const given = 'exported' in name ? givenToExports(index) : undefined;
  const reading = newReading(index, { strict: true, ...(given && { aliases: given.uses.aliases }) });
  if ('local' in name) {
    const id = body
      .flatMap((statement) => declaredNames(statement))
      .find((each) => each.id.name === name.local);
    const binding = id && index.bindingAt(id.id.start);
    if (!binding || !isObject(binding, reading)) return undefined;
    reading.values.variable(binding, binding.sites[0]!.id);
    return {
      ...knownMembers(reading.offered),
      ...(isPlainVariable(binding, index) && { plain: true as const }),
    };
  }
  if (given) {
    const values = given.offered.valuesOf(name.exported);
    if (!values?.every((value) => isObjectValue(value, reading))) return undefined;
    for (const value of values) reading.values.value(value);
    // `(function (Color) { … })(exports.Color || (exports.Color = {}))`
    for (const use of given.offered.readsOf((name as { exported: string }).exported))
      reading.uses.of(use, {});
    const plain = values.every((value) => isPlain(value, index));
    return { ...knownMembers(reading.offered), ...(plain && { plain: true as const }) };
  }
  return knownMembers(reading.offered);
}

function ofLiteral(value: Node, index: TreeIndex): ValueMembers {
  const reading = newReading(index, { strict: true });
  reading.values.value(value);
  return { ...knownMembers(reading.offered), plain: true };
}

/** What `module.exports` is set to; undefined if the module is used in another way, or sets nothing. */
function replacedExports(index: TreeIndex): readonly Node[] {
  return index.freeReferences('module').flatMap((reference) => {
    const { parent } = reference;
    if (parent?.type !== 'MemberExpression' || !isMember(parent, 'module', 'exports')) return reference;
    const assignment = outermost(parent).parent;
    const isTarget = assignment?.type === 'AssignmentExpression' && assignment.left === parent;
    return isTarget ? assignment.right : [];
  });
}

/** The value of `export default`, unless that is a declaration or a variable. */
function defaultOf(body: readonly Node[]): Node | undefined {
  const statement = body.find(({ type }) => type === 'ExportDefaultDeclaration');
  return statement?.type === 'ExportDefaultDeclaration' ? statement.declaration : undefined;
}

/** Whether a value is an object literal, in every case. */
function isPlain(node: Node, index: TreeIndex, seen = new Set<Binding>()): boolean {
  const value = innermost(node);
  // A computed key may be a symbol that makes the object iterable.
  if (value.type === 'ObjectExpression')
    return value.properties.every((property) => property.type === 'Property' && !property.computed);
  if (value.type === 'AssignmentExpression')
    return value.operator === '=' && isPlain(value.right, index, seen);
  if (value.type === 'CallExpression') {
    const [first] = value.arguments;
    const method = objectMethodOf(innermost(value.callee), index);
    const givesBack = method !== undefined && GIVE_BACK.has(method);
    return givesBack && first !== undefined && isPlain(first, index, seen);
  }
  const binding = index.bindingOf(value);
  return binding !== undefined && isPlainVariable(binding, index, seen);
}

function isPlainVariable(binding: Binding, index: TreeIndex, seen = new Set<Binding>()): boolean {
  if (seen.has(binding)) return false;
  seen.add(binding);
  const [site, ...others] = binding.sites;
  if (others.length > 0 || site?.owner.type !== 'VariableDeclarator' || site.owner.id !== site.id)
    return false;
  if (!site.owner.init || !isPlain(site.owner.init, index, seen)) return false;
  return !index.referencesTo(binding).some(isWritten);
}

function knownMembers(offered: OfferedNames): ValueMembers {
  const { assigned, assignedFrom, open } = offered.facts();
  const names = assigned.map(({ name }) => name);
  const reason = open[0]?.reason ?? (assignedFrom[0] && `names are copied from "${assignedFrom[0]}"`);
  return { names, ...(reason !== undefined && { open: reason }) };
}

/** Every value of the variable is an object, a function or a class from this file. */
function isObject(binding: Binding, reading: CommonJsReading, seen = new Set<Binding>()): boolean {
  if (seen.has(binding)) return true;
  seen.add(binding);
  const declared = binding.sites.every(({ kind, owner, id }) => {
    if (kind === 'function' || kind === 'class') return true;
    if (owner.type !== 'VariableDeclarator' || owner.id !== id) return false;
    return !owner.init || isObjectValue(owner.init, reading, seen);
  });
  if (!declared) return false;
  return reading.index.referencesTo(binding).every((reference) => {
    const { parent } = reference;
    if (!isWritten(reference)) return true;
    return (
      parent?.type === 'AssignmentExpression' &&
      mayGive(parent.operator) &&
      isObjectValue(parent.right, reading, seen)
    );
  });
}

/** Methods that return their first argument. */
const GIVE_BACK = new Set([
  'freeze',
  'seal',
  'preventExtensions',
  'assign',
  'defineProperty',
  'defineProperties',
]);

const OBJECTS = new Set<Node['type']>([
  'ObjectExpression',
  'ClassExpression',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

function isObjectValue(node: Node, reading: CommonJsReading, seen = new Set<Binding>()): boolean {
  const { index, helpers } = reading;
  const value = innermost(node);
  if (OBJECTS.has(value.type)) return true;
  switch (value.type) {
    case 'AssignmentExpression':
      return mayGive(value.operator) && isObjectValue(value.right, reading, seen);
    case 'LogicalExpression':
      // `Color || (Color = {})`
      return isObjectValue(value.right, reading, seen);
    case 'CallExpression': {
      // The result of a function of this file that is called immediately: the body of an enum or a
      // namespace. `Object.freeze({ … })`.
      const callee = innermost(value.callee);
      if (OBJECTS.has(callee.type)) return true;
      const [first] = value.arguments;
      if (first?.type === 'ObjectExpression' && helpers.nameOf(callee) === 'exportall') return true;
      const method = objectMethodOf(callee, index);
      const givesBack = method !== undefined && GIVE_BACK.has(method);
      return givesBack && first !== undefined && isObjectValue(first, reading, seen);
    }
    default: {
      const binding = index.bindingOf(value);
      return binding !== undefined && isObject(binding, reading, seen);
    }
  }
}
