import type { Node } from 'oxc-parser';
import { calleeName, constantString, isMember, memberName } from '../tree/node.js';

/**
 * Whether an expression tests if an object has a name: `'a' in ns`, `Object.hasOwn(ns, 'a')`,
 * `Reflect.has(ns, 'a')`, `Object.prototype.hasOwnProperty.call(ns, 'a')`.
 *
 * @param node the object
 * @param parent the expression around it
 * @returns undefined if it is no such test; no `name` if that is computed
 */
export function ownershipQuestion(
  node: Node,
  parent: Extract<Node, { type: 'BinaryExpression' | 'CallExpression' }>,
): { readonly name?: string | undefined } | undefined {
  if (parent.type === 'BinaryExpression')
    return parent.operator === 'in' && parent.right === node
      ? { name: constantString(parent.left) }
      : undefined;
  const { callee, arguments: args } = parent;
  if (args[0] !== node || callee.type !== 'MemberExpression') return undefined;
  const indirect = memberName(callee)?.name === 'call' && calleeName(callee.object) === 'hasOwnProperty';
  if (!indirect && !isMember(callee, 'Object', 'hasOwn') && !isMember(callee, 'Reflect', 'has'))
    return undefined;
  return { name: constantString(args[1]) };
}
