import type { MemberExpression, Node } from 'oxc-parser';
import { constantString, innermost, isFunction, memberName, outermost } from '../tree/node.js';
import type { NameInText } from '../tree/node.js';
import type { BindingSite } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { objectMethodOf } from './helper-shapes.js';

/** The values of a computed key: the keys of an object, or names in the text. */
export type KeySource =
  { readonly keysOf: Node; readonly hiddenToo?: boolean } | { readonly names: readonly NameInText[] };

/**
 * Finds the values of a computed key: `for (const k in x)`, `Object.keys(x).forEach((k) => …)`,
 * `['a', 'b'].forEach(…)`, `const k = 'a'`.
 */
export function keySource(key: Node, index: TreeIndex): KeySource | undefined {
  const binding = index.bindingOf(innermost(key));
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

/** `Symbol.toStringTag`: a value under it has no name. */
export function isSymbolKey(key: Node, index: TreeIndex): boolean {
  const node = innermost(key);
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
function listSource(node: Node, index: TreeIndex): KeySource | undefined {
  const list = innermost(node);
  if (list.type === 'ArrayExpression') return arraySource(list.elements);
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

function arraySource(elements: readonly (Node | null)[]): KeySource | undefined {
  const names: NameInText[] = [];
  for (const element of elements) {
    const name = constantString(element);
    if (name === undefined || !element) return undefined;
    names.push({ name, start: element.start, end: element.end });
  }
  return { names };
}
