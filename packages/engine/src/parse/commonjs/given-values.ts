import type { Node } from 'oxc-parser';
import { constantName, innermost, isFunction } from '../tree/node.js';
import type { FunctionNode } from '../tree/node.js';
import type { Given } from './offered-names.js';

/** What a property descriptor gives: `{ value: x }`, `{ get() { return x } }`. */
export function described(descriptor: Node | undefined): Given {
  if (descriptor?.type !== 'ObjectExpression') return {};
  for (const property of descriptor.properties) {
    if (property.type !== 'Property') return {};
    const name = constantName(property.key, property.computed)?.name;
    if (name === 'value') return { value: property.value };
    if (name === 'get') return gotten(property.value);
  }
  return {};
}

/** What a getter gives: the one thing that it returns. */
export function gotten(getter: Node | undefined): Given {
  const called = getter && innermost(getter);
  if (!isFunction(called) || called.async || ('generator' in called && called.generator)) return {};
  return resultOf(called);
}

function resultOf({ body }: FunctionNode): Given {
  if (!body) return {};
  if (body.type !== 'BlockStatement') return { value: body };
  const [only, ...others] = (body.body as readonly Node[]).filter(({ type }) => type !== 'EmptyStatement');
  if (!only || others.length > 0) return {};
  if (only.type === 'ThrowStatement') return { throws: true };
  return only.type === 'ReturnStatement' && only.argument ? { value: only.argument } : {};
}
