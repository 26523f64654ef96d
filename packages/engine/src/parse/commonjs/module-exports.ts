import type { Node } from 'oxc-parser';
import { innermost, isMember, outermost } from '../tree/node.js';

/** `0 && (module.exports = { a })`: tells Node's lexer the names, and is never run. */
export function isAnnotation({ parent }: Node): boolean {
  return parent?.type === 'LogicalExpression' && parent.operator === '&&' && isFalsy(parent.left);
}

function isFalsy(node: Node): boolean {
  return node.type === 'Literal' && !node.value;
}

/** `module.exports = …`, behind other assignments or not. */
export function assignsModuleExports(node: Node): boolean {
  const value = innermost(node);
  if (value.type !== 'AssignmentExpression') return isMember(value, 'module', 'exports');
  return isMember(value.left, 'module', 'exports') || assignsModuleExports(value.right);
}

/** `module.exports = { a }`, and what stands there for Node's lexer alone: the value becomes one of the exports. */
export function isExportedProperty({ parent }: Node): boolean {
  if (parent?.type !== 'Property' || parent.parent?.type !== 'ObjectExpression') return false;
  const { parent: assignment } = outermost(parent.parent);
  return (
    assignment?.type === 'AssignmentExpression' &&
    assignment.right === parent.parent &&
    isMember(assignment.left, 'module', 'exports')
  );
}

/** `x = y`, `x ||= y`, `x ??= y`: whatever x was, it may be y from now on. */
export function mayGive(operator: string): boolean {
  return operator === '=' || operator === '||=' || operator === '??=';
}

/** A member of the exports themselves. */
export function isOwnMember(target: Node): boolean {
  if (isMember(target, 'module', 'exports')) return true;
  if (target.type !== 'MemberExpression') return false;
  const { object } = target;
  return (object.type === 'Identifier' && object.name === 'exports') || isMember(object, 'module', 'exports');
}
