import type { CallExpression, Node } from 'oxc-parser';
import { calleeName, constantName, innermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';

/** Methods of Vitest's `vi` and Jest's `jest` whose first argument names a module that must be there. */
const VITEST = new Set(['mock', 'doMock', 'unmock', 'doUnmock', 'importActual', 'importMock']);
const JEST = new Set([
  'mock',
  'doMock',
  'unmock',
  'dontMock',
  'deepUnmock',
  'setMock',
  'requireActual',
  'requireMock',
  'createMockFromModule',
  'genMockFromModule',
  'unstable_mockModule',
  'unstable_unmockModule',
]);
const METHODS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['vi', VITEST],
  ['vitest', VITEST],
  ['jest', JEST],
]);

/** The argument that names the module in a mock call of Vitest or Jest; undefined for every other call. */
export function mockSpecifier(call: CallExpression, index: TreeIndex): Node | undefined {
  const callee = innermost(call.callee);
  const method = calleeName(callee);
  if (callee.type !== 'MemberExpression' || method === undefined) return undefined;
  const root = rootOf(callee.object);
  if (root?.type !== 'Identifier' || !METHODS.get(root.name)?.has(method)) return undefined;
  // The tools' own objects are globals or imported; anything else of that name is something else.
  const binding = index.bindingOf(root);
  if (binding && binding.sites[0]?.kind !== 'import') return undefined;
  return isVirtual(call.arguments[2]) ? undefined : call.arguments[0];
}

/** Calls chain: `jest.mock('a').mock('b')`. */
function rootOf(node: Node): Node | undefined {
  if (node.type !== 'CallExpression') return node;
  return node.callee.type === 'MemberExpression' ? rootOf(node.callee.object) : undefined;
}

/** `jest.mock('x', factory, { virtual: true })` mocks a module that does not exist. */
function isVirtual(options: Node | undefined): boolean {
  if (options?.type !== 'ObjectExpression') return false;
  return options.properties.some(
    (property) =>
      property.type === 'Property' &&
      constantName(property.key, property.computed)?.name === 'virtual' &&
      !(property.value.type === 'Literal' && property.value.value === false),
  );
}
