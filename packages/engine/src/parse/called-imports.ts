import type { Node } from 'oxc-parser';
import type { Span } from '../model/place.js';
import type { StaticRequest } from './exports/module-syntax.js';
import { memberReadsKey } from './member-reads.js';
import type { RequestDraft } from './requests/request-draft.js';
import { calleeName, innermost, memberName, outermost } from './tree/node.js';
import type { TreeIndex } from './tree/tree-index.js';

/** The key of a module as a whole: of its namespace, or of what `require` returns. */
export const WHOLE = '*';

/** The key of the `default` of a module's default import. */
export const INNER = 'default.default';

/** The key of a module's default import that is awaited. */
export const AWAITED = 'await default';

/** A use for which an ordinary object has the wrong kind. */
export interface CalledImport extends Span {
  /**
   * `function`: it is called, constructed, extended, rendered. `iterable`: it is spread or looped over. `promise`: it is awaited, which
   * any value allows.
   */
  readonly as: 'function' | 'iterable' | 'promise';
  /** It is rendered as a component, which may be an object for some libraries. */
  readonly rendered?: true;
  /** `call`, `apply` or `bind`, which an object may export as well. */
  readonly through?: string;
}

/**
 * Where the default or the whole of each imported module is first used as a function or an iterable, by `memberReadsKey`. The key of
 * the whole has the name `WHOLE`.
 */
export type CalledImports = ReadonlyMap<string, CalledImport>;

/**
 * The defaults and whole modules that a module calls, constructs, extends, renders or spreads. A value that the module also tests
 * (`typeof x`, `'default' in x`), or whose `default` it reads, is left out: the module then provides for both forms.
 *
 * @param statics import statements, for the names they bind
 * @param drafts requests with the places that read `default` of their namespaces
 */
export function calledImports(
  index: TreeIndex,
  statics: readonly StaticRequest[],
  drafts: readonly RequestDraft[],
): CalledImports {
  const calls = new Map<string, CalledImport>();
  const note = (start: number, name: string, uses: FunctionUses): void => {
    const key = memberReadsKey(start, name);
    if (uses.first && !uses.tested && !uses.inner && !calls.has(key)) calls.set(key, uses.first);
    const inner = memberReadsKey(start, INNER);
    if (name !== 'default' || uses.tested) return;
    if (uses.inner && !calls.has(inner)) calls.set(inner, uses.inner);
    const awaited = memberReadsKey(start, AWAITED);
    if (uses.awaited && !uses.inner && !calls.has(awaited)) calls.set(awaited, uses.awaited);
  };
  for (const { bindings, start } of statics) {
    for (const { imported = WHOLE, start: at } of bindings) {
      const uses = new FunctionUses(index, imported === WHOLE);
      if (imported === 'default' || imported === WHOLE) uses.variable(at);
      note(start, imported, uses);
    }
  }
  const calledAt = new Map(index.calls.map((call) => [call.arguments[0]?.start, call]));
  for (const { form, reads = [], start, tested } of drafts) {
    for (const { asked, at } of reads) {
      if (asked.name !== 'default' || asked.optional || asked.interop || tested?.has('default')) continue;
      const uses = new FunctionUses(index, false);
      if (at.type === 'Identifier') uses.variable(at.start);
      else uses.value(at);
      note(start, 'default', uses);
    }
    const call = form === 'require' ? calledAt.get(start) : undefined;
    if (!call) continue;
    const uses = new FunctionUses(index, true);
    uses.value(call);
    note(start, WHOLE, uses);
  }
  return calls;
}

/** Functions of the JSX runtime and its predecessors. Their first argument is a component. */
const RENDERING = /^_?(?:jsx|jsxs|jsxDEV|createElement)$/;

/** Follows one value to every use, also through constants and `await`. */
class FunctionUses {
  tested = false;
  first: CalledImport | undefined;
  /** The first call of the value's own `default`. */
  inner: CalledImport | undefined;
  awaited: CalledImport | undefined;
  readonly #index: TreeIndex;
  readonly #isWhole: boolean;
  readonly #followed = new Set<object>();

  /** @param isWhole the value is a namespace, so that its `default` is an ordinary member */
  constructor(index: TreeIndex, isWhole: boolean) {
    this.#index = index;
    this.#isWhole = isWhole;
  }

  /** @param start of the declared name */
  variable(start: number): void {
    const binding = this.#index.bindingAt(start);
    if (!binding || this.#followed.has(binding)) return;
    this.#followed.add(binding);
    const references = this.#index.referencesTo(binding);
    // Another declaration or assignment gives it another value.
    if (binding.sites.length > 1 || references.some(isAssigned)) this.tested = true;
    for (const reference of references) this.value(reference);
  }

  value(node: Node): void {
    const whole = outermost(node);
    const { parent } = whole;
    switch (parent?.type) {
      case 'AwaitExpression':
        this.awaited ??= { start: whole.start, end: whole.end, as: 'promise' };
        return this.value(parent);
      case 'SequenceExpression':
        return parent.expressions.at(-1) === whole ? this.value(parent) : undefined;
      case 'VariableDeclarator':
        return parent.init === whole ? this.#declared(parent.id) : undefined;
      case 'CallExpression':
        if (parent.callee === whole) return this.#found(whole, 'function');
        if (parent.arguments[0] === whole && RENDERING.test(calleeName(parent.callee) ?? ''))
          this.#rendered(whole);
        return;
      case 'NewExpression':
        return parent.callee === whole ? this.#found(whole, 'function') : undefined;
      case 'ClassDeclaration':
      case 'ClassExpression':
        return parent.superClass === whole ? this.#found(whole, 'function') : undefined;
      case 'TaggedTemplateExpression':
        return parent.tag === whole ? this.#found(whole, 'function') : undefined;
      case 'JSXOpeningElement':
        return this.#rendered(whole);
      case 'SpreadElement':
        return parent.parent?.type === 'ObjectExpression' ? undefined : this.#found(whole, 'iterable');
      case 'ForOfStatement':
        return parent.right === whole ? this.#found(whole, 'iterable') : undefined;
      case 'YieldExpression':
        return parent.delegate ? this.#found(whole, 'iterable') : undefined;
      case 'UnaryExpression':
        if (parent.operator === 'typeof') this.tested = true;
        return;
      case 'BinaryExpression':
        if (parent.operator === 'instanceof' && parent.right === whole) this.#found(whole, 'function');
        else if (parent.operator === 'in' || parent.operator === 'instanceof') this.tested = true;
        return;
      case 'MemberExpression':
        if (parent.object === whole) this.#member(whole, parent);
        return;
    }
  }

  #declared(pattern: Node): void {
    if (pattern.type === 'Identifier') this.variable(pattern.start);
    else if (pattern.type === 'ArrayPattern') this.#found(pattern, 'iterable');
    // `const { default: x } = lib`, and code that may look at it elsewhere.
    else if (!this.#isWhole) this.tested = true;
  }

  #member(object: Node, member: Extract<Node, { type: 'MemberExpression' }>): void {
    const name = memberName(member)?.name;
    const use = outermost(member).parent;
    const isCallee =
      (use?.type === 'CallExpression' || use?.type === 'NewExpression') && innermost(use.callee) === member;
    if (
      name === 'default' &&
      !this.#isWhole &&
      isCallee &&
      !member.optional &&
      !('optional' in use && use.optional)
    ) {
      const { start, end } = member;
      this.inner ??= { start, end, as: 'function' };
      return;
    }
    if (name === undefined || name === '__esModule' || (name === 'default' && !this.#isWhole))
      this.tested = true;
    const { parent } = outermost(member);
    const isCalled = parent?.type === 'CallExpression' && innermost(parent.callee) === member;
    if (isCalled && (name === 'call' || name === 'apply' || name === 'bind'))
      this.#found(object, 'function', name);
  }

  #rendered({ start, end }: Node): void {
    if (!this.first || (this.first.rendered && start < this.first.start))
      this.first = { start, end, as: 'function', rendered: true };
  }

  #found({ start, end }: Node, as: CalledImport['as'], through?: string): void {
    if (!this.first || this.first.rendered || start < this.first.start)
      this.first = { start, end, as, ...(through !== undefined && { through }) };
  }
}

function isAssigned(node: Node): boolean {
  const { parent } = outermost(node);
  return (
    (parent?.type === 'AssignmentExpression' && parent.left === node) || parent?.type === 'UpdateExpression'
  );
}
