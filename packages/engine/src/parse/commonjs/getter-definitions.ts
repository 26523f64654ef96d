import type { CallExpression, Node } from 'oxc-parser';
import { constantString, isFunction } from '../tree/node.js';
import type { CommonJsReading } from './exports-reading.js';
import { givenByGetter, givenValue } from './read-from.js';

/**
 * `define(exports, { a: () => a })`, `define(exports, 'a', () => a)` and `define(exports, ['a', ()
 * => a, 'b', 0, 1])`, whatever the bundler calls the function.
 *
 * @returns whether the call has that form; its names are then added
 */
export function definesByGetters(
  { index, offered, values }: CommonJsReading,
  { arguments: [, second, third] }: CallExpression,
  position: number,
): boolean {
  if (position !== 0) return false;
  const name = constantString(second);
  if (name !== undefined && second && isFunction(third)) {
    offered.name({ name, start: second.start, end: second.end }, givenByGetter(third, index));
    return true;
  }
  if (second?.type === 'ArrayExpression') {
    const names = namesInList(second.elements);
    for (const { id, name: defined, getter, value } of names ?? []) {
      const given = getter ? givenByGetter(getter, index) : value ? givenValue(value, index) : {};
      offered.name({ name: defined, start: id.start, end: id.end }, given);
    }
    return names !== undefined;
  }
  if (second?.type !== 'ObjectExpression' || second.properties.length === 0) return false;
  if (!second.properties.every((property) => property.type === 'Property' && isFunction(property.value)))
    return false;
  values.literal(second, givenByGetter);
  return true;
}

interface Defined {
  readonly id: Node;
  readonly name: string;
  readonly getter?: Node;
  readonly value?: Node;
}

/** Names, each with a getter, or with 0 and a value: the list that webpack 5 writes. */
function namesInList(elements: readonly (Node | null)[]): readonly Defined[] | undefined {
  const found: Defined[] = [];
  for (let at = 0; at < elements.length;) {
    const id = elements[at++];
    const next = elements[at++];
    const name = constantString(id);
    if (name === undefined || !id || !next) return undefined;
    if (isFunction(next)) found.push({ id, name, getter: next });
    else if (next.type === 'Literal' && next.value === 0) {
      const value = elements[at++];
      if (!value) return undefined;
      found.push({ id, name, value });
    } else return undefined;
  }
  return found;
}
