import type { Node } from 'oxc-parser';
import type { ValueMembers } from '../../model/module-record.js';
import { declaredNames } from '../exports/declared-names.js';
import { isWritten } from '../requests/member-context.js';
import { innermost } from '../tree/node.js';
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
  const given = 'exported' in name ? givenToExports(index) : undefined;
  const reading = newReading(index, { strict: true, ...(given && { aliases: given.uses.aliases }) });
  if ('local' in name) {
    const id = body
      .flatMap((statement) => declaredNames(statement))
      .find((each) => each.id.name === name.local);
    const binding = id && index.bindingAt(id.id.start);
    if (!binding || !isObject(binding, reading)) return undefined;
    reading.values.variable(binding, binding.sites[0]!.id);
  } else if (given) {
    const values = given.offered.valuesOf(name.exported);
    if (!values?.every((value) => isObjectValue(value, reading))) return undefined;
    for (const value of values) reading.values.value(value);
    // `(function (Color) { … })(exports.Color || (exports.Color = {}))`
    for (const use of given.offered.readsOf(name.exported)) reading.uses.of(use, {});
  }
  return knownMembers(reading.offered);
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
