import type { Node } from 'oxc-parser';
import type { ChunkNames } from '../../model/file-reference.js';
import type { Span } from '../../model/place.js';
import type { FunctionNode } from '../tree/node.js';
import { constantName, constantString, innermost } from '../tree/node.js';

type Part = ChunkNames['parts'][number];

/**
 * Reads a function that computes a file's name from a chunk's id, as webpack and Rspack write it:
 * concatenations of texts, the id and tables by id, after comparisons of the id for names that
 * follow no pattern.
 *
 * @returns undefined if the function does more than that
 */
export function chunkNames(node: FunctionNode): Omit<ChunkNames, keyof Span> | undefined {
  const [parameter] = node.params;
  if (parameter?.type !== 'Identifier' || !node.body) return undefined;
  const special: Record<string, string> = {};
  const id = parameter.name;
  if (node.body.type !== 'BlockStatement') {
    const parts = partsOf(node.body, id);
    return parts && { parts, special };
  }
  for (const statement of node.body.body) {
    if (statement.type === 'ReturnStatement') {
      const parts = statement.argument && partsOf(statement.argument, id);
      return parts ? { parts, special } : undefined;
    }
    if (statement.type !== 'IfStatement') return undefined;
    const wanted = comparedTo(statement.test, id);
    const { consequent } = statement;
    const returned = consequent.type === 'BlockStatement' ? consequent.body[0] : consequent;
    const name = returned?.type === 'ReturnStatement' ? constantString(returned.argument) : undefined;
    if (wanted === undefined || name === undefined) return undefined;
    special[wanted] = name;
  }
  return undefined;
}

/** The name of a chunk's file; undefined if there is none. */
export function chunkFile({ parts, special }: ChunkNames, id: string): string | undefined {
  if (Object.hasOwn(special, id)) return special[id];
  let name = '';
  for (const part of parts) {
    if (typeof part === 'string') name += part;
    else if (part.table === 'id') name += id;
    else if (Object.hasOwn(part.table, id)) name += part.table[id];
    else if (part.orId) name += id;
    else return undefined;
  }
  return name.replace(/[?#].*$/s, '');
}

function partsOf(node: Node, id: string): readonly Part[] | undefined {
  const inner = innermost(node);
  const text = constantString(inner);
  if (text !== undefined) return text === '' ? [] : [text];
  switch (inner.type) {
    case 'Identifier':
      return inner.name === id ? [{ table: 'id' }] : undefined;
    case 'BinaryExpression': {
      const left = inner.operator === '+' ? partsOf(inner.left, id) : undefined;
      const right = left && partsOf(inner.right, id);
      return right && [...left!, ...right];
    }
    case 'TemplateLiteral': {
      const all = inner.quasis.flatMap((quasi, at): (readonly Part[] | undefined)[] => [
        quasi.value.cooked ? [quasi.value.cooked] : [],
        ...(at < inner.expressions.length ? [partsOf(inner.expressions[at]!, id)] : []),
      ]);
      return all.every((parts) => parts !== undefined) ? all.flat() : undefined;
    }
    case 'LogicalExpression': {
      const [part] = partsOf(inner.left, id) ?? [];
      const fallback = innermost(inner.right);
      if (!part || typeof part === 'string' || fallback.type !== 'Identifier' || fallback.name !== id)
        return undefined;
      return [{ ...part, orId: true }];
    }
    case 'ConditionalExpression':
      return choice(inner, id);
    case 'MemberExpression': {
      const key = innermost(inner.property);
      const table =
        inner.computed && key.type === 'Identifier' && key.name === id ? tableOf(inner.object) : undefined;
      return table && [{ table }];
    }
    default:
      return undefined;
  }
}

/** `(id === 76 ? 'common' : id)`: a table with one entry. Several of them make a larger table. */
function choice(
  node: Extract<Node, { type: 'ConditionalExpression' }>,
  id: string,
): readonly Part[] | undefined {
  const wanted = comparedTo(node.test, id);
  const name = constantString(innermost(node.consequent));
  const [rest, ...more] = partsOf(node.alternate, id) ?? [];
  if (wanted === undefined || name === undefined || !rest || typeof rest === 'string' || more.length > 0)
    return undefined;
  const others = rest.table === 'id' ? {} : rest.table;
  const orId = rest.table === 'id' || rest.orId;
  return [{ table: { ...others, [wanted]: name }, ...(orId && { orId: true as const }) }];
}

function comparedTo(test: Node, id: string): string | undefined {
  const inner = innermost(test);
  if (inner.type !== 'BinaryExpression' || !/^===?$/.test(inner.operator)) return undefined;
  const sides = [innermost(inner.left), innermost(inner.right)];
  if (!sides.some((side) => side.type === 'Identifier' && side.name === id)) return undefined;
  const other = sides.find((side) => side.type === 'Literal');
  return other?.type === 'Literal' ? String(other.value) : undefined;
}

function tableOf(node: Node): Readonly<Record<string, string>> | undefined {
  const inner = innermost(node);
  if (inner.type !== 'ObjectExpression') return undefined;
  const table: Record<string, string> = {};
  for (const property of inner.properties) {
    if (property.type !== 'Property') return undefined;
    const { key } = property;
    const name = key.type === 'Literal' ? String(key.value) : constantName(key, property.computed)?.name;
    const value = constantString(property.value);
    if (name === undefined || value === undefined) return undefined;
    table[name] = value;
  }
  return table;
}
