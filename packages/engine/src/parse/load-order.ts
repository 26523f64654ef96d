import type { Node } from 'oxc-parser';
import type { Span } from '../model/place.js';
import { requiredModule } from './commonjs/require-call.js';
import { parseSource } from './parse-source.js';
import { isCaught } from './requests/guards.js';
import { isRequire } from './requests/require-functions.js';
import { orTooDeep } from './too-deep.js';
import { indexTree } from './tree/index-tree.js';
import { constantString, innermost, memberName, moduleExportName, outermost } from './tree/node.js';
import { runsAtLoad } from './tree/runs-at-load.js';
import type { TreeIndex } from './tree/tree-index.js';

/** What a CommonJS module does while it loads, by offsets in its text. */
export interface LoadOrder {
  /** Calls of `require` that always run, in their order. */
  readonly requires: readonly ({ readonly specifier: string } & Span)[];
  /** From here on it is not known which modules were loaded: a `require` in a branch or with a computed argument runs. */
  readonly uncertainFrom?: number;
  /** Uses of a required module's name that throw a TypeError if the name is undefined. */
  readonly uses: readonly ({ readonly specifier: string; readonly name: string } & Span)[];
  /** Values that `exports` gets, and where they are complete. */
  readonly exported: readonly ({ readonly name: string } & Span)[];
  /** Names that code in functions or branches may assign at any time. */
  readonly maybe: readonly string[];
  /** From here on `exports` may have any name. */
  readonly openFrom?: number;
}

const NOTHING: LoadOrder = { requires: [], uses: [], exported: [], maybe: [], openFrom: 0, uncertainFrom: 0 };

/**
 * Reads a module's text again, with its tree. This is only done for modules in a cycle of `require` calls.
 *
 * @param text of a built CommonJS module
 */
export function loadOrder(text: string, extension: string): LoadOrder {
  const source = parseSource(text, 'js', extension);
  if (source.syntaxError) return NOTHING;
  return orTooDeep(() => {
    const index = indexTree(source.program);
    return { ...requiresOf(index), uses: usesOf(index), ...exportsOf(index) };
  }, NOTHING);
}

function requiresOf(index: TreeIndex): Pick<LoadOrder, 'requires' | 'uncertainFrom'> {
  const requires: LoadOrder['requires'][number][] = [];
  let uncertainFrom = Infinity;
  for (const call of index.calls) {
    if (!isRequire(innermost(call.callee), index)) continue;
    const specifier = constantString(call.arguments[0]);
    const { start, end } = call;
    if (specifier !== undefined && isTopLevel(call)) requires.push({ specifier, start, end });
    else if (!isInFunction(call) || runsAtLoad(call, index)) uncertainFrom = Math.min(uncertainFrom, start);
  }
  requires.sort((a, b) => a.end - b.end);
  return { requires, ...(uncertainFrom < Infinity && { uncertainFrom }) };
}

function usesOf(index: TreeIndex): LoadOrder['uses'] {
  return [...index.calls, ...index.news]
    .map(({ callee }) => callee as Node)
    .concat(index.superClasses)
    .flatMap((used) => {
      const read = innermost(used);
      const found = nameRead(read, index) ?? firstMember(read, index);
      if (!found || isCaught(used) || !runsAtLoad(used, index) || isOptional(used)) return [];
      return [found];
    });
}

function isOptional(used: Node): boolean {
  const { parent } = outermost(used);
  return (
    (parent?.type === 'CallExpression' && parent.optional) ||
    (used.type === 'MemberExpression' && used.optional)
  );
}

/** `a.b.c`: reading `c` throws if `b` is undefined. */
function firstMember(node: Node, index: TreeIndex): LoadOrder['uses'][number] | undefined {
  return node.type === 'MemberExpression' && !node.optional
    ? nameRead(innermost(node.object), index)
    : undefined;
}

/** The name of a required module that an expression reads: `a.b`, or a variable that is only that. */
function nameRead(node: Node, index: TreeIndex): LoadOrder['uses'][number] | undefined {
  if (node.type === 'MemberExpression') {
    const name = memberName(node);
    const specifier = name && !node.optional ? requiredModule(node.object, index) : undefined;
    return name && specifier !== undefined
      ? { specifier, name: name.name, start: name.start, end: name.end }
      : undefined;
  }
  const binding = index.bindingOf(node);
  const [site, ...others] = binding?.sites ?? [];
  if (!site || others.length > 0 || site.owner.type !== 'VariableDeclarator') return undefined;
  const { id, init, parent } = site.owner;
  if (!init || parent?.type !== 'VariableDeclaration' || parent.kind !== 'const') return undefined;
  const { start, end } = node;
  if (id === site.id) {
    const read = init.type === 'MemberExpression' ? nameRead(init, index) : undefined;
    return read && { ...read, start, end };
  }
  if (id.type !== 'ObjectPattern') return undefined;
  const property = id.properties.find((each) => each.type === 'Property' && each.value === site.id);
  if (property?.type !== 'Property' || property.computed) return undefined;
  const specifier = requiredModule(init, index);
  return specifier === undefined
    ? undefined
    : { specifier, name: moduleExportName(property.key).name, start, end };
}

function exportsOf(index: TreeIndex): Pick<LoadOrder, 'exported' | 'maybe' | 'openFrom'> {
  const exported: LoadOrder['exported'][number][] = [];
  const maybe: string[] = [];
  let openFrom = Infinity;
  const open = (node: Node): void => {
    // A function may be called before the line that it is on.
    openFrom = Math.min(openFrom, isInFunction(node) ? 0 : node.start);
  };
  const take = (target: Node): void => {
    const { parent } = target;
    const name =
      parent?.type === 'MemberExpression' && parent.object === target ? memberName(parent) : undefined;
    const whole = parent && outermost(parent);
    if (name && whole?.parent?.type === 'AssignmentExpression' && whole.parent.left === whole) {
      const { operator, right, end } = whole.parent;
      if (isUndefined(lastAssigned(right))) return;
      if (operator === '=' && isTopLevel(whole.parent)) exported.push({ name: name.name, start: end, end });
      else maybe.push(name.name);
    } else if (name && parent && !isInFunction(parent)) {
      // Reading a name of its own exports changes nothing.
      if (whole?.parent?.type === 'CallExpression' && whole.parent.callee === whole) open(target);
    } else if (isDefined(target)) {
      const call = target.parent as Extract<Node, { type: 'CallExpression' }>;
      const defined = constantString(call.arguments[1]);
      if (defined === undefined) return open(target);
      if (isTopLevel(call)) exported.push({ name: defined, start: call.end, end: call.end });
      else maybe.push(defined);
    } else if (!name) open(target);
  };
  for (const node of [...index.freeReferences('exports'), ...index.topLevelThis]) take(node);
  for (const node of index.freeReferences('module')) {
    const { parent } = node;
    const isExports =
      parent?.type === 'MemberExpression' && parent.object === node && memberName(parent)?.name === 'exports';
    if (isExports) take(outermost(parent));
    else open(node);
  }
  return { exported, maybe, ...(openFrom < Infinity && { openFrom }) };
}

/** The first argument of `Object.defineProperty`. */
function isDefined(target: Node): boolean {
  const { parent } = target;
  if (parent?.type !== 'CallExpression' || parent.arguments[0] !== target) return false;
  const callee = innermost(parent.callee);
  return callee.type === 'MemberExpression' && memberName(callee)?.name === 'defineProperty';
}

/** Of `a = b = c`, this is `c`. */
function lastAssigned(node: Node): Node {
  const value = innermost(node);
  return value.type === 'AssignmentExpression' && value.operator === '=' ? lastAssigned(value.right) : value;
}

function isUndefined(node: Node): boolean {
  return (
    (node.type === 'UnaryExpression' && node.operator === 'void') ||
    (node.type === 'Identifier' && node.name === 'undefined')
  );
}

/** Part of a statement of the module that runs once, in the order of the text. */
function isTopLevel(node: Node): boolean {
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'Program') return true;
    if (!PLAIN.has(parent.type)) return false;
    if (parent.type === 'AssignmentExpression' && parent.operator !== '=') return false;
  }
  return false;
}

const PLAIN: ReadonlySet<string> = new Set([
  'ExpressionStatement', 'VariableDeclaration', 'VariableDeclarator', 'AssignmentExpression', 'SequenceExpression', 'CallExpression',
  'NewExpression', 'MemberExpression', 'ParenthesizedExpression', 'ObjectExpression', 'ArrayExpression', 'Property', 'SpreadElement',
]); // prettier-ignore

function isInFunction(node: Node): boolean {
  for (let current = node.parent; current; current = current.parent)
    if (/Function|^MethodDefinition$|^StaticBlock$|^PropertyDefinition$/.test(current.type)) return true;
  return false;
}
