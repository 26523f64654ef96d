import type { Node } from 'oxc-parser';
import type { ValueMembers } from '../../model/module-record.js';
import { declaredNames } from '../exports/declared-names.js';
import { isWritten } from '../requests/member-context.js';
import { innermost, isMember } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { givenToExports, newReading } from './exports-reading.js';
import type { OfferedNames } from './offered-names.js';

/** Whose members are asked for: a variable of an ES module, or a name of a CommonJS module's exports. */
export type ValueName = { readonly local: string } | { readonly exported: string };

/**
 * The members that a value of a JavaScript module has: an enum, a namespace, an object that is written out. Undefined where the
 * text does not tell what the value is at all.
 */
export function valueMembers(
  body: readonly Node[],
  index: TreeIndex,
  name: ValueName,
): ValueMembers | undefined {
  const reading = newReading(index, { strict: true });
  if ('local' in name) {
    const id = body
      .flatMap((statement) => declaredNames(statement))
      .find((each) => each.id.name === name.local);
    const binding = id && index.bindingAt(id.id.start);
    if (!binding || !isObject(binding, index)) return undefined;
    reading.values.variable(binding, binding.sites[0]!.id);
  } else {
    const values = givenToExports(index).valuesOf(name.exported);
    if (!values?.every((value) => isObjectValue(value, index))) return undefined;
    for (const value of values) reading.values.value(value);
    for (const use of usesOf(name.exported, index)) reading.uses.of(use, {});
  }
  return toldBy(reading.offered);
}

function toldBy(offered: OfferedNames): ValueMembers {
  const { assigned, assignedFrom, open } = offered.facts();
  const names = assigned.map(({ name }) => name);
  const reason = open[0]?.reason ?? (assignedFrom[0] && `names are copied from "${assignedFrom[0]}"`);
  return { names, ...(reason !== undefined && { open: reason }) };
}

/** `exports.Color` where it stands for the value: `(function (Color) { … })(exports.Color || (exports.Color = {}))`. */
function usesOf(name: string, index: TreeIndex): readonly Node[] {
  const direct = index.freeReferences('exports').map(({ parent }) => parent);
  const whole = index.freeReferences('module').map(({ parent }) => parent?.parent);
  return [...direct, ...whole].flatMap((member) =>
    member?.type === 'MemberExpression' &&
    (isMember(member, 'exports', name) ||
      (isMember(member.object, 'module', 'exports') && named(member, name))) &&
    !isWritten(member)
      ? member
      : [],
  );
}

function named(member: Extract<Node, { type: 'MemberExpression' }>, name: string): boolean {
  return !member.computed && member.property.type === 'Identifier' && member.property.name === name;
}

/** Everything that the variable ever holds is an object, a function or a class of this file's own making. */
function isObject(binding: Binding, index: TreeIndex, seen = new Set<Binding>()): boolean {
  if (seen.has(binding)) return true;
  seen.add(binding);
  const declared = binding.sites.every(({ kind, owner, id }) => {
    if (kind === 'function' || kind === 'class') return true;
    if (owner.type !== 'VariableDeclarator' || owner.id !== id) return false;
    return !owner.init || isObjectValue(owner.init, index, seen);
  });
  if (!declared) return false;
  return index.referencesTo(binding).every((reference) => {
    const { parent } = reference;
    if (!isWritten(reference)) return true;
    return (
      parent?.type === 'AssignmentExpression' &&
      parent.operator === '=' &&
      isObjectValue(parent.right, index, seen)
    );
  });
}

const OBJECTS = new Set<Node['type']>([
  'ObjectExpression',
  'ClassExpression',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

function isObjectValue(node: Node, index: TreeIndex, seen = new Set<Binding>()): boolean {
  const value = innermost(node);
  if (OBJECTS.has(value.type)) return true;
  switch (value.type) {
    case 'AssignmentExpression':
      return value.operator === '=' && isObjectValue(value.right, index, seen);
    case 'LogicalExpression':
      // `Color || (Color = {})`
      return isObjectValue(value.right, index, seen);
    case 'CallExpression': {
      // What a function of this file makes, called on the spot: an enum's or a namespace's body. `Object.freeze({ … })`.
      const callee = innermost(value.callee);
      if (OBJECTS.has(callee.type)) return true;
      const [first] = value.arguments;
      const freezes = isMember(callee, 'Object', 'freeze') || isMember(callee, 'Object', 'assign');
      return freezes && first !== undefined && isObjectValue(first, index, seen);
    }
    default: {
      const binding = index.bindingOf(value);
      return binding !== undefined && isObject(binding, index, seen);
    }
  }
}
