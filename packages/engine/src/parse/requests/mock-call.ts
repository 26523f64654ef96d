import type { CallExpression, Node } from 'oxc-parser';
import { calleeName, constantName, innermost, isFunction, memberName } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { NamespaceUses } from './namespace-uses.js';
import { PromiseUses } from './promise-uses.js';

/**
 * Methods of Vitest's `vi` and Jest's `jest` whose first argument names a module that must exist.
 */
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

/** A mock call of Vitest or Jest. */
export interface MockCall {
  /** The argument that names the module. */
  readonly specifier: Node;
  /**
   * What the test reads from the real module, if the call provides it (`importActual`,
   * `requireActual`, the factory's parameter).
   */
  readonly uses?: NamespaceUses;
}

/** One of Vitest's or Jest's calls that name a module; undefined for every other call. */
export function mockCall(call: CallExpression, index: TreeIndex): MockCall | undefined {
  const callee = innermost(call.callee);
  const method = calleeName(callee);
  if (callee.type !== 'MemberExpression' || method === undefined) return undefined;
  const tool = toolOf(callee.object, index);
  if (tool === undefined || !METHODS.get(tool)?.has(method) || isVirtual(call.arguments[2])) return undefined;
  const [first] = call.arguments;
  const specifier = first?.type === 'ImportExpression' ? first.source : first;
  const uses = specifier && trueModule(method, call, index);
  return specifier && { specifier, ...(uses && { uses }) };
}

/**
 * `vi`, `vitest` or `jest`: a global, or an import under any name. Other variables of these names
 * do not count.
 */
function toolOf(object: Node, index: TreeIndex): string | undefined {
  // Calls chain: `jest.mock('a').mock('b')`.
  if (object.type === 'CallExpression') {
    return object.callee.type === 'MemberExpression' ? toolOf(object.callee.object, index) : undefined;
  }
  // `vitest.vi.mock('a')`, of a namespace import
  if (object.type === 'MemberExpression') {
    const site = index.bindingOf(object.object)?.sites[0];
    const member = memberName(object)?.name;
    return site?.owner.type === 'ImportNamespaceSpecifier' && isOfTool(site.owner) ? member : undefined;
  }
  if (object.type !== 'Identifier') return undefined;
  const site = index.bindingOf(object)?.sites[0];
  if (!site) return object.name;
  const { owner } = site;
  if (owner.type === 'ImportSpecifier' && owner.imported.type === 'Identifier' && isOfTool(owner))
    return owner.imported.name;
  return site.kind === 'import' ? object.name : undefined;
}

function isOfTool({ parent }: Node): boolean {
  return (
    parent?.type === 'ImportDeclaration' && ['vitest', '@jest/globals'].includes(String(parent.source.value))
  );
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

function trueModule(method: string, call: CallExpression, index: TreeIndex): NamespaceUses | undefined {
  const uses = new NamespaceUses(index);
  if (method === 'requireActual') uses.value(call);
  else if (method === 'importActual') new PromiseUses(index, uses).promise(call);
  else if (method === 'mock' || method === 'doMock') ofFactory(call.arguments[1], index, uses);
  else return undefined;
  return uses;
}

/**
 * `vi.mock('x', async (importOriginal) => …)`: each call of the parameter returns a promise of the
 * real module.
 */
function ofFactory(factory: Node | undefined, index: TreeIndex, uses: NamespaceUses): void {
  const parameter = isFunction(factory) ? factory.params[0] : undefined;
  const binding = parameter?.type === 'Identifier' ? index.bindingAt(parameter.start) : undefined;
  for (const reference of binding ? index.referencesTo(binding) : []) {
    const { parent } = reference;
    if (parent?.type === 'CallExpression' && parent.callee === reference)
      new PromiseUses(index, uses).promise(parent);
  }
}
