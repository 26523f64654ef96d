import type { MemberExpression, Node } from 'oxc-parser';
import { constantString, innermost, isFunction, memberName, outermost } from '../tree/node.js';
import type { NameInText } from '../tree/node.js';
import type { BindingSite } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { isWritten } from '../requests/member-context.js';
import { objectMethodOf } from './helper-shapes.js';

/** The values of a computed key: the keys of an object, or names in the text. */
export type KeySource =
  { readonly keysOf: Node; readonly hiddenToo?: boolean } | { readonly names: readonly NameInText[] };

/**
 * Finds the values of a computed key: `for (const k in x)`, `Object.keys(x).forEach((k) => …)`,
 * `['a', 'b'].forEach(…)`, `const k = 'a'`, `names[i]`.
 */
export function keySource(key: Node, index: TreeIndex): KeySource | undefined {
  const value = innermost(key);
  if (value.type === 'MemberExpression') return elementSource(value, index);
  const binding = index.bindingOf(value);
  if (!binding) return undefined;
  for (const site of binding.sites) {
    const found = site.kind === 'parameter' ? callbackSource(site, index) : variableSource(site, index);
    if (found) return found;
  }
  for (const reference of index.referencesTo(binding)) {
    const found = loopSource(reference, index);
    if (found) return found;
  }
  return undefined;
}

/** `Symbol.toStringTag`, `Symbol.for('x')`: a value under it has no name. */
export function isSymbolKey(key: Node, index: TreeIndex): boolean {
  const node = innermost(key);
  if (node.type === 'CallExpression') return isSymbolKey(node.callee, index);
  return node.type === 'MemberExpression' && index.isFree(innermost(node.object), 'Symbol');
}

/** `Color[Color["Red"] = 0] = "Red"`: the key is the member's number, not a name. */
export function isReverseMapping(member: MemberExpression): boolean {
  const key = innermost(member.property);
  return key.type === 'AssignmentExpression' && key.left.type === 'MemberExpression';
}

/** The key is a parameter of a callback that an array method calls. */
function callbackSource({ owner }: BindingSite, index: TreeIndex): KeySource | undefined {
  if (!isFunction(owner)) return undefined;
  const call = outermost(owner).parent;
  if (
    call?.type !== 'CallExpression' ||
    call.callee.type !== 'MemberExpression' ||
    call.arguments[0] !== owner
  )
    return undefined;
  return listSource(call.callee.object, index);
}

function variableSource({ owner, id }: BindingSite, index: TreeIndex): KeySource | undefined {
  if (owner.type !== 'VariableDeclarator') return undefined;
  const name = owner.id === id ? constantString(owner.init) : undefined;
  if (name !== undefined && owner.init)
    return { names: [{ name, start: owner.init.start, end: owner.init.end }] };
  const init = owner.id === id && owner.init ? innermost(owner.init) : undefined;
  if (init?.type === 'MemberExpression') return elementSource(init, index);
  const declaration = owner.parent;
  if (declaration && index.bindingAt(id.start)) return loopSource(declaration, index);
  return undefined;
}

function loopSource(left: Node, index: TreeIndex): KeySource | undefined {
  const { parent } = left;
  if (parent?.type === 'ForInStatement' && parent.left === left) return { keysOf: parent.right };
  return parent?.type === 'ForOfStatement' && parent.left === left
    ? listSource(parent.right, index)
    : undefined;
}

/** These also list keys that are not enumerable. */
const ALL_KEYS = new Set(['getOwnPropertyNames', 'ownKeys']);
const KEY_LISTS = new Set(['keys', 'getOwnPropertyNames', 'entries', 'ownKeys']);

/** An array of keys: `Object.keys(x)`, maybe filtered or sorted, or an array literal of strings. */
export function listSource(node: Node, index: TreeIndex): KeySource | undefined {
  const list = innermost(node);
  if (list.type === 'ArrayExpression') return arraySource(list.elements);
  if (list.type === 'Identifier') return constantSource(list, index);
  if (list.type !== 'CallExpression') return undefined;
  const method = objectMethodOf(list.callee, index);
  const [argument] = list.arguments;
  if (method !== undefined && KEY_LISTS.has(method))
    return argument ? { keysOf: argument, hiddenToo: ALL_KEYS.has(method) } : undefined;
  if (list.callee.type !== 'MemberExpression') return undefined;
  return ['filter', 'sort', 'slice', 'concat'].includes(memberName(list.callee)?.name ?? '')
    ? listSource(list.callee.object, index)
    : undefined;
}

/** `names[i]`: any name of the list. */
function elementSource(
  { object, property, computed }: MemberExpression,
  index: TreeIndex,
): KeySource | undefined {
  const list = innermost(object);
  return computed && constantString(property) === undefined && list.type === 'Identifier'
    ? constantSource(list, index)
    : undefined;
}

/** A variable that only ever holds one array literal of strings, and that nothing changes. */
function constantSource(list: Node, index: TreeIndex): KeySource | undefined {
  const binding = index.bindingOf(list);
  const [site, ...others] = binding?.sites ?? [];
  if (!binding || !site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return undefined;
  const { id, init } = site.owner;
  if (id !== site.id || init?.type !== 'ArrayExpression') return undefined;
  return index.referencesTo(binding).every(onlyReads) ? arraySource(init.elements) : undefined;
}

const READS = new Set(
  'length forEach map filter some every find includes indexOf slice concat join reduce keys values entries'.split(
    ' ',
  ),
);

function onlyReads(reference: Node): boolean {
  const list = outermost(reference);
  const { parent } = list;
  if (parent?.type === 'ForOfStatement') return parent.right === list;
  if (parent?.type === 'SpreadElement') return true;
  if (parent?.type !== 'MemberExpression' || parent.object !== list || isWritten(parent)) return false;
  const name = memberName(parent)?.name;
  return name === undefined ? parent.computed : READS.has(name);
}

function arraySource(elements: readonly (Node | null)[]): KeySource | undefined {
  const names: NameInText[] = [];
  for (const element of elements) {
    const name = constantString(element);
    if (name === undefined || !element) return undefined;
    names.push({ name, start: element.start, end: element.end });
  }
  return { names };
}
