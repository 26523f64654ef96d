import type { Node } from 'oxc-parser';
import { isCalledOnTheSpot, isCaught } from './requests/guards.js';
import { isFunction, outermost } from './tree/node.js';
import { bindingOfFunction } from './tree/runs-at-load.js';
import type { Binding } from './tree/scope.js';
import type { TreeIndex } from './tree/tree-index.js';
import { valueInEsModule } from './value-in-es-module.js';

/** The module wrapper's names, which an ES module does not have. */
const WRAPPER_TEST = /\btypeof\s+(?:require|exports|module|define|__dirname|__filename)\b/;

/** A function that tries a name of the module wrapper, and catches the error. */
const WRAPPER_PROBE = /\btry\s*\{[^}]*\b(?:require|exports|module|__dirname|__filename)\b/;

/** A longer function is not searched for the variables that it reads. */
const LONGEST_FUNCTION = 2000;

/**
 * Determines which code of a module runs only if the variables of CommonJS exist. The test may be written in place (`typeof
 * module`), or be kept in a variable or in a function.
 */
export class WrapperGuards {
  readonly #index: TreeIndex;
  readonly #text: string;
  readonly #mentioning = new Map<Binding, boolean>();

  constructor(index: TreeIndex, text: string) {
    this.#index = index;
    this.#text = text;
  }

  /** Whether a test for a variable of CommonJS decides if the code runs, as in the preamble of UMD. */
  isBehindTest(node: Node): boolean {
    return this.#isBehind(node, () => true, new Set());
  }

  /** Like `isBehindTest`, but not if the test is sure to choose this code in an ES module. */
  isDeadInEsModule(node: Node): boolean {
    return this.#isBehind(node, (chosen) => chosen !== true, new Set());
  }

  /** Whether a test for CommonJS, or for `import.meta`, is sure to choose the child in an ES module. */
  readonly isChosen = (node: Node, parent: Node): boolean => this.#branch(node, parent)?.chosen === true;

  /** Whether a statement before the code leaves if CommonJS is missing, as in `if (typeof require === 'undefined') return;`. */
  isAfterTest(node: Node, name: string): boolean {
    for (let current = node; current.parent; current = current.parent) {
      const { parent } = current;
      const body: readonly Node[] =
        parent.type === 'BlockStatement' || parent.type === 'Program' ? parent.body : [];
      const before = body.slice(0, Math.max(0, body.indexOf(current)));
      if (before.some((other) => other.type === 'IfStatement' && this.#leaves(other, name))) return true;
    }
    return false;
  }

  #leaves({ test, consequent, alternate }: Extract<Node, { type: 'IfStatement' }>, name: string): boolean {
    if (!this.#mentions(test)) return false;
    const known = valueInEsModule(test, this.#index);
    if (!known) return true;
    const taken = known.value ? consequent : alternate;
    if (!taken) return false;
    const leavesOrMakes = new RegExp(`\\b(?:return|throw|break|continue|exit|${name})\\b`);
    return leavesOrMakes.test(this.#textOf(taken));
  }

  /** @param isDead whether code counts that the tests choose for an ES module (true), leave out (false), or either */
  #isBehind(node: Node, isDead: (chosen: boolean | undefined) => boolean, visiting: Set<Binding>): boolean {
    for (let current = node; current.parent; current = current.parent) {
      const { parent } = current;
      const branch = this.#branch(current, parent);
      if (branch && isDead(branch.chosen)) return true;
      if (isFunction(current) && !isCalledOnTheSpot(current)) {
        const binding = this.#privateBinding(current);
        if (!binding || visiting.has(binding)) continue;
        visiting.add(binding);
        const uses = this.#index.referencesTo(binding);
        if (uses.length > 0 && uses.every((use) => isCaught(use) || this.#isBehind(use, isDead, visiting)))
          return true;
      }
    }
    return false;
  }

  /** The variable by which a function is called, if no other module can call it. */
  #privateBinding(node: Node): Binding | undefined {
    const { parent } = outermost(node);
    if (parent?.type === 'ExportNamedDeclaration' || parent?.type === 'ExportDefaultDeclaration')
      return undefined;
    const declaration = parent?.type === 'VariableDeclarator' ? parent.parent?.parent : undefined;
    return declaration?.type === 'ExportNamedDeclaration' ? undefined : bindingOfFunction(node, this.#index);
  }

  /** Whether an ES module chooses the child; undefined if no test for a variable of CommonJS decides that. */
  #branch(node: Node, parent: Node): { readonly chosen: boolean | undefined } | undefined {
    switch (parent.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        return parent.test === node ? undefined : this.#side(parent.test, parent.consequent === node);
      case 'LogicalExpression':
        if (parent.right !== node) return undefined;
        if (parent.operator !== '??') return this.#side(parent.left, parent.operator === '&&');
        return this.#mentions(parent.left) ? { chosen: undefined } : this.#defaultOf(parent.left);
      case 'SwitchCase':
        return parent.test === node ? undefined : this.#case(parent);
      default:
        return undefined;
    }
  }

  /** @param wanted the value of the test with which the code runs */
  #side(test: Node, wanted: boolean): { readonly chosen: boolean | undefined } | undefined {
    const known = valueInEsModule(test, this.#index);
    const isTest = this.#mentions(test);
    if (known && (isTest || readsImportMeta(this.#textOf(test))))
      return { chosen: Boolean(known.value) === wanted };
    return isTest ? { chosen: undefined } : undefined;
  }

  /** `import.meta.dirname ?? __dirname` */
  #defaultOf(left: Node): { readonly chosen: boolean } | undefined {
    const known = valueInEsModule(left, this.#index);
    if (!known || !readsImportMeta(this.#textOf(left))) return undefined;
    return { chosen: known.value === undefined || known.value === null };
  }

  #case(node: Extract<Node, { type: 'SwitchCase' }>): { readonly chosen: boolean | undefined } | undefined {
    const { parent } = node;
    if (parent?.type !== 'SwitchStatement') return undefined;
    const isTest =
      this.#mentions(parent.discriminant) || parent.cases.some(({ test }) => test && this.#mentions(test));
    if (!isTest) return undefined;
    const [subject, value] = [parent.discriminant, node.test].map(
      (part) => part && valueInEsModule(part, this.#index),
    );
    return { chosen: subject && value && subject.value === value.value ? true : undefined };
  }

  #mentions(test: Node): boolean {
    return WRAPPER_TEST.test(this.#textOf(test)) || this.#readsTest(test);
  }

  /** Whether an expression reads a variable, or calls a function, that keeps the result of such a test. */
  #readsTest(test: Node): boolean {
    const names = new Set(this.#textOf(test).match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
    return [...names].some((name) =>
      this.#index.referencesNamed(name).some((reference) => {
        if (reference.start < test.start || reference.end > test.end) return false;
        const binding = this.#index.bindingOf(reference);
        return binding !== undefined && this.#keepsTest(binding);
      }),
    );
  }

  #keepsTest(binding: Binding): boolean {
    const known = this.#mentioning.get(binding);
    if (known !== undefined) return known;
    this.#mentioning.set(binding, false);
    const keeps =
      binding.sites.some(({ owner, kind }) => {
        if (kind === 'function') return this.#isTestingFunction(owner);
        if (owner.type !== 'VariableDeclarator' || !owner.init) return false;
        return isFunction(owner.init) ? this.#isTestingFunction(owner.init) : this.#mentions(owner.init);
      }) || this.#index.referencesTo(binding).some((reference) => this.#isSetByTest(reference));
    this.#mentioning.set(binding, keeps);
    return keeps;
  }

  #isTestingFunction(node: Node): boolean {
    const text = this.#textOf(node);
    if (WRAPPER_TEST.test(text) || WRAPPER_PROBE.test(text)) return true;
    return text.length <= LONGEST_FUNCTION && this.#readsTest(node);
  }

  /** `let isCommonJs = false; try { isCommonJs = !!module } catch {}` */
  #isSetByTest(reference: Node): boolean {
    const { parent } = outermost(reference);
    if (parent?.type !== 'AssignmentExpression' || parent.left !== reference) return false;
    if (this.#mentions(parent.right) || this.isBehindTest(parent)) return true;
    const tried = isCaught(parent) && parent.parent ? enclosingTry(parent) : undefined;
    return tried !== undefined && WRAPPER_PROBE.test(this.#textOf(tried));
  }

  #textOf(node: Node): string {
    return this.#text.slice(node.start, node.end);
  }
}

function readsImportMeta(text: string): boolean {
  return /\bimport\.meta\b/.test(text);
}

function enclosingTry(node: Node): Node | undefined {
  for (let current: Node | null | undefined = node; current; current = current.parent)
    if (current.type === 'TryStatement') return current;
  return undefined;
}
