import type { CallExpression, Node } from 'oxc-parser';
import { pathValue } from '../references/path-value.js';
import { innermost, memberName } from '../tree/node.js';
import type { TreeIndex } from '../tree/tree-index.js';

/**
 * Where a request starts to look: `own` for the module itself, a path relative to the module's folder, or undefined if only the
 * running program knows it.
 */
export type RequestBase = 'own' | { readonly path: string } | undefined;

/** The base that `createRequire` or the second argument of `import.meta.resolve` gets: a file, or a folder with a slash at the end. */
export function fileBase(node: Node | undefined, index: TreeIndex): RequestBase {
  if (!node) return undefined;
  const inner = innermost(node);
  // Bundlers write one expression for both formats: `typeof document === 'undefined' ? … : …`.
  if (inner.type === 'ConditionalExpression') return ownAmong([inner.consequent, inner.alternate], index);
  if (inner.type === 'LogicalExpression') return ownAmong([inner.left, inner.right], index);
  if (isShimmedUrl(inner)) return 'own';
  const value = pathValue(inner, index);
  if (value?.from !== 'module' || value.path.includes('*')) return undefined;
  if (value.own) return 'own';
  return { path: value.path.endsWith('/') ? `${value.path}noop.js` : value.path };
}

/** The base of `require.resolve(x, { paths })`: known if it is one folder. */
export function pathsBase(call: CallExpression, index: TreeIndex): RequestBase {
  const [, options] = call.arguments;
  if (!options) return 'own';
  const given = innermost(options);
  if (given.type !== 'ObjectExpression') return undefined;
  const [property, ...others] = given.properties;
  if (!property) return 'own';
  if (property.type !== 'Property' || others.length > 0 || property.computed) return undefined;
  const { key, value } = property;
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : undefined;
  const list = innermost(value);
  if (name !== 'paths' || list.type !== 'ArrayExpression') return undefined;
  const [folder, ...more] = list.elements;
  const path = more.length === 0 && folder ? pathValue(folder, index) : undefined;
  if (path?.from !== 'module' || path.own || path.path.includes('*')) return undefined;
  return { path: `${path.path.replace(/\/$/, '')}/noop.js` };
}

function ownAmong(nodes: readonly Node[], index: TreeIndex): RequestBase {
  return nodes.some((node) => fileBase(node, index) === 'own') ? 'own' : undefined;
}

/** What esbuild and its users write for `import.meta.url` in CommonJS: `import_meta.url`, `importMetaUrl`. */
function isShimmedUrl(node: Node): boolean {
  const name =
    node.type === 'Identifier'
      ? node.name
      : node.type === 'MemberExpression' &&
          node.object.type === 'Identifier' &&
          memberName(node)?.name === 'url'
        ? node.object.name
        : undefined;
  return name !== undefined && /^import_?meta/i.test(name);
}
