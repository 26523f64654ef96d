import type { Node } from 'oxc-parser';
import { parseSource } from './parse-source.js';
import { isEverWritten } from './requests/member-context.js';
import { indexTree } from './tree/index-tree.js';
import { constantName, constantString, innermost, memberName } from './tree/node.js';
import type { TreeIndex } from './tree/tree-index.js';

/** The options of bundlers that list conditions: Vite and esbuild, webpack, Rollup's plugin. */
const LISTS = new Set(['conditions', 'conditionNames', 'exportConditions', 'externalConditions']);

/**
 * The conditions that a bundler's configuration lists. Simple code is followed: constants, spreads, `concat`, `push`, sets. What it cannot
 * follow is left out, such as the defaults of the bundler and lists of other files.
 */
export function conditionLists(text: string, extension: string): readonly string[] {
  const source = parseSource(text, /^[cm]?ts$/.test(extension) ? 'ts' : 'js', extension);
  if (source.syntaxError) return [];
  const index = indexTree(source.program);
  const found = new Set<string>();
  visit(source.program, (node) => {
    for (const list of listsAt(node)) for (const condition of itemsOf(list, index)) found.add(condition);
  });
  return [...found];
}

/** The lists in `{ conditions: list }`, `options.conditions = list` and `options.conditions.push(item)`. */
function listsAt(node: Node): readonly Node[] {
  if (node.type === 'Property' && LISTS.has(constantName(node.key, node.computed)?.name ?? ''))
    return [node.value];
  if (node.type === 'AssignmentExpression' && isList(node.left)) return [node.right];
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  const method = memberName(node.callee)?.name;
  const adds = (method === 'push' || method === 'unshift') && isList(node.callee.object);
  return adds ? node.arguments : [];
}

function isList(node: Node): boolean {
  const target = innermost(node);
  return target.type === 'MemberExpression' && LISTS.has(memberName(target)?.name ?? '');
}

function itemsOf(node: Node, index: TreeIndex, depth = 0): readonly string[] {
  const value = innermost(node);
  const inner = (each: Node): readonly string[] => (depth > 20 ? [] : itemsOf(each, index, depth + 1));
  const text = constantString(value);
  if (text !== undefined) return [text];
  switch (value.type) {
    case 'ArrayExpression':
      return value.elements.flatMap((element) => (element ? inner(element) : []));
    case 'SpreadElement':
      return inner(value.argument);
    case 'NewExpression':
      return value.callee.type === 'Identifier' && value.callee.name === 'Set'
        ? value.arguments.flatMap(inner)
        : [];
    case 'CallExpression':
      return ofCall(value, inner);
    case 'Identifier': {
      const binding = index.bindingOf(value);
      const [site, ...others] = binding?.sites ?? [];
      if (!binding || !site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return [];
      const { id, init } = site.owner;
      return id === site.id && init && !isEverWritten(binding, index) ? inner(init) : [];
    }
    default:
      return [];
  }
}

/** Methods that keep all items. `filter` is one of them, because it usually removes empty ones. */
const KEEPING = new Set(['concat', 'slice', 'filter', 'toSorted', 'reverse', 'flat']);

function ofCall(
  { callee, arguments: args }: Extract<Node, { type: 'CallExpression' }>,
  inner: (node: Node) => readonly string[],
): readonly string[] {
  if (callee.type !== 'MemberExpression') return [];
  const method = memberName(callee)?.name ?? '';
  if (method === 'from' && callee.object.type === 'Identifier' && callee.object.name === 'Array')
    return args.slice(0, 1).flatMap(inner);
  if (!KEEPING.has(method)) return [];
  return [...inner(callee.object), ...(method === 'concat' ? args.flatMap(inner) : [])];
}

function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) return node.forEach((each) => visit(each, see));
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node) see(node as Node);
  for (const [key, value] of Object.entries(node)) if (key !== 'parent') visit(value, see);
}
