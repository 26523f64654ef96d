import type { CallExpression, Node } from 'oxc-parser';
import { calleeName, innermost } from '../tree/node.js';
import type { NameInText } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { interopKind, plainHelperName } from './interop-helpers.js';
import { isFeatureTest, isWritten } from './member-context.js';

/** A test for the namespace does not pass it on. */
export function isProbed(node: Node, parent: Node | null | undefined): boolean {
  if (parent?.type === 'IfStatement' || parent?.type === 'WhileStatement') return parent.test === node;
  if (parent?.type === 'UnaryExpression') return true;
  return parent?.type === 'BinaryExpression' && /^[!=]==?$/.test(parent.operator);
}

export function hidesType(type: Node): boolean {
  return type.type === 'TSAnyKeyword' || type.type === 'TSUnknownKeyword';
}

export function nameOf(node: Node): NameInText | undefined {
  return 'name' in node && typeof node.name === 'string'
    ? { name: node.name, start: node.start, end: node.end }
    : undefined;
}

/**
 * The helper's own name, or that of its package: `_interop_require_default._(…)`,
 * `_interopDefault2.default(…)`.
 */
export function helperKind(callee: Node): ReturnType<typeof interopKind> {
  const own = interopKind(calleeName(callee));
  const called = innermost(callee);
  return own ?? (called.type === 'MemberExpression' ? interopKind(calleeName(called.object)) : undefined);
}

/**
 * `__toESM(require('x'), 1)`: with the second argument the default is all of `module.exports`,
 * marked or not.
 */
export function isNodeInterop({ callee, arguments: [, mode] }: CallExpression): boolean {
  return (
    plainHelperName(calleeName(callee) ?? '') === 'toesm' && mode?.type === 'Literal' && Boolean(mode.value)
  );
}

/** The binding never has another value than the namespace. */
export function isOnlyThis(index: TreeIndex, binding: Binding, write: Node | undefined): boolean {
  const [site, ...others] = binding.sites;
  if (!site || others.length > 0 || site.kind === 'class' || site.kind === 'function') return false;
  if (write && site.kind === 'parameter') return false;
  if (write && site.owner.type === 'VariableDeclarator' && (site.owner.init || site.owner.id !== site.id))
    return false;
  return index
    .referencesTo(binding)
    .every((use) => !isWritten(use) || (write !== undefined && use.parent === write));
}

/** `export const x = …`, `export import x = …`. */
export function isExportedDeclaration(owner: Node): boolean {
  const declaration = owner.type === 'VariableDeclarator' ? owner.parent : owner;
  return declaration?.parent?.type === 'ExportNamedDeclaration';
}

/** `const a = ns.a; if (a) a()`: the test of the variable tests the member. */
export function isTestedLater(index: TreeIndex, target: Node | undefined): boolean {
  const binding = target?.type === 'Identifier' ? index.bindingAt(target.start) : undefined;
  return binding !== undefined && index.referencesTo(binding).some(isFeatureTest);
}
