import type { CallExpression, Node } from 'oxc-parser';
import { calleeName, constantName, constantString, innermost, isFunction, memberName } from '../tree/node.js';
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
  // Of node:test. Bun's `mock.module` also mocks modules that do not exist.
  ['mock', new Set(['module'])],
]);

const TOOLS = new Set(['vitest', '@jest/globals', 'node:test']);

/** A mock call of Vitest or Jest. */
export interface MockCall {
  /** The argument that names the module. */
  readonly specifier: Node;
  /**
   * What the test reads from the real module, if the call provides it (`importActual`,
   * `requireActual`, the factory's parameter).
   */
  readonly uses?: NamespaceUses;
  /** A factory or a list of exports replaces the module, so it is found and not loaded. */
  readonly replaces?: true;
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
  const isReplaced = replaces(tool, method, call) && !(uses && (uses.bound || uses.names.length > 0));
  return specifier && { specifier, ...(uses && { uses }), ...(isReplaced && { replaces: true }) };
}

/** Vitest also accepts options as the second argument of `mock`. */
function replaces(tool: string, method: string, call: CallExpression): boolean {
  if (tool === 'mock' || /^(?:un|do[nN]t|doUn|deepUn|unstable_un)mock/i.test(method)) return true;
  if (!['mock', 'doMock', 'setMock', 'unstable_mockModule'].includes(method)) return false;
  const [, factory] = call.arguments;
  return factory !== undefined && innermost(factory).type !== 'ObjectExpression';
}

/** The specifiers that a file mocks as modules that do not exist, so that its own imports of them get the mock. */
export function virtualMocks(index: TreeIndex): ReadonlySet<string> {
  const mocks = index.calls.filter(({ callee, arguments: [, , options] }) => {
    const member = innermost(callee);
    if (member.type !== 'MemberExpression' || !isVirtual(options)) return false;
    return toolOf(member.object, index) === 'jest' && ['mock', 'doMock'].includes(calleeName(member) ?? '');
  });
  return new Set(mocks.flatMap(({ arguments: [specifier] }) => constantString(specifier) ?? []));
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
    // `test((t) => t.mock.module('a'))`
    if (member === 'mock' && site?.kind === 'parameter') return member;
    if (!site || !(site.kind === 'import' ? isOfTool(site.owner) : isLoadedTool(site.owner, index)))
      return undefined;
    return member;
  }
  if (object.type !== 'Identifier') return undefined;
  const site = index.bindingOf(object)?.sites[0];
  if (!site) return object.name === 'mock' ? undefined : object.name;
  const { owner } = site;
  if (owner.type === 'ImportSpecifier' && owner.imported.type === 'Identifier' && isOfTool(owner))
    return owner.imported.name;
  if (site.kind === 'import') return object.name === 'mock' ? undefined : object.name;
  return isLoadedTool(owner, index) ? destructuredName(owner, site.id) : undefined;
}

/** `const … = require('vitest')`, `const … = await import('vitest')` */
function isLoadedTool(owner: Node, index: TreeIndex): boolean {
  if (owner.type !== 'VariableDeclarator' || !owner.init) return false;
  const init = innermost(owner.init);
  const loaded = init.type === 'AwaitExpression' ? innermost(init.argument) : init;
  const source =
    loaded.type === 'ImportExpression'
      ? loaded.source
      : loaded.type === 'CallExpression' && index.isFree(loaded.callee, 'require')
        ? loaded.arguments[0]
        : undefined;
  return TOOLS.has(constantString(source) ?? '');
}

/** What a variable is called in the object that it is taken from: `vi` for `const { vi: mocks } = …`. */
function destructuredName(owner: Node, id: Node): string | undefined {
  if (owner.type !== 'VariableDeclarator' || owner.id.type !== 'ObjectPattern') return undefined;
  const property = owner.id.properties.find((one) => one.type === 'Property' && one.value.start === id.start);
  return property?.type === 'Property' ? constantName(property.key, property.computed)?.name : undefined;
}

function isOfTool({ parent }: Node): boolean {
  return parent?.type === 'ImportDeclaration' && TOOLS.has(String(parent.source.value));
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
