import type { MemberExpression, Node } from 'oxc-parser';
import type { FunctionNode } from '../tree/node.js';
import { calleeName, innermost, isFunction, isMember, memberName, outermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { requiredModule } from './require-call.js';

/**
 * Finds uses of `exports` and `module.exports` that change an object without importers, because
 * `module.exports = …` always replaces it: in a statement of its own, by a new value. Uncertain
 * uses count as not lost.
 *
 * @returns whether the use at a free reference to `exports` or `module` is lost; undefined if none
 *   is
 */
export function lostAssignments(index: TreeIndex): ((reference: Node) => boolean) | undefined {
  const plain = index.freeReferences('exports');
  const all = [...plain, ...index.freeReferences('module')];
  const replaced = index
    .freeReferences('module')
    .flatMap((reference) => replacementAt(reference, index) ?? [])
    .filter((value) => all.every(({ start, end }) => end <= value.start || value.end <= start))
    .map(({ start }) => start);
  if (replaced.length === 0) return undefined;
  const last = Math.max(...replaced);
  const detached = plain.every(onlyAdds);
  return (reference) => {
    if (reference.type === 'Identifier' && reference.name === 'exports') return detached;
    const replacement = replacementAt(reference, index);
    if (replacement) return replacement.start < last;
    return reference.start < last && isPlainUse(reference) && runsAtOnce(reference);
  };
}

/** The new value in `module.exports = value;`, if the statement always runs. */
function replacementAt(reference: Node, index: TreeIndex): Node | undefined {
  const assignment = reference.parent?.parent;
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return undefined;
  if (!isMember(assignment.left, 'module', 'exports') || assignment.left !== reference.parent)
    return undefined;
  const certain =
    assignment.parent?.type === 'ExpressionStatement' && assignment.parent.parent?.type === 'Program';
  const value = behindExports(assignment.right, index);
  return certain && isNew(value, index) ? value : undefined;
}

/** The value in `module.exports = exports = value`. */
function behindExports(node: Node, index: TreeIndex): Node {
  const chained =
    node.type === 'AssignmentExpression' && node.operator === '=' && index.isFree(node.left, 'exports');
  return chained ? node.right : node;
}

const NEW = new Set<Node['type']>([
  'ObjectExpression',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassExpression',
  'Literal',
  'TemplateLiteral',
]);

/** Never the object that `exports` refers to. */
function isNew(node: Node, index: TreeIndex): boolean {
  const value = innermost(node);
  if (NEW.has(value.type) || requiredModule(value, index) !== undefined) return true;
  if (value.type === 'CallExpression') {
    const makes = ['fromEntries', 'create'].some((method) => isMember(value.callee, 'Object', method));
    return makes || isNeverShared(index);
  }
  if (value.type === 'MemberExpression') return isMemberOfAnother(value, index);
  const sites = index.bindingOf(value)?.sites ?? [];
  return (
    sites.length > 0 &&
    sites.every(({ kind, owner, id }) => {
      if (kind === 'function' || kind === 'class') return true;
      if (owner.type !== 'VariableDeclarator' || owner.id !== id || !owner.init) return false;
      const init = innermost(owner.init);
      return owner.parent?.type === 'VariableDeclaration' && owner.parent.kind === 'const'
        ? NEW.has(init.type) || requiredModule(init, index) !== undefined
        : false;
    })
  );
}

/** `thing.member` of a variable of this file, if nothing in the file can have stored the object in it. */
function isMemberOfAnother({ object }: MemberExpression, index: TreeIndex): boolean {
  const isDeclared = (index.bindingOf(innermost(object))?.sites ?? []).length > 0;
  return isDeclared && isNeverShared(index);
}

/** Nothing in the file stores the object that `exports` refers to, or passes it to other code. */
function isNeverShared(index: TreeIndex): boolean {
  const isUnshared = (reference: Node): boolean =>
    isPlainUse(reference) || reference.parent?.parent?.type === 'AssignmentExpression';
  return (
    index.freeReferences('exports').every(onlyAdds) &&
    index.freeReferences('module').every((reference) => isUnshared(reference) && !isStored(reference.parent!))
  );
}

/** The right side of an assignment, so that another variable refers to it as well. */
function isStored(node: Node): boolean {
  const { parent } = node;
  return parent?.type === 'AssignmentExpression' && parent.right === node;
}

/**
 * `exports.a = …`, `Object.defineProperty(exports, …)`, or a read of it: the object is not passed
 * on.
 */
function onlyAdds(reference: Node): boolean {
  const node = outermost(reference);
  const { parent } = node;
  if (parent?.type === 'MemberExpression') return parent.object === node;
  if (parent?.type === 'BinaryExpression') return parent.operator === 'in';
  if (parent?.type !== 'CallExpression' || parent.arguments[0] !== node) return false;
  if (calleeName(parent.callee) === 'call') return parent.parent?.type === 'UnaryExpression';
  const adds =
    isMember(parent.callee, 'Object', 'defineProperty') || isMember(parent.callee, 'Object', 'assign');
  return adds && parent.parent?.type === 'ExpressionStatement';
}

/** `module.exports.a = …`, `module.exports = …;`: no other variable refers to the object. */
function isPlainUse(reference: Node): boolean {
  const member = reference.parent;
  if (member?.type !== 'MemberExpression' || memberName(member)?.name !== 'exports') return false;
  const { parent } = member;
  const replaces = parent?.type === 'AssignmentExpression' && parent.left === member;
  return replaces ? parent.parent?.type === 'ExpressionStatement' : onlyAdds(member);
}

function runsAtOnce(node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at) && !isCalledInPlace(at)) return false;
  return true;
}

/** `(() => { … })()`, or `['a', 'b'].forEach((name) => { … })` */
function isCalledInPlace(owner: FunctionNode): boolean {
  const { parent } = owner;
  if (owner.async || owner.generator || parent?.type !== 'CallExpression') return false;
  if (parent.callee === owner) return true;
  const { callee } = parent;
  return (
    callee.type === 'MemberExpression' &&
    memberName(callee)?.name === 'forEach' &&
    innermost(callee.object).type === 'ArrayExpression'
  );
}
