import type { Node } from 'oxc-parser';
import { isFunction, outermost } from '../tree/node.js';

/**
 * Whether the code handles a failure: it is inside the `try` block of a statement with a `catch`. A
 * function between the two runs at another time, unless it is called immediately.
 */
export function isCaught(node: Node): boolean {
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'TryStatement' && parent.block === current && parent.handler) return true;
    if (isFunction(current) && !isCalledOnTheSpot(current)) return false;
  }
  return false;
}

/**
 * Whether the module can load without running the code: it is inside a function that is not called
 * immediately, or in a branch.
 */
export function isDeferred(node: Node): boolean {
  for (let current = node; current.parent; current = current.parent) {
    if (isFunction(current) && !isCalledOnTheSpot(current)) return true;
    if (isBranch(current, current.parent)) return true;
  }
  return false;
}

/** Whether the code is in a branch, in any function, so that it may never run. */
export function isConditional(node: Node): boolean {
  for (let current = node; current.parent; current = current.parent) {
    if (isBranch(current, current.parent)) return true;
  }
  return false;
}

/** Whether a child runs only if its parent decides so. */
export function isBranch(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return parent.test !== node;
    case 'LogicalExpression':
      return parent.right === node;
    case 'AssignmentExpression':
      return parent.right === node && ['&&=', '||=', '??='].includes(parent.operator);
    case 'SwitchCase':
    case 'CatchClause':
      return true;
    case 'WhileStatement':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.body === node;
    default:
      return false;
  }
}

export function isCalledOnTheSpot(node: Node): boolean {
  const whole = outermost(node);
  const { parent } = whole;
  if (parent?.type === 'CallExpression') return parent.callee === whole;
  // `(function () { … }).call(this)`
  return (
    parent?.type === 'MemberExpression' && parent.object === whole && parent.parent?.type === 'CallExpression'
  );
}
