import type { Node } from 'oxc-parser';
import type { BindingSite } from './scope.js';
import { Scope } from './scope.js';
import type { TreeIndex } from './tree-index.js';

/** The steps of a walk over a tree. */
export interface TreeWalker {
  readonly index: TreeIndex;
  visit(node: Node | null | undefined, parent: Node, scope: Scope): void;
  visitChildren(node: Node, scope: Scope, except?: string): void;
  visitKey(key: Node, parent: Node, computed: boolean, scope: Scope): void;
  visitSignature(node: Node, scope: Scope): void;
  declare(id: Node, site: Omit<BindingSite, 'id'>, scope: Scope): void;
}

/** What functions, methods and function types have in common. */
export interface Signature {
  readonly params?: readonly Node[];
  readonly key?: Node;
  readonly computed?: boolean;
  readonly typeParameters?: Node | null;
  readonly returnType?: Node | null;
}

/**
 * Visits the nodes that only TypeScript has. Names that declare a type, a parameter of a type or a
 * label are no references. All other nodes are visited like values.
 */
export function visitType(walker: TreeWalker, node: Node, scope: Scope): void {
  switch (node.type) {
    case 'TSImportType':
      walker.index.importTypes.push(node);
      return walker.visit(node.typeArguments, node, scope);
    case 'TSQualifiedName':
      setParent(node.right, node);
      return walker.visit(node.left, node, scope);
    case 'TSModuleDeclaration': {
      const id = node.id.type === 'TSQualifiedName' ? leftmost(node.id) : node.id;
      if (id.type === 'Identifier' && node.kind !== 'global')
        walker.declare(id, { owner: node, kind: 'other' }, scope);
      return walker.visit(node.body, node, new Scope(scope, true));
    }
    case 'TSEnumDeclaration':
      walker.declare(node.id, { owner: node, kind: 'other' }, scope);
      for (const member of node.body.members) walker.visit(member.initializer, member, scope);
      return;
    case 'TSFunctionType':
    case 'TSConstructorType':
    case 'TSCallSignatureDeclaration':
    case 'TSConstructSignatureDeclaration':
    case 'TSMethodSignature':
      return walker.visitSignature(node, scope);
    case 'TSIndexSignature':
      for (const parameter of node.parameters) walker.visit(parameter.typeAnnotation, node, scope);
      return walker.visit(node.typeAnnotation, node, scope);
    case 'TSPropertySignature':
      walker.visitKey(node.key, node, node.computed, scope);
      return walker.visit(node.typeAnnotation, node, scope);
    // The nodes left out are names: a declared type, a parameter, a label.
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return walker.visitChildren(node, scope, 'id');
    case 'TSTypeParameter':
      return walker.visitChildren(node, scope, 'name');
    case 'TSMappedType':
      return walker.visitChildren(node, scope, 'key');
    case 'TSTypePredicate':
      return walker.visitChildren(node, scope, 'parameterName');
    case 'TSNamedTupleMember':
      return walker.visit(node.elementType, node, scope);
    default:
      return walker.visitChildren(node, scope);
  }
}

export function setParent(node: Node, parent: Node): void {
  (node as { parent?: Node }).parent = parent;
}

function leftmost(node: Extract<Node, { type: 'TSQualifiedName' }>): Node {
  return node.left.type === 'TSQualifiedName' ? leftmost(node.left) : node.left;
}
