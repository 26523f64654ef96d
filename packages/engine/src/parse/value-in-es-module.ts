import type { Node } from 'oxc-parser';
import { innermost, isFunction, memberName, outermost } from './tree/node.js';
import type { Binding } from './tree/scope.js';
import type { TreeIndex } from './tree/tree-index.js';

/** Names that a module of Node has only if it is CommonJS, or that only a loader of AMD defines. */
const UNDEFINED = new Set(['require', 'exports', 'module', 'define', '__dirname', '__filename']);

/** A text that is not empty; which one is unknown. */
const SOME_TEXT = Symbol('text');

export interface KnownValue {
  readonly value: unknown;
}

/**
 * What an expression results in if Node runs the module as an ES module: `typeof` tests for the variables of CommonJS, what
 * variables and functions keep of them, and `import.meta`. Undefined if that is unknown.
 */
export function valueInEsModule(node: Node, index: TreeIndex, depth = 0): KnownValue | undefined {
  if (depth > 20) return undefined;
  const of = (inner: Node): KnownValue | undefined => valueInEsModule(inner, index, depth + 1);
  const expression = innermost(node);
  switch (expression.type) {
    case 'Literal':
      return 'regex' in expression ? undefined : { value: expression.value };
    case 'Identifier': {
      if (index.isFree(expression, 'undefined')) return { value: undefined };
      const init = initOf(index.bindingOf(expression), index);
      return init && of(init);
    }
    case 'UnaryExpression':
      return ofUnary(expression, index, of);
    case 'BinaryExpression':
      return ofComparison(expression.operator, of(expression.left as Node), of(expression.right));
    case 'LogicalExpression':
      return ofLogical(expression.operator, of(expression.left), () => of(expression.right));
    case 'ConditionalExpression': {
      const test = of(expression.test);
      return test && of(test.value ? expression.consequent : expression.alternate);
    }
    case 'CallExpression': {
      const [first] = expression.arguments;
      if (index.isFree(expression.callee, 'Boolean') && first && first.type !== 'SpreadElement') {
        const value = of(first);
        return value && { value: Boolean(value.value) };
      }
      const result = resultOf(index.bindingOf(innermost(expression.callee)), index);
      return result && of(result);
    }
    case 'MemberExpression': {
      const name = memberName(expression)?.name;
      if (expression.object.type === 'MetaProperty')
        return ['url', 'dirname', 'filename'].includes(name ?? '') ? { value: SOME_TEXT } : undefined;
      const init = initOf(index.bindingOf(expression.object), index);
      if (init?.type !== 'ObjectExpression') return undefined;
      const values = init.properties.flatMap((property) =>
        property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === name
          ? property.value
          : [],
      );
      return values.length === 1 ? of(values[0]!) : undefined;
    }
    default:
      return undefined;
  }
}

type Of = (node: Node) => KnownValue | undefined;

function ofUnary(
  { operator, argument }: Extract<Node, { type: 'UnaryExpression' }>,
  index: TreeIndex,
  of: Of,
): KnownValue | undefined {
  if (operator === 'void') return { value: undefined };
  if (operator !== '!' && operator !== 'typeof') return undefined;
  if (operator === 'typeof' && argument.type === 'Identifier' && UNDEFINED.has(argument.name))
    return index.isFree(argument, argument.name) ? { value: 'undefined' } : undefined;
  const known = of(argument);
  if (!known) return undefined;
  if (operator === '!') return { value: !known.value };
  return { value: known.value === SOME_TEXT ? 'string' : typeof known.value };
}

function ofComparison(
  operator: string,
  left: KnownValue | undefined,
  right: KnownValue | undefined,
): KnownValue | undefined {
  if (!left || !right || left.value === SOME_TEXT || right.value === SOME_TEXT) return undefined;
  const [a, b] = [left.value, right.value];
  if (operator === '===' || operator === '==') return { value: a === b };
  if (operator === '!==' || operator === '!=') return { value: a !== b };
  // Minifiers write `typeof module < "u"`.
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  if (operator === '<') return { value: a < b };
  return operator === '>' ? { value: a > b } : undefined;
}

function ofLogical(
  operator: string,
  left: KnownValue | undefined,
  rightOf: () => KnownValue | undefined,
): KnownValue | undefined {
  if (operator === '??') return left && (left.value === undefined || left.value === null ? rightOf() : left);
  const decides = operator === '||';
  if (left) return Boolean(left.value) === decides ? left : rightOf();
  const right = rightOf();
  return right && Boolean(right.value) === decides ? { value: decides } : undefined;
}

/** The value that a variable keeps, if nothing else is ever assigned to it. */
function initOf(binding: Binding | undefined, index: TreeIndex): Node | undefined {
  const [site] = binding?.sites ?? [];
  if (!binding || !site || binding.sites.length > 1 || site.owner.type !== 'VariableDeclarator')
    return undefined;
  if (site.owner.id !== site.id || !site.owner.init || isWritten(binding, index)) return undefined;
  return innermost(site.owner.init);
}

function isWritten(binding: Binding, index: TreeIndex): boolean {
  return index.referencesTo(binding).some((reference) => {
    const { parent } = outermost(reference);
    if (parent?.type === 'AssignmentExpression') return parent.left === reference;
    return parent?.type === 'UpdateExpression';
  });
}

/** What a function without branches returns. */
function resultOf(binding: Binding | undefined, index: TreeIndex): Node | undefined {
  const [site] = binding?.sites ?? [];
  if (!site || binding!.sites.length > 1) return undefined;
  const called = site.kind === 'function' ? site.owner : initOf(binding, index);
  if (!isFunction(called) || called.async || called.generator || !called.body) return undefined;
  if (called.body.type !== 'BlockStatement') return called.body;
  const [only, ...more] = called.body.body;
  return only?.type === 'ReturnStatement' && more.length === 0 ? (only.argument ?? undefined) : undefined;
}
