import type { Node } from 'oxc-parser';
import { innermost, isMember, outermost } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';

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

const HANDS_ON = new Set<Node['type']>([
  'Property',
  'PropertyDefinition',
  'ArrayExpression',
  'NewExpression',
  'AssignmentPattern',
  'TaggedTemplateExpression',
  'YieldExpression',
]);

/** Put into something that may go anywhere. */
export function isHandedOn(node: Node): boolean {
  return node.parent != null && HANDS_ON.has(node.parent.type) && !isExportedProperty(node);
}

/** `module.exports = { a }`, and what stands there for Node's lexer alone: the value becomes one of the exports. */
function isExportedProperty({ parent }: Node): boolean {
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

/** `x ||= {}`, `x ??= {}`: written or not, this is x. */
export function isFallback({ parent }: Node): boolean {
  return parent?.type === 'AssignmentExpression' && parent.operator !== '=' && mayGive(parent.operator);
}

/** `exports`, `module.exports`, or a variable that is known to hold them. */
export function standsForExports(argument: Node, index: TreeIndex, aliases: ReadonlySet<Binding>): boolean {
  const node = innermost(argument);
  const binding = index.bindingOf(node);
  if (binding) return aliases.has(binding);
  return index.isFree(node, 'exports') || isMember(node, 'module', 'exports');
}

/** A member of the exports themselves. */
export function isOwnMember(target: Node): boolean {
  if (isMember(target, 'module', 'exports')) return true;
  if (target.type !== 'MemberExpression') return false;
  const { object } = target;
  return (object.type === 'Identifier' && object.name === 'exports') || isMember(object, 'module', 'exports');
}
