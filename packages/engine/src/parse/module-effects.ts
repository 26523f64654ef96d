import type { Class, Expression, Node, Statement } from 'oxc-parser';
import type { FilePath } from '../model/place.js';
import { extensionOf, languageOf } from './language-of.js';
import { parseSource } from './parse-source.js';
import type { ParsedSource } from './parse-source.js';
import { orTooDeep } from './too-deep.js';
import { innermost } from './tree/node.js';

/**
 * What a module does when it is loaded, apart from defining its exports. `unclear`: it calls a
 * function that may do nothing, or has a branch that may never run.
 */
export type Effect = 'none' | 'unclear' | 'some';

export interface ModuleEffects {
  readonly effect: Effect;
  /** Has code of its own: more than imports, re-exports and types. */
  readonly hasCode: boolean;
}

/**
 * Built-in functions that only create a value. Bundlers remove calls of these if the value is not
 * used.
 */
const MAKERS = new Set(
  'Symbol Map Set WeakMap WeakSet RegExp String Number Boolean BigInt Array Object Date Error URL'.split(' '),
);
const PURE = /\/\*\s*[@#]__PURE__\s*\*\/\s*\(*$/;

/**
 * Reads what a script does when it is loaded. Only statements that no bundler may remove count as
 * `some`. Once constants are known, a branch may never run, and a function of the module may do
 * nothing.
 *
 * @returns undefined for a file that is no script, or does not parse
 */
export function moduleEffects(file: FilePath, text: string): ModuleEffects | undefined {
  const language = languageOf(file);
  if (language === 'dts') return { effect: 'none', hasCode: false };
  if (language === 'json' || language === 'asset') return undefined;
  const source = parseSource(text, language, extensionOf(file));
  if (source.syntaxError) return undefined;
  return orTooDeep(() => effectsOf(text, source.program.body), undefined);
}

function effectsOf(text: string, body: ParsedSource['program']['body']): ModuleEffects {
  const reader = new EffectReader(text, body);
  return {
    effect: worst(body.map((statement) => reader.ofStatement(statement))),
    hasCode: body.some(isCode),
  };
}

class EffectReader {
  readonly #text: string;
  readonly #locals: ReadonlySet<string>;

  constructor(text: string, body: readonly (Statement | Node)[]) {
    this.#text = text;
    this.#locals = new Set(body.flatMap(declaredIn));
  }

  ofStatement(node: Node): Effect {
    if (isAmbient(node)) return 'none';
    switch (node.type) {
      case 'ExpressionStatement':
        return this.#ofExpression(node.expression, true);
      case 'VariableDeclaration':
        return worst(node.declarations.map(({ init }) => (init ? this.#ofExpression(init, false) : 'none')));
      case 'ExportNamedDeclaration':
        return node.declaration ? this.ofStatement(node.declaration) : 'none';
      case 'ExportDefaultDeclaration':
        return isStatementLike(node.declaration)
          ? this.ofStatement(node.declaration)
          : this.#ofExpression(node.declaration as Expression, false);
      case 'ClassDeclaration':
        return this.#ofClass(node);
      case 'BlockStatement':
        return worst(node.body.map((inner) => this.ofStatement(inner)));
      case 'TryStatement':
        return this.ofStatement(node.block);
      case 'ThrowStatement':
        return 'some';
      default:
        return QUIET.has(node.type) ? 'none' : 'unclear';
    }
  }

  #ofExpression(outer: Node, isStatement: boolean): Effect {
    const node = innermost(outer);
    switch (node.type) {
      case 'AssignmentExpression':
        return worst([this.#reachesOut(node.left) ? 'some' : 'none', this.#ofExpression(node.right, false)]);
      case 'UpdateExpression':
        return this.#reachesOut(node.argument) ? 'some' : 'none';
      case 'AwaitExpression':
        return 'some';
      case 'ImportExpression':
        return isStatement ? 'some' : 'unclear';
      case 'CallExpression':
      case 'NewExpression':
        return this.#ofCall(node, isStatement);
      case 'ClassExpression':
        return this.#ofClass(node);
      case 'UnaryExpression':
        return node.operator === 'delete' ? 'some' : this.#ofExpression(node.argument, false);
      case 'LogicalExpression':
        return maybe([node.left, node.right].map((side) => this.#ofExpression(side, isStatement)));
      case 'ConditionalExpression':
        return maybe([node.consequent, node.alternate].map((side) => this.#ofExpression(side, isStatement)));
      case 'BinaryExpression':
        return worst([this.#ofExpression(node.left, false), this.#ofExpression(node.right, false)]);
      case 'MemberExpression':
        return this.#ofExpression(node.object, false);
      case 'TemplateLiteral':
        return this.#ofAll(node.expressions);
      case 'ArrayExpression':
        return this.#ofAll(node.elements);
      case 'ObjectExpression':
        return this.#ofAll(node.properties.map((entry) => (entry.type === 'Property' ? entry.value : entry)));
      case 'SpreadElement':
        return this.#ofExpression(node.argument, false);
      default:
        return VALUES.has(node.type) ? 'none' : 'unclear';
    }
  }

  #ofAll(nodes: readonly (Node | null)[]): Effect {
    return worst(nodes.map((node) => (node ? this.#ofExpression(node, false) : 'none')));
  }

  #ofCall(node: Extract<Node, { type: 'CallExpression' | 'NewExpression' }>, isStatement: boolean): Effect {
    const given = this.#ofAll(node.arguments);
    if (PURE.test(this.#text.slice(Math.max(0, node.start - 40), node.start))) return given;
    // `(globalThis.x ??= []).push(1)`
    if (this.#ofExpression(node.callee, false) === 'some') return 'some';
    const root = rootOf(node.callee);
    if (root === undefined) return 'unclear';
    if (MAKERS.has(root) && !this.#locals.has(root) && !isStatement) return given;
    // The module's own declarations can be analysed, also by bundlers; `require` loads like an
    // import.
    if (this.#locals.has(root) || root === 'require' || !isStatement)
      return given === 'some' ? 'some' : 'unclear';
    return 'some';
  }

  #ofClass(node: Class): Effect {
    const parts = node.body.body;
    const quiet =
      node.decorators.length === 0 &&
      (!node.superClass || innermost(node.superClass).type === 'Identifier') &&
      parts.every(
        (part) =>
          part.type !== 'StaticBlock' &&
          (!('decorators' in part) || part.decorators.length === 0) &&
          (part.type !== 'PropertyDefinition' ||
            !part.static ||
            !part.value ||
            this.#ofExpression(part.value, false) === 'none'),
      );
    return quiet ? 'none' : 'unclear';
  }

  /** Whether other modules can see the assignment: to a global, or to a part of an import. */
  #reachesOut(target: Node): boolean {
    const root = rootOf(target);
    return root !== undefined && !this.#locals.has(root) && root !== 'exports' && root !== 'module';
  }
}

const QUIET = new Set<Node['type']>([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'FunctionDeclaration',
  'EmptyStatement',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
  'TSImportEqualsDeclaration',
  'TSNamespaceExportDeclaration',
  'TSExportAssignment',
  'TSEnumDeclaration',
]);

const VALUES = new Set<Node['type']>([
  'Literal',
  'Identifier',
  'ThisExpression',
  'MetaProperty',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

const NO_CODE = new Set<Node['type']>([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'EmptyStatement',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
  'TSNamespaceExportDeclaration',
]);

function isCode(node: Node): boolean {
  if (node.type === 'ExportNamedDeclaration') return node.declaration ? isCode(node.declaration) : false;
  if (node.type === 'ExpressionStatement') return !('directive' in node && node.directive);
  return !NO_CODE.has(node.type) && !isAmbient(node);
}

function isAmbient(node: Node): boolean {
  return ('declare' in node && node.declare === true) || ('kind' in node && node.kind === 'global');
}

function isStatementLike(node: Node): boolean {
  return node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' || QUIET.has(node.type);
}

/** The names that the module declares itself, without imported ones. */
function declaredIn(node: Node): readonly string[] {
  if (node.type === 'ExportNamedDeclaration') return node.declaration ? declaredIn(node.declaration) : [];
  if (node.type === 'VariableDeclaration')
    return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? id.name : []));
  return 'id' in node && node.id && (node.id as Node).type === 'Identifier'
    ? [(node.id as Extract<Node, { type: 'Identifier' }>).name]
    : [];
}

function rootOf(node: Node): string | undefined {
  const plain = innermost(node);
  if (plain.type === 'MemberExpression') return rootOf(plain.object);
  return plain.type === 'Identifier' ? plain.name : undefined;
}

function worst(effects: readonly Effect[]): Effect {
  return effects.includes('some') ? 'some' : effects.includes('unclear') ? 'unclear' : 'none';
}

function maybe(effects: readonly Effect[]): Effect {
  return effects.every((effect) => effect === 'none') ? 'none' : 'unclear';
}
