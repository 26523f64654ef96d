import type { MemberExpression, Node } from 'oxc-parser';
import type { RequestedName } from '../../model/module-record.js';
import { constantName, constantString, memberName, outermost } from '../tree/node.js';
import type { NameInText } from '../tree/node.js';
import type { Binding } from '../tree/scope.js';
import type { TreeIndex } from '../tree/tree-index.js';
import { isFeatureTest, isHeritageType, isReliedOn, isWritten } from './member-context.js';
import {
  helperKind,
  hidesType,
  isExportedDeclaration,
  isNodeInterop,
  isOnlyThis,
  isProbed,
  isTestedLater,
  nameOf,
} from './namespace-context.js';
import { ownershipQuestion } from './ownership-question.js';

/** How a value represents the module. */
export interface Seen {
  /**
   * Only `default` belongs to the module: the result of `_interopRequireDefault` and similar
   * helpers.
   */
  readonly onlyDefault?: boolean;
  /**
   * It may be something else (`a || require('x')`), or a cast hides its type, so a name that is
   * read may be missing.
   */
  readonly soft?: boolean;
  /** See `RequestedName.interop`. */
  readonly interop?: RequestedName['interop'];
}

/** The place that read a name, for callers that follow its value. */
export interface ReadAt {
  readonly asked: RequestedName;
  /** The expression with the name's value, or the pattern that it is assigned to. */
  readonly at: Node;
}

/**
 * Follows one module's namespace object from its creation to every use, and records the names that
 * are read. If other code receives it, it `escapes`.
 */
export class NamespaceUses {
  readonly names: RequestedName[] = [];
  readonly reads: ReadAt[] = [];
  readonly tested = new Set<string>();
  escapes = false;
  /** Whether any code reads from the namespace. */
  bound = false;
  readonly #index: TreeIndex;
  readonly #followed = new Set<Binding>();

  constructor(index: TreeIndex) {
    this.#index = index;
  }

  /** `node` evaluates to the namespace: looks at how the code around it uses that. */
  value(node: Node, seen: Seen = {}): void {
    const { parent } = node;
    switch (parent?.type) {
      case 'ExpressionStatement':
        return;
      case 'TSAsExpression':
      case 'TSTypeAssertion':
        return this.value(parent, hidesType(parent.typeAnnotation) ? { ...seen, soft: true } : seen);
      case 'ChainExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSInstantiationExpression':
      case 'AwaitExpression':
        return this.value(parent, seen);
      case 'SequenceExpression':
        return parent.expressions.at(-1) === node ? this.value(parent, seen) : undefined;
      case 'UnaryExpression':
        if (parent.operator === 'void') return;
        break;
    }
    this.bound = true;
    const known = this.#read(node, node.parent, seen) || this.#passOn(node, node.parent, seen);
    if (!known && !isProbed(node, node.parent)) this.escapes = true;
  }

  /** Uses that read a known member. */
  #read(node: Node, parent: Node | null | undefined, seen: Seen): boolean {
    switch (parent?.type) {
      case 'MemberExpression':
        if (parent.object === node) this.#member(parent, seen);
        return parent.object === node;
      case 'JSXMemberExpression':
        if (parent.object === node)
          this.#ask(nameOf(parent.property), { via: 'member', typeOnly: false }, seen, parent);
        return true;
      case 'TSQualifiedName':
        if (parent.left === node) this.#qualified(parent, seen);
        return true;
      case 'TSTypeQuery':
        return this.#indexed(parent, seen);
      case 'BinaryExpression':
      case 'CallExpression': {
        const question = ownershipQuestion(node, parent);
        if (question?.name !== undefined) this.tested.add(question.name);
        return question !== undefined;
      }
      default:
        return false;
    }
  }

  /** Uses that give the namespace another name or form, and can be followed. */
  #passOn(node: Node, parent: Node | null | undefined, seen: Seen): boolean {
    switch (parent?.type) {
      case 'VariableDeclarator':
        if (parent.init === node) this.pattern(parent.id, undefined, seen);
        return parent.init === node;
      case 'AssignmentExpression':
        if (parent.right !== node || !/^(\|\||\?\?)?=$/.test(parent.operator)) return false;
        this.pattern(parent.left, parent, seen);
        if (parent.parent?.type !== 'ExpressionStatement') this.value(parent, seen);
        return true;
      case 'LogicalExpression':
        // A namespace is never falsy: `ns && x` is x, `ns || x` is the namespace.
        if (parent.left === node && parent.operator === '&&') return true;
        this.value(parent, { ...seen, soft: true });
        return true;
      case 'ConditionalExpression':
        if (parent.test !== node) this.value(parent, { ...seen, soft: true });
        return true;
      case 'TSImportEqualsDeclaration':
        this.binding(parent.id, undefined, seen);
        return true;
      case 'CallExpression': {
        const kind = parent.arguments[0] === node ? helperKind(parent.callee) : undefined;
        if (!kind) return false;
        this.value(parent, {
          ...seen,
          interop: isNodeInterop(parent) ? 'node' : 'marked',
          ...(kind === 'default' && { onlyDefault: true }),
        });
        return true;
      }
      default:
        return false;
    }
  }

  /**
   * The namespace is assigned to a binding pattern or an assignment target; `write` is the
   * assignment if there is one.
   */
  pattern(pattern: Node, write: Node | undefined, seen: Seen = {}): void {
    this.bound = true;
    if (pattern.type === 'Identifier') this.binding(pattern, write, seen);
    else if (pattern.type === 'ObjectPattern') this.#destructured(pattern, seen);
    else this.escapes = true;
  }

  /**
   * Follows a name that holds the namespace. If the name ever has another value, or the module
   * exports it, reads from it mean nothing.
   *
   * @param id the declaration of the name, or the assignment's target
   */
  binding(id: Node, write?: Node, seen: Seen = {}): void {
    this.bound = true;
    const binding = write ? this.#index.bindingOf(id) : this.#index.bindingAt(id.start);
    if (!binding || !isOnlyThis(this.#index, binding, write)) {
      this.escapes = true;
      return;
    }
    if (this.#followed.has(binding)) return;
    this.#followed.add(binding);
    if (binding.sites.some(({ owner }) => isExportedDeclaration(owner))) this.escapes = true;
    for (const reference of this.#index.referencesTo(binding))
      if (!isWritten(reference)) this.value(reference, seen);
  }

  #destructured(pattern: Extract<Node, { type: 'ObjectPattern' }>, seen: Seen): void {
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') {
        this.escapes = true;
        continue;
      }
      const name = constantName(property.key, property.computed);
      const soft = property.value.type === 'AssignmentPattern' || seen.soft === true;
      if (name && isTestedLater(this.#index, property.value)) this.tested.add(name.name);
      this.#ask(name, { via: 'destructured', typeOnly: false }, { ...seen, soft }, property.value);
    }
  }

  #member(member: MemberExpression, seen: Seen): void {
    if (isWritten(member)) return;
    const name = memberName(member);
    const call = outermost(member).parent;
    if (name?.name === 'hasOwnProperty' && call?.type === 'CallExpression') {
      const tested = constantString(call.arguments[0]);
      if (tested !== undefined) this.tested.add(tested);
    } else if (name && (isFeatureTest(member) || isTestedLater(this.#index, variableOf(member)))) {
      this.tested.add(name.name);
    } else {
      const typeOnly = isHeritageType(member);
      const plain = !typeOnly && !isReliedOn(member) ? { plain: true as const } : {};
      this.#ask(name, { via: 'member', typeOnly, ...plain }, seen, member);
    }
  }

  /** `ns.T` in a type. `import a = ns.b` is a value as well, if there is one. */
  #qualified(node: Extract<Node, { type: 'TSQualifiedName' }>, seen: Seen): void {
    let whole: Node = node;
    while (whole.parent?.type === 'TSQualifiedName') whole = whole.parent;
    const typeOnly = whole.parent?.type !== 'TSImportEqualsDeclaration';
    this.#ask(nameOf(node.right), { via: 'member', typeOnly }, seen, node);
  }

  /** `(typeof ns)['a']` */
  #indexed(query: Node, seen: Seen): boolean {
    const access = query.parent;
    if (access?.type !== 'TSIndexedAccessType' || access.objectType !== query) return false;
    const { indexType } = access;
    const literal = indexType.type === 'TSLiteralType' ? indexType.literal : undefined;
    const name = constantString(literal);
    if (!literal || name === undefined) return false;
    const { start, end } = literal;
    this.#ask({ name, start, end }, { via: 'member', typeOnly: true }, seen, access);
    return true;
  }

  #ask(
    name: NameInText | undefined,
    how: Pick<RequestedName, 'via' | 'typeOnly' | 'plain'>,
    seen: Seen,
    at: Node,
  ): void {
    if (!name || (seen.onlyDefault && name.name !== 'default')) {
      this.escapes = true;
      return;
    }
    const asked = {
      ...name,
      ...how,
      ...(seen.soft && { optional: true as const }),
      ...(seen.interop && name.name === 'default' && { interop: seen.interop }),
    };
    this.names.push(asked);
    this.reads.push({ asked, at });
  }
}

/** `x` in `const x = ns.a`. */
function variableOf(member: Node): Node | undefined {
  const whole = outermost(member);
  return whole.parent?.type === 'VariableDeclarator' && whole.parent.init === whole
    ? whole.parent.id
    : undefined;
}
