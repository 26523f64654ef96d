import type { Node } from 'oxc-parser';
import { interopKind } from '../requests/interop-helpers.js';
import { isWritten } from '../requests/member-context.js';
import { calleeName, constantName, constantString, innermost, memberName } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';

/**
 * The module whose namespace an expression is: `require('x')`, a compiler's wrapper around it that keeps the names, or a
 * variable that holds nothing else.
 */
export function requiredModule(node: Node, index: TreeIndex): string | undefined {
  const value = innermost(node);
  if (value.type === 'CallExpression') {
    const [first] = value.arguments;
    if (index.isFree(innermost(value.callee), 'require')) return constantString(first);
    return first && interopKind(calleeName(value.callee)) === 'namespace'
      ? requiredModule(first, index)
      : undefined;
  }
  const binding = index.bindingOf(value);
  const [site, ...others] = binding?.sites ?? [];
  if (!binding || !site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return undefined;
  const { init, id } = site.owner;
  if (!init || id !== site.id || index.referencesTo(binding).some(isWritten)) return undefined;
  return requiredModule(init, index);
}

/** The name of another module that an expression is: `dep.a`, or a variable that `const { a } = require('dep')` fills. */
export function requiredMember(
  node: Node,
  index: TreeIndex,
): { readonly specifier: string; readonly name: string } | undefined {
  const value = innermost(node);
  if (value.type === 'MemberExpression') {
    const specifier = requiredModule(value.object, index);
    const name = memberName(value)?.name;
    return specifier !== undefined && name !== undefined ? { specifier, name } : undefined;
  }
  const binding = index.bindingOf(value);
  const [site, ...others] = binding?.sites ?? [];
  if (!binding || !site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return undefined;
  const { init, id } = site.owner;
  if (!init || id.type !== 'ObjectPattern' || index.referencesTo(binding).some(isWritten)) return undefined;
  const property = id.properties.find((entry) => entry.type === 'Property' && entry.value === site.id);
  const name =
    property?.type === 'Property' ? constantName(property.key, property.computed)?.name : undefined;
  const specifier = requiredModule(init, index);
  return specifier !== undefined && name !== undefined ? { specifier, name } : undefined;
}
