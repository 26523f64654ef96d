import type { Node } from 'oxc-parser';
import { constantName, innermost, isFunction, memberName, outermost } from '../tree/node.js';
import type { FunctionNode } from '../tree/node.js';
import { isKnownGlobal } from '../known-globals.js';
import { isCaught } from '../requests/guards.js';
import { runsAtLoad } from '../tree/runs-at-load.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { returnedValues } from './called-functions.js';
import type { NameTraits, ReadFrom } from './offered-names.js';
import { isEverWritten, isWritten } from '../requests/member-context.js';
import { required, requiredModule } from './require-call.js';

/**
 * The name in another module that is a value: `require('x').a`, `x_1.a`, a variable destructured
 * from it. For `void 0`, which compilers assign first, it is `nothing`.
 */
function readFrom(node: Node, index: TreeIndex): NameTraits['from'] {
  const value = innermost(node);
  if (value.type === 'UnaryExpression' && value.operator === 'void') return 'nothing';
  // `exports.a = exports.b = …`
  if (value.type === 'AssignmentExpression' && value.operator === '=') return readFrom(value.right, index);
  if (value.type !== 'MemberExpression') return destructured(value, index);
  const name = memberName(value)?.name;
  const module = required(value.object, index);
  if (name === undefined || !module || (module.onlyDefault && name !== 'default')) return undefined;
  const { specifier, defaultOf } = module;
  if (name !== 'default') return { specifier, name };
  // If a helper returns the whole module as its `default`, that always exists.
  return defaultOf === 'whole' ? undefined : { specifier, name, ...(defaultOf && { interop: true }) };
}

/** The same for a getter: the single value that it returns. */
function readByGetter(node: Node, index: TreeIndex): ReadFrom | undefined {
  if (!isFunction(node)) return undefined;
  const [value, ...others] = returnedValues(node);
  const from = value && others.length === 0 ? readFrom(value, index) : undefined;
  return from === 'nothing' ? undefined : from;
}

/** What is known about a name from its value. */
export function givenValue(value: Node, index: TreeIndex): NameTraits {
  // Scripts for pages read members of other scripts' globals (`jQuery.fn`).
  const isName = innermost(value).type === 'Identifier';
  const fails = isName && isGone(value, index) && !isCaught(value) && runsAtLoad(value, index);
  return {
    from: readFrom(value, index),
    value,
    module: moduleValue(value, index),
    ...(isAbsentMember(value, index) && { absent: true }),
    ...(fails && { fails }),
  };
}

/** What is known about a name from its getter. */
export function givenByGetter(getter: Node, index: TreeIndex): NameTraits {
  const [value, ...others] = isFunction(getter) ? returnedValues(getter) : [];
  if (!value) return { throws: isFunction(getter) && onlyThrows(getter) };
  if (others.length > 0) return {};
  if (isGone(value, index)) return { throws: true };
  const absent = isAbsentMember(value, index) && { absent: true };
  return { from: readByGetter(getter, index), value, module: moduleValue(value, index), ...absent };
}

function moduleValue(value: Node, index: TreeIndex): NameTraits['module'] {
  const module = required(value, index);
  return module && !module.onlyDefault
    ? { specifier: module.specifier, helped: module.defaultOf }
    : undefined;
}

/**
 * `local.x`, if `local` is an object literal of this file without that key, and the file only reads and sets its members by name. The
 * member is then undefined.
 */
function isAbsentMember(node: Node, index: TreeIndex): boolean {
  const value = innermost(node);
  const name = value.type === 'MemberExpression' ? memberName(value)?.name : undefined;
  if (value.type !== 'MemberExpression' || name === undefined || name in Object.prototype) return false;
  const binding = index.bindingOf(innermost(value.object));
  const [site, ...others] = binding?.sites ?? [];
  if (!binding || !site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return false;
  const { id, init } = site.owner;
  if (id !== site.id || init?.type !== 'ObjectExpression') return false;
  const keys = init.properties.map((property) =>
    property.type === 'Property' ? constantName(property.key, property.computed)?.name : undefined,
  );
  if (keys.some((key) => key === undefined || key === name || key === '__proto__')) return false;
  return index.referencesTo(binding).every((reference) => {
    const { parent } = outermost(reference);
    if (parent?.type !== 'MemberExpression' || parent.object !== outermost(reference)) return false;
    const other = memberName(parent)?.name;
    // A method could set members of its object.
    const isCalled = outermost(parent).parent?.type === 'CallExpression';
    return other !== undefined && !isCalled && (other !== name || !isWritten(parent));
  });
}

/** A name that nothing declares and nothing sets, and that no runtime has: a read throws a ReferenceError. */
function isGone(value: Node, index: TreeIndex): boolean {
  const root = rootOf(value);
  if (root.type !== 'Identifier' || !index.isFree(root, root.name)) return false;
  const { name } = root;
  // Names in capitals are often replaced by the build of the importer (`VERSION`, `__DEV__`).
  const isReplaced = /^[A-Z_\d$]+$/.test(name) || name.startsWith('__');
  return !isReplaced && !isKnownGlobal(name) && !index.freeReferences(name).some(isWritten);
}

/** `a` in `a.b.c` */
function rootOf(value: Node): Node {
  const node = innermost(value);
  return node.type === 'MemberExpression' && !node.optional ? rootOf(node.object) : node;
}

function onlyThrows({ body }: FunctionNode): boolean {
  if (body?.type !== 'BlockStatement') return false;
  const [first] = body.body;
  return first?.type === 'ThrowStatement';
}

/** What a property descriptor says about the name that it defines. */
export function described(descriptor: Node | undefined, index: TreeIndex): NameTraits {
  if (descriptor?.type !== 'ObjectExpression') return {};
  const fields = new Map<string, Node>();
  for (const property of descriptor.properties) {
    const key = property.type === 'Property' ? constantName(property.key, property.computed) : undefined;
    if (property.type !== 'Property' || !key) return {};
    fields.set(key.name, property.value);
  }
  const [getter, value] = [fields.get('get'), fields.get('value')];
  const given = getter ? givenByGetter(getter, index) : value && givenValue(value, index);
  return { hidden: !fields.has('enumerable'), ...given };
}

/** `const { a: local } = require('x')`, without a default. */
export function destructured(value: Node, index: TreeIndex): ReadFrom | undefined {
  const binding = index.bindingOf(value);
  const [site, ...others] = binding?.sites ?? [];
  if (!binding || !site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return undefined;
  const { init, id } = site.owner;
  if (!init || id.type !== 'ObjectPattern' || isEverWritten(binding, index)) return undefined;
  const specifier = requiredModule(init, index);
  const property = id.properties.find(
    (candidate) => candidate.type === 'Property' && candidate.value.start === site.id.start,
  );
  if (specifier === undefined || property?.type !== 'Property' || property.computed) return undefined;
  if (property.value.type !== 'Identifier') return undefined;
  const name = property.key.type === 'Identifier' ? property.key.name : undefined;
  return name === undefined || name === 'default' ? undefined : { specifier, name };
}
