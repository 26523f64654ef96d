import type { Node } from 'oxc-parser';
import { defaultOf, interopKind, plainHelperName } from '../requests/interop-helpers.js';
import type { DefaultOf } from '../requests/interop-helpers.js';
import { isNodeInterop } from '../requests/namespace-context.js';
import { isRequire } from '../requests/require-functions.js';
import { isEverWritten } from '../requests/member-context.js';
import { calleeName, constantString, innermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';

/** How an expression wraps a module that it requires. */
export interface Required {
  readonly specifier: string;
  /**
   * Only `default` belongs to the module: the result of `_interopRequireDefault` and similar
   * helpers.
   */
  readonly onlyDefault?: true;
  /** What a helper returns as `default`; absent without a helper. */
  readonly defaultOf?: DefaultOf;
}

/**
 * The module whose namespace an expression is: `require('x')`, a compiler's wrapper that keeps the
 * names, or a variable with no other value.
 */
export function requiredModule(node: Node, index: TreeIndex): string | undefined {
  const found = required(node, index);
  return found?.onlyDefault ? undefined : found?.specifier;
}

/** The same, with wrappers that only keep `default`. */
export function required(node: Node, index: TreeIndex): Required | undefined {
  const value = innermost(node);
  if (value.type === 'CallExpression') {
    const [first] = value.arguments;
    if (isRequire(innermost(value.callee), index)) {
      const specifier = constantString(first);
      return specifier === undefined ? undefined : { specifier };
    }
    const callee = calleeName(value.callee);
    const kind = interopKind(callee);
    // swc's `_export_star` returns its argument.
    const passesOn = kind !== undefined || plainHelperName(callee ?? '') === 'exportstar';
    const inner = first && passesOn ? required(first, index) : undefined;
    if (!inner || kind === undefined) return inner;
    const own = isNodeInterop(value) ? ('whole' as const) : defaultOf(callee);
    return {
      ...inner,
      ...(kind === 'default' && { onlyDefault: true }),
      defaultOf: inner.defaultOf ?? own,
    };
  }
  const binding = index.bindingOf(value);
  const [site, ...others] = binding?.sites ?? [];
  if (!binding || !site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return undefined;
  const { init, id } = site.owner;
  if (!init || id !== site.id || isEverWritten(binding, index)) return undefined;
  return required(init, index);
}
