import type { ArrowFunctionExpression, Function as PlainFunction, MemberExpression, Node } from 'oxc-parser';
import type { Span } from '../../model/place.js';

/** A name as written in the text; for a string literal the span includes its quotes. */
export interface NameInText extends Span {
  readonly name: string;
}

/** A node that runs code of its own when called. */
export type FunctionNode = PlainFunction | ArrowFunctionExpression;

/** The text of a string literal, or of a template literal without expressions. */
export function constantString(node: Node | null | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** The name of a key or property: an identifier that is not computed, or a constant string. */
export function constantName(node: Node, computed: boolean): NameInText | undefined {
  const name = !computed && node.type === 'Identifier' ? node.name : constantString(node);
  return name === undefined ? undefined : { name, start: node.start, end: node.end };
}

/** The member's name in `x.name`, `x['name']`; undefined if it is computed or private. */
export function memberName(node: MemberExpression): NameInText | undefined {
  return node.property.type === 'PrivateIdentifier' ? undefined : constantName(node.property, node.computed);
}

/**
 * A name that is declared, imported or exported: an identifier or, at the ends of imports and
 * exports, a string literal.
 */
export function moduleExportName(node: Node): NameInText {
  if (node.type !== 'Identifier')
    return { name: constantString(node) ?? '', start: node.start, end: node.end };
  // A declared identifier's span covers its type annotation too.
  const end = node.typeAnnotation ? node.start + node.name.length : node.end;
  return { name: node.name, start: node.start, end };
}

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression' ||
    node?.type === 'FunctionDeclaration'
  );
}

const TRANSPARENT = new Set<Node['type']>([
  'ChainExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'TSNonNullExpression',
  'TSInstantiationExpression',
]);

/**
 * The outermost node around an expression with the same value: casts, `!`, the wrapper of an
 * optional chain.
 */
export function outermost(node: Node): Node {
  let current = node;
  while (current.parent && TRANSPARENT.has(current.parent.type)) {
    // The type in `x as T` is a child too, but no expression.
    if ('typeAnnotation' in current.parent && current.parent.typeAnnotation === current) break;
    current = current.parent;
  }
  return current;
}

/**
 * The expression itself, without casts and similar around it; of a comma expression the last part.
 */
export function innermost(node: Node): Node {
  if (node.type === 'SequenceExpression') return innermost(node.expressions.at(-1)!);
  return TRANSPARENT.has(node.type) && 'expression' in node ? innermost(node.expression as Node) : node;
}

/** The plain name of a callee: `f` in `f()`, `a.f()`, `(0, a.f)()`. */
export function calleeName(node: Node): string | undefined {
  const callee = innermost(node);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? memberName(callee)?.name : undefined;
}

/** `object.property` with both names plain. */
export function isMember(node: Node | null | undefined, object: string, property: string): boolean {
  return (
    node?.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === object &&
    memberName(node)?.name === property
  );
}
