import { remembered } from '../../collections/remembered.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import type { Node } from 'oxc-parser';
import { outermost } from '../tree/node.js';

/**
 * `x.a = 1`, `x.a++`, `delete x.a`, `[x.a] = …`: the code creates or removes the member and does
 * not read it.
 */
export function isWritten(node: Node): boolean {
  const target = outermost(node);
  const { parent } = target;
  switch (parent?.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === target;
    case 'UpdateExpression':
    case 'RestElement':
    case 'ArrayPattern':
      return true;
    case 'UnaryExpression':
      return parent.operator === 'delete';
    case 'Property':
      return parent.value === target && parent.parent?.type === 'ObjectPattern';
    default:
      return false;
  }
}

const written = new WeakMap<Binding, boolean>();

/** Whether any reference to a variable writes it. */
export function isEverWritten(binding: Binding, index: TreeIndex): boolean {
  return remembered(written, binding, () => index.referencesTo(binding).some(isWritten));
}

/**
 * Whether the code handles an absent value: a condition, `??` and `||` with a fallback, `typeof`,
 * `!`, an optional call or chain, a comparison with `undefined` or `null`.
 */
export function isFeatureTest(node: Node): boolean {
  const value = chainEnd(node);
  if (isOptionalUse(value)) return true;
  const whole = outermost(value);
  const { parent } = whole;
  switch (parent?.type) {
    case 'LogicalExpression':
      return parent.left === whole || isFeatureTest(parent);
    case 'BinaryExpression':
      return (
        /^[!=]==?$/.test(parent.operator) && isNothing(parent.left === whole ? parent.right : parent.left)
      );
    default:
      return isCondition(whole, whole.parent);
  }
}

/**
 * Whether the code fails immediately if the member is absent: it is called, constructed, extended,
 * or read from.
 */
export function isReliedOn(node: Node): boolean {
  const whole = outermost(chainEnd(node));
  const { parent } = whole;
  switch (parent?.type) {
    case 'SequenceExpression':
      // `(0, ns.call)()`
      return parent.expressions.at(-1) === whole && isReliedOn(parent);
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === whole;
    case 'TaggedTemplateExpression':
      return parent.tag === whole;
    case 'MemberExpression':
      return parent.object === whole;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return parent.superClass === whole;
    case 'VariableDeclarator':
      return parent.init === whole && parent.id.type === 'ObjectPattern';
    case 'SpreadElement':
      return parent.parent?.type !== 'ObjectExpression';
    default:
      return false;
  }
}

function isCondition(node: Node, parent: Node | null | undefined): boolean {
  switch (parent?.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return parent.test === node;
    case 'UnaryExpression':
      return parent.operator === '!' || parent.operator === 'typeof';
    default:
      return false;
  }
}

function isOptionalUse(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'CallExpression') return parent.optional && parent.callee === node;
  return parent?.type === 'MemberExpression' && parent.optional && parent.object === node;
}

/** `x.a!`: the same value for the optional call around it. */
function chainEnd(node: Node): Node {
  return node.parent?.type === 'TSNonNullExpression' ? chainEnd(node.parent) : node;
}

function isNothing(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'undefined';
  if (node.type === 'UnaryExpression') return node.operator === 'void';
  return node.type === 'Literal' && node.value === null && node.raw === 'null';
}

/**
 * A member chain in `implements` or an interface's `extends`: only a type, although written as an
 * expression.
 */
export function isHeritageType(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'MemberExpression' && parent.object === node) return isHeritageType(parent);
  return parent?.type === 'TSClassImplements' || parent?.type === 'TSInterfaceHeritage';
}
