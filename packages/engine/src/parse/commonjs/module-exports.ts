import type { Node } from 'oxc-parser';
import { innermost, isMember, outermost } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';

/** `0 && (module.exports = { a })`: shows the names to Node's lexer, and never runs. */
export function isAnnotation({ parent }: Node): boolean {
  return parent?.type === 'LogicalExpression' && parent.operator === '&&' && isFalsy(parent.left);
}

function isFalsy(node: Node): boolean {
  return node.type === 'Literal' && !node.value;
}

/** `module.exports = …`, after other assignments or not. */
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

/** Assigned to something that other code may use. */
export function isHandedOn(node: Node): boolean {
  return node.parent != null && HANDS_ON.has(node.parent.type) && !isExportedProperty(node);
}

/** `module.exports = { a }`, or the form of it for Node's lexer: the value becomes the exports. */
function isExportedProperty({ parent }: Node): boolean {
  if (parent?.type !== 'Property' || parent.parent?.type !== 'ObjectExpression') return false;
  const { parent: assignment } = outermost(parent.parent);
  return (
    assignment?.type === 'AssignmentExpression' &&
    assignment.right === parent.parent &&
    isMember(assignment.left, 'module', 'exports')
  );
}

/** `x = y`, `x ||= y`, `x ??= y`: x may be y after it. */
export function mayGive(operator: string): boolean {
  return operator === '=' || operator === '||=' || operator === '??=';
}

/** `x ||= {}`, `x ??= {}`: the result is x in any case. */
export function isFallback({ parent }: Node): boolean {
  return parent?.type === 'AssignmentExpression' && parent.operator !== '=' && mayGive(parent.operator);
}

/** `exports`, `module.exports`, or a variable that is known to hold them. */
export function isExportsObject(argument: Node, index: TreeIndex, aliases: ReadonlySet<Binding>): boolean {
  const node = innermost(argument);
  const binding = index.bindingOf(node);
  if (binding) return aliases.has(binding);
  return index.isFree(node, 'exports') || isMember(node, 'module', 'exports');
}

/** A member of the exports. */
export function isOwnMember(target: Node): boolean {
  if (isMember(target, 'module', 'exports')) return true;
  if (target.type !== 'MemberExpression') return false;
  const { object } = target;
  return (object.type === 'Identifier' && object.name === 'exports') || isMember(object, 'module', 'exports');
}
