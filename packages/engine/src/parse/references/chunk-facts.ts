import type { CallExpression, Expression, Node } from 'oxc-parser';
import type { ChunkFacts } from '../../model/file-reference.js';
import type { Span } from '../../model/place.js';
import { constantString, innermost, isFunction, memberName, outermost } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { chunkNames } from './chunk-names.js';

type Asked = ChunkFacts['asked'][number];

/** The runtime, or a chunk that it loads. */
const BUNDLE = /webpack|rspack|\bexports\.ids\s*=/;

/**
 * What the output of webpack and Rspack says about chunks. Their runtime is an object, by default
 * `__webpack_require__`. Minifiers rename it, and its members keep their names (webpack's
 * RuntimeGlobals): `e` loads a chunk, `X` loads the chunks that an entry requires, `u` names a
 * chunk's script, `k` and `miniCssF` its style, `p` is the public path.
 */
export function chunkFacts(index: TreeIndex, text: string): ChunkFacts | undefined {
  const scripts = namesBy(['u'], index);
  if (!scripts && !BUNDLE.test(text)) return undefined;
  const styles = namesBy(['k', 'miniCssF'], index);
  const strangers = otherRuntimes(index);
  const asked = index.calls.flatMap((call) => (isOf(strangers, call, index) ? [] : askedBy(call, index)));
  const assets = assetsIn(index);
  if (asked.length + assets.length === 0 && !scripts) return undefined;
  return {
    asked,
    assets,
    ...(scripts && { scripts }),
    ...(styles && { styles: { ...styles, ...styledChunks(text) } }),
  };
}

function namesBy(members: readonly string[], index: TreeIndex): ChunkFacts['scripts'] {
  for (const name of members) {
    for (const node of index.membersNamed(name)) {
      const whole = outermost(node);
      const { parent } = whole;
      if (parent?.type !== 'AssignmentExpression' || parent.left !== whole || !isFunction(parent.right))
        continue;
      const names = chunkNames(parent.right);
      if (names) return { ...names, start: node.start, end: node.end };
    }
  }
  return undefined;
}

/**
 * The objects with a loader of their own and without names for scripts: the runtime of a library
 * whose built output was bundled again. The modules that it loads are modules of this bundle.
 */
function otherRuntimes(index: TreeIndex): ReadonlySet<unknown> {
  const assigned = (name: string): readonly unknown[] =>
    index.membersNamed(name).flatMap((node) => {
      const whole = outermost(node);
      const { parent } = whole;
      const isTarget = parent?.type === 'AssignmentExpression' && parent.left === whole;
      return (isTarget && node.type === 'MemberExpression' && index.bindingOf(innermost(node.object))) || [];
    });
  const named = new Set(assigned('u'));
  return new Set(assigned('e').filter((binding) => !named.has(binding)));
}

function isOf(objects: ReadonlySet<unknown>, { callee }: CallExpression, index: TreeIndex): boolean {
  const inner = innermost(callee);
  if (objects.size === 0 || inner.type !== 'MemberExpression') return false;
  const binding = index.bindingOf(innermost(inner.object));
  return binding !== undefined && objects.has(binding);
}

/** `r.e(12)`, `r.u(12)`, `r.X(0, [12], …)`, `r.e(ids[1])` with ids from a table of modules. */
function askedBy(call: CallExpression, index: TreeIndex): readonly Asked[] {
  const callee = innermost(call.callee);
  if (callee.type !== 'MemberExpression') return [];
  const name = memberName(callee)?.name;
  const [first, second] = call.arguments;
  const passed = name === 'map' && first ? innermost(first) : undefined;
  if (passed?.type === 'MemberExpression') {
    return memberName(passed)?.name === 'e' ? fromTable(callee.object, index) : [];
  }
  if (callee.object.type !== 'Identifier') return [];
  if (name === 'X' && second?.type === 'ArrayExpression') {
    return second.elements.flatMap((element) => (element ? withId(element) : []));
  }
  if (name === 'u') return first ? withId(first).map((asked) => ({ ...asked, worker: true as const })) : [];
  if (name !== 'e' || !first || !isAwaited(call)) return [];
  return first.type === 'MemberExpression' ? fromTable(first, index) : withId(first);
}

function withId(node: Node): readonly Asked[] {
  const id = idOf(node);
  return id === undefined ? [] : [{ id, start: node.start, end: node.end }];
}

function idOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'number') return String(node.value);
  return constantString(node);
}

/** `r.e(…).then(…)`, or one of several in an array that is awaited. */
function isAwaited(call: Node): boolean {
  const whole = outermost(call);
  const { parent } = whole;
  if (parent?.type === 'ArrayExpression' || parent?.type === 'AwaitExpression') return true;
  return parent?.type === 'MemberExpression' && parent.object === whole;
}

/**
 * The chunks in the table of a context module: `{ './de.js': ['923', [144]] }`. The code uses
 * `ids[1][0]`, `ids[1]` or `ids.slice(2)`.
 */
function fromTable(node: Node, index: TreeIndex): readonly Asked[] {
  const inner = innermost(node);
  let from: number | undefined;
  let current: Node = inner;
  for (;;) {
    if (current.type === 'CallExpression' && current.callee.type === 'MemberExpression') {
      if (memberName(current.callee)?.name !== 'slice') return [];
      from = numberOf(current.arguments[0]);
      current = innermost(current.callee.object);
    } else if (current.type === 'MemberExpression' && current.computed) {
      const at = numberOf(current.property);
      if (at === undefined) break;
      from = at;
      current = innermost(current.object);
    } else break;
  }
  if (from === undefined || current.type !== 'Identifier') return [];
  const table = initOf(initOf(current, index, 'object'), index);
  if (table?.type !== 'ObjectExpression') return [];
  const sliced = inner.type === 'CallExpression';
  return table.properties.flatMap((property) => {
    const value = property.type === 'Property' ? property.value : undefined;
    if (value?.type !== 'ArrayExpression') return [];
    const wanted = sliced ? value.elements.slice(from) : value.elements.slice(from, from + 1);
    return wanted.flatMap((element) =>
      element?.type === 'ArrayExpression'
        ? element.elements.flatMap((one) => (one ? withId(one) : []))
        : element
          ? withId(element)
          : [],
    );
  });
}

function numberOf(node: Node | undefined): number | undefined {
  return node?.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined;
}

/** The value of a variable; for `map[request]` the map. */
function initOf(node: Node | undefined, index: TreeIndex, part?: 'object'): Node | undefined {
  const owner = node ? index.bindingOf(node)?.sites[0]?.owner : undefined;
  const init = owner?.type === 'VariableDeclarator' ? owner.init : undefined;
  if (!init) return undefined;
  const inner: Node = innermost(init as Expression);
  return part && inner.type === 'MemberExpression' ? inner.object : inner;
}

/** `r.p + 'x.png'` */
function assetsIn(index: TreeIndex): readonly ({ readonly path: string } & Span)[] {
  return index.membersNamed('p').flatMap((node) => {
    const whole = outermost(node);
    const { parent } = whole;
    if (parent?.type !== 'BinaryExpression' || parent.operator !== '+' || parent.left !== whole) return [];
    const path = constantString(parent.right);
    const isFile = path !== undefined && /^[^?#]*\.[a-z\d]+(?:[?#].*)?$/i.test(path);
    return isFile
      ? [{ path: path.replace(/[?#].*$/s, ''), start: parent.right.start, end: parent.right.end }]
      : [];
  });
}

const STYLE_LOADER = /\.f\.(?:css|miniCss)\s*=/;
const TABLE = /\{((?:\s*["']?[\w-]+["']?\s*:\s*1\s*,?)+)\}/;
/** `/^(79|98)2$/.test(id)`, `!/^(1|2)$/.test(id)`, `1 == id`, `1 != id`: literals are first. */
const TEST =
  /(!?)\/\^([\w|()[\]?-]+)\$\/\.test|(?:\b(\d+)|["']([\w-]+)["'])\s*([!=]=)(?!=)\s*[\w$]+\b(?!\s*[.[(])/;

/**
 * Which chunks have styles. The loader tests for them, by a table of ones, an expression or a
 * comparison.
 */
function styledChunks(text: string): Pick<NonNullable<ChunkFacts['styles']>, 'of' | 'except'> {
  const at = text.search(STYLE_LOADER);
  if (at === -1) return { of: NONE };
  const loader = text.slice(at, at + 4000);
  const table = TABLE.exec(loader) ?? TABLE.exec(text.slice(Math.max(0, at - 4000), at));
  if (table) return { of: [...table[1]!.matchAll(/["']?([\w-]+)["']?\s*:/g)].map(([, id]) => id).join('|') };
  const test = TEST.exec(loader);
  if (!test) return { of: NONE };
  const [, not, pattern, number, quoted, operator] = test;
  const of = pattern ?? number ?? quoted!;
  return not === '!' || operator === '!=' ? { of, except: true } : { of };
}

/** A pattern that no id matches. */
const NONE = '(?!)';
