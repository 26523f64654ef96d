import type { Node } from 'oxc-parser';
import { interopKind, plainHelperName } from '../requests/interop-helpers.js';
import { isRequire } from '../requests/require-functions.js';
import { isWritten } from '../requests/member-context.js';
import { calleeName, constantString, innermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';

/**
 * The module whose namespace an expression is: `require('x')`, a compiler's wrapper around it that keeps the names, or a
 * variable that holds nothing else.
 */
export function requiredModule(node: Node, index: TreeIndex): string | undefined {
  const value = innermost(node);
  if (value.type === 'CallExpression') {
    const [first] = value.arguments;
    if (isRequire(innermost(value.callee), index)) return constantString(first);
    const callee = calleeName(value.callee);
    // swc's `_export_star` gives back what it copies.
    const passesOn = interopKind(callee) === 'namespace' || plainHelperName(callee ?? '') === 'exportstar';
    return first && passesOn ? requiredModule(first, index) : undefined;
  }
  const binding = index.bindingOf(value);
  const [site, ...others] = binding?.sites ?? [];
  if (!binding || !site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return undefined;
  const { init, id } = site.owner;
  if (!init || id !== site.id || index.referencesTo(binding).some(isWritten)) return undefined;
  return requiredModule(init, index);
}
