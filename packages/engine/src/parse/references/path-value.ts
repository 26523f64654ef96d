import { posix } from 'node:path';
import type { CallExpression, Node } from 'oxc-parser';
import { calleeName, constantString, innermost, memberName } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';

/** What an expression says about a path or a URL. */
export interface PathValue {
  /**
   * `module`: the path starts at the folder of the module; `text`: it is exactly the written text.
   */
  readonly from: 'module' | 'text';
  /** `*` replaces each computed part. */
  readonly path: string;
  /**
   * It is the module's own file (`__filename`, `import.meta.url`), so its folder must be taken from
   * it.
   */
  readonly own?: true;
}

/** A limit for chains of constants, so that a cycle of assignments ends. */
const DEEPEST = 12;

/**
 * The path or URL that an expression evaluates to, as far as the text shows it: `__dirname`,
 * `import.meta.url` and similar, the functions of `node:path` and `node:url` that join paths, `new
 * URL`, concatenations, and variables that are set once.
 *
 * @returns undefined if it is unknown
 */
export function pathValue(node: Node | null | undefined, index: TreeIndex, depth = 0): PathValue | undefined {
  if (!node || depth > DEEPEST) return undefined;
  const inner = innermost(node);
  const again = (part: Node | null | undefined): PathValue | undefined => pathValue(part, index, depth + 1);
  const text = constantString(inner);
  if (text !== undefined) return { from: 'text', path: text };
  switch (inner.type) {
    case 'Identifier':
      return ofName(inner, index, again);
    case 'MemberExpression':
      return ofMember(inner, again);
    case 'NewExpression':
      return index.isFree(inner.callee, 'URL') || calleeName(inner.callee) === 'URL'
        ? ofUrl(
            again(inner.arguments[0]),
            inner.arguments[1] && again(inner.arguments[1]),
            inner.arguments.length,
          )
        : undefined;
    case 'CallExpression':
      return ofCall(inner, index, again);
    case 'BinaryExpression':
      return inner.operator === '+' ? concatenated([again(inner.left), again(inner.right)]) : undefined;
    case 'TemplateLiteral':
      return concatenated(
        inner.quasis.flatMap((quasi, at) => [
          { from: 'text' as const, path: quasi.value.cooked ?? '' },
          ...(at < inner.expressions.length ? [again(inner.expressions[at])] : []),
        ]),
      );
    default:
      return undefined;
  }
}

type Again = (part: Node | null | undefined) => PathValue | undefined;

function ofName(
  node: Extract<Node, { type: 'Identifier' }>,
  index: TreeIndex,
  again: Again,
): PathValue | undefined {
  const binding = index.bindingOf(node);
  if (!binding) {
    if (node.name === '__dirname') return { from: 'module', path: '.' };
    return node.name === '__filename' ? { from: 'module', path: '.', own: true } : undefined;
  }
  const [site] = binding.sites;
  if (binding.sites.length !== 1 || site?.kind !== 'variable' || site.owner.type !== 'VariableDeclarator')
    return undefined;
  if (site.owner.id !== site.id || isReassigned(index.referencesTo(binding))) return undefined;
  return again(site.owner.init);
}

function isReassigned(references: readonly Node[]): boolean {
  return references.some(
    (reference) =>
      (reference.parent?.type === 'AssignmentExpression' && reference.parent.left === reference) ||
      reference.parent?.type === 'UpdateExpression',
  );
}

const OWN_MEMBERS: Readonly<Record<string, PathValue>> = {
  url: { from: 'module', path: '.', own: true },
  filename: { from: 'module', path: '.', own: true },
  dirname: { from: 'module', path: '.' },
};

function ofMember(node: Extract<Node, { type: 'MemberExpression' }>, again: Again): PathValue | undefined {
  const name = memberName(node)?.name;
  const object = innermost(node.object);
  if (name === undefined) return undefined;
  if (object.type === 'MetaProperty' && object.meta.name === 'import') return OWN_MEMBERS[name];
  if (name === 'pathname' || name === 'href') {
    const value = again(object);
    return value?.from === 'module' ? value : undefined;
  }
  return undefined;
}

/** A URL with a base: the part after the base's last slash is removed. */
function ofUrl(
  path: PathValue | undefined,
  base: PathValue | undefined,
  given: number,
): PathValue | undefined {
  if (path?.from === 'module') return path;
  if (given < 2 || base?.from !== 'module' || !path) return undefined;
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(path.path)) return undefined;
  if (path.path.startsWith('/')) return path;
  const folder = base.own || base.path.endsWith('/') ? base.path : folderOf(base.path);
  return { from: 'module', path: joined(folder, path.path.replace(/[?#].*$/s, '')) };
}

/**
 * Functions of node:path and node:url, by name. The object before the name does not matter, because
 * the argument decides.
 */
function ofCall(call: CallExpression, index: TreeIndex, again: Again): PathValue | undefined {
  const name = importedName(call.callee, index);
  const [first] = call.arguments;
  switch (name) {
    case 'dirname': {
      const value = again(first);
      if (value?.from !== 'module') return undefined;
      return { from: 'module', path: value.own ? value.path : folderOf(value.path) };
    }
    case 'join':
    case 'resolve':
    case 'joinPath': {
      const parts = call.arguments.map(again);
      if (parts[0]?.from !== 'module' || parts[0].own) return undefined;
      return parts
        .slice(1)
        .some((part) => part && (part.from === 'module' || (name === 'resolve' && part.path.startsWith('/'))))
        ? undefined
        : { from: 'module', path: joined(parts[0].path, ...parts.slice(1).map((part) => part?.path ?? '*')) };
    }
    case 'fileURLToPath':
    case 'pathToFileURL':
    case 'normalize':
    case 'String':
    case 'decodeURI':
    case 'decodeURIComponent':
    case 'toString':
    case 'toNamespacedPath': {
      const object = innermost(call.callee);
      const value = again(name === 'toString' && object.type === 'MemberExpression' ? object.object : first);
      return value?.from === 'module' ? value : undefined;
    }
    default:
      return undefined;
  }
}

/** The name of a called function in its own module, because minifiers rename imports. */
export function importedName(callee: Node, index: TreeIndex): string | undefined {
  const called = innermost(callee);
  const owner = called.type === 'Identifier' ? index.bindingOf(called)?.sites[0]?.owner : undefined;
  if (owner?.type === 'ImportSpecifier' && owner.imported.type === 'Identifier') return owner.imported.name;
  return calleeName(called);
}

function concatenated(parts: readonly (PathValue | undefined)[]): PathValue | undefined {
  const [first, ...rest] = parts.filter(
    (part) => part === undefined || part.from === 'module' || part.path !== '',
  );
  if (!first) return undefined;
  if (rest.some((part) => part?.from === 'module')) {
    // `'' + import.meta.url`, `'file://' + __filename`
    return rest.length === 1 && first.path === 'file://' ? rest[0] : undefined;
  }
  const text = rest.map((part) => part?.path ?? '*').join('');
  if (first.from === 'text') return { from: 'text', path: first.path + text };
  if (text === '') return first;
  return first.own || !text.startsWith('/') ? undefined : { from: 'module', path: joined(first.path, text) };
}

/** A slash at the end is kept, because it means a folder. */
function joined(...parts: readonly string[]): string {
  return posix.join(...parts);
}

function folderOf(path: string): string {
  return /(^|\/)\.{1,2}\/?$/.test(path) ? posix.join(path, '..') : posix.dirname(path);
}
