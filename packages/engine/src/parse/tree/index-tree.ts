import { visitorKeys } from 'oxc-parser';
import type { Node, Program } from 'oxc-parser';
import type { FunctionNode } from './node.js';
import type { BindingSite } from './scope.js';
import { Scope } from './scope.js';
import { TreeIndex } from './tree-index.js';
import { setParent, visitType } from './visit-type.js';
import type { Signature, TreeWalker } from './visit-type.js';

/**
 * Walks a tree once: sets `parent` on every node that it reaches, builds scopes as ECMA-262 and
 * TypeScript define them (types and values in one table, which is exact enough for the few names
 * that are needed), and records references and calls.
 */
export function indexTree(program: Program): TreeIndex {
  const index = new TreeIndex();
  const top = new Scope(undefined, true);
  for (const statement of program.body) new Walker(index).visit(statement, program, top);
  return index;
}

/**
 * Names of the module wrapper: `declare const require: …` only informs the type checker about them.
 */
const WRAPPER_NAMES = new Set(['require', 'module', 'exports']);

/** Members of webpack's runtime that are collected. */
const RUNTIME_MEMBERS = new Set(['e', 'u', 'k', 'miniCssF', 'p']);

class Walker implements TreeWalker {
  readonly index: TreeIndex;
  /** How many functions and classes with a `this` of their own surround the node. */
  #receivers = 0;

  constructor(index: TreeIndex) {
    this.index = index;
  }

  visit(node: Node | null | undefined, parent: Node, scope: Scope): void {
    if (!node) return;
    setParent(node, parent);
    switch (node.type) {
      case 'Identifier':
        return this.index.addReference(node.name, node, scope);
      case 'ThisExpression':
        if (this.#receivers === 0) this.index.topLevelThis.push(node);
        return;
      case 'CallExpression':
        this.index.calls.push(node);
        return this.visitChildren(node, scope);
      case 'NewExpression':
        this.index.news.push(node);
        return this.visitChildren(node, scope);
      case 'ImportExpression':
        this.index.dynamicImports.push(node);
        return this.visitChildren(node, scope);
      case 'MemberExpression':
        if (node.property.type === 'Identifier' && RUNTIME_MEMBERS.has(node.property.name) && !node.computed)
          this.index.addMember(node.property.name, node);
        this.visit(node.object, node, scope);
        return this.visitKey(node.property, node, node.computed, scope);
      case 'Property':
        this.visitKey(node.key, node, node.computed, scope);
        return this.visit(node.value, node, scope);
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
      case 'TSAbstractMethodDefinition':
      case 'TSAbstractPropertyDefinition':
      case 'TSAbstractAccessorProperty':
        this.visitKey(node.key, node, node.computed, scope);
        return this.visitChildren(node, scope, 'key');
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'TSDeclareFunction':
      case 'TSEmptyBodyFunctionExpression':
        return this.#visitFunction(node, scope);
      case 'VariableDeclaration':
        return this.#visitVariables(node, scope);
      case 'ClassDeclaration':
      case 'ClassExpression':
        return this.#visitClass(node, scope);
      case 'BlockStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'SwitchStatement':
        return this.visitChildren(node, new Scope(scope, false));
      case 'StaticBlock':
        return this.visitChildren(node, new Scope(scope, true));
      case 'CatchClause':
        return this.#visitCatch(node, scope);
      case 'LabeledStatement':
        return this.visit(node.body, node, scope);
      default:
        return this.#visitModulePart(node, scope);
    }
  }

  #visitModulePart(node: Node, scope: Scope): void {
    switch (node.type) {
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) {
          setParent(specifier, node);
          this.declare(specifier.local, { owner: specifier, kind: 'import' }, scope);
        }
        return;
      case 'ExportNamedDeclaration':
        this.visit(node.declaration, node, scope);
        for (const specifier of node.source ? [] : node.specifiers) {
          setParent(specifier, node);
          this.visit(specifier.local, specifier, scope);
        }
        return;
      case 'TSImportEqualsDeclaration':
        this.declare(node.id, { owner: node, kind: 'import' }, scope);
        return this.visit(node.moduleReference, node, scope);
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'MetaProperty':
      case 'ExportAllDeclaration':
      case 'TSExternalModuleReference':
      case 'TSNamespaceExportDeclaration':
        return;
      case 'JSXOpeningElement':
        this.#visitTag(node.name, node, scope);
        return this.visitChildren(node, scope, 'name');
      case 'JSXAttribute':
        return this.visit(node.value, node, scope);
      case 'JSXClosingElement':
        return;
      default:
        return visitType(this, node, scope);
    }
  }

  visitChildren(node: Node, scope: Scope, except?: string): void {
    const fields = node as unknown as Record<string, Node | readonly (Node | null)[] | null | undefined>;
    for (const key of visitorKeys[node.type] ?? []) {
      if (key === except) continue;
      const child = fields[key];
      if (Array.isArray(child))
        for (const element of child as readonly (Node | null)[]) this.visit(element, node, scope);
      else this.visit(child as Node | null | undefined, node, scope);
    }
  }

  visitKey(key: Node, parent: Node, computed: boolean, scope: Scope): void {
    if (computed) this.visit(key, parent, scope);
    else setParent(key, parent);
  }

  #visitFunction(node: FunctionNode, scope: Scope): void {
    const inner = new Scope(scope, true);
    if (node.type !== 'ArrowFunctionExpression' && node.id) {
      const ambient = node.declare && WRAPPER_NAMES.has(node.id.name);
      const home = node.type === 'FunctionExpression' ? inner : scope;
      if (!ambient) this.declare(node.id, { owner: node, kind: 'function' }, home);
    }
    const own = node.type === 'ArrowFunctionExpression' ? 0 : 1;
    this.#receivers += own;
    this.visitSignature(node, scope, inner);
    if (node.body?.type === 'BlockStatement') {
      setParent(node.body, node);
      // Parameters and the body's own names share a scope. A separate one only matters for default
      // values.
      this.visitChildren(node.body, inner);
    } else this.visit(node.body, node, inner);
    this.#receivers -= own;
  }

  visitSignature(node: Node, scope: Scope, inner = new Scope(scope, true)): void {
    const { params, key, computed, typeParameters, returnType } = node as Signature;
    if (key) this.visitKey(key, node, computed ?? false, scope);
    this.visit(typeParameters, node, inner);
    const site = { owner: node, kind: 'parameter' } as const;
    for (const parameter of params ?? []) this.#bindPattern(parameter, node, site, inner, inner);
    this.visit(returnType, node, inner);
  }

  #visitVariables(node: Extract<Node, { type: 'VariableDeclaration' }>, scope: Scope): void {
    const home = node.kind === 'var' ? scope.varScope() : scope;
    for (const declarator of node.declarations) {
      setParent(declarator, node);
      const { id } = declarator;
      if (node.declare && id.type === 'Identifier' && WRAPPER_NAMES.has(id.name)) continue;
      this.#bindPattern(id, declarator, { owner: declarator, kind: 'variable' }, home, scope);
      this.visit(declarator.init, declarator, scope);
    }
  }

  #visitClass(node: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>, scope: Scope): void {
    const home = node.type === 'ClassExpression' && node.id ? new Scope(scope, false) : scope;
    if (node.id) this.declare(node.id, { owner: node, kind: 'class' }, home);
    if (node.superClass) this.index.superClasses.push(node.superClass);
    this.#receivers++;
    this.visitChildren(node, home, 'id');
    this.#receivers--;
  }

  #visitCatch(node: Extract<Node, { type: 'CatchClause' }>, scope: Scope): void {
    const inner = new Scope(scope, false);
    if (node.param) this.#bindPattern(node.param, node, { owner: node, kind: 'other' }, inner, inner);
    this.visit(node.body, node, inner);
  }

  /**
   * Declares the names of a binding pattern in `home`; default values and types are read in
   * `scope`.
   */
  #bindPattern(pattern: Node, parent: Node, site: Omit<BindingSite, 'id'>, home: Scope, scope: Scope): void {
    setParent(pattern, parent);
    const bind = (inner: Node | null): void => {
      if (inner) this.#bindPattern(inner, pattern, site, home, scope);
    };
    if ('decorators' in pattern)
      for (const decorator of pattern.decorators ?? []) this.visit(decorator, pattern, scope);
    if ('typeAnnotation' in pattern) this.visit(pattern.typeAnnotation as Node | null, pattern, scope);
    if (pattern.type === 'Identifier') return this.declare(pattern, site, home);
    if (pattern.type === 'TSParameterProperty') return bind(pattern.parameter);
    if (pattern.type === 'RestElement') return bind(pattern.argument);
    if (pattern.type === 'ArrayPattern') return pattern.elements.forEach(bind);
    if (pattern.type === 'ObjectPattern') return pattern.properties.forEach(bind);
    if (pattern.type === 'AssignmentPattern') {
      bind(pattern.left);
      return this.visit(pattern.right, pattern, scope);
    }
    if (pattern.type !== 'Property') return this.visit(pattern, parent, scope);
    this.visitKey(pattern.key, pattern, pattern.computed, scope);
    bind(pattern.value);
  }

  /** `<ns.Tag>` and `<Tag>` use a binding; `<tag>` and `<svg:tag>` do not. */
  #visitTag(name: Node, parent: Node, scope: Scope): void {
    setParent(name, parent);
    if (name.type === 'JSXMemberExpression') {
      setParent(name.property, name);
      return this.#visitTag(name.object, name, scope);
    }
    if (name.type === 'Identifier') return this.visit(name, parent, scope);
    if (name.type !== 'JSXIdentifier' || (parent.type === 'JSXOpeningElement' && /^[a-z]/.test(name.name)))
      return;
    this.index.addReference(name.name, name, scope);
  }

  declare(id: Node, site: Omit<BindingSite, 'id'>, scope: Scope): void {
    if (id.type !== 'Identifier') return;
    if (!id.parent) setParent(id, site.owner);
    this.index.addBinding(id, scope.declare(id.name, { ...site, id }));
  }
}
