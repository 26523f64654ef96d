import type { Node } from 'oxc-parser';
import type { MemberName } from '../../model/module-record.js';
import { constantName } from '../tree/node.js';
import { declaredNames } from './declared-names.js';
import type { AliasedMember, BlockContext } from './local-declarations.js';
import { localDeclarations, mergeMembers } from './local-declarations.js';

/** The exports of `export = X`. */
export interface AssignedMembers {
  readonly members: readonly MemberName[];
  /** Why there may be more. */
  readonly open?: string;
  /**
   * Neither a variable nor a namespace, so import statements can only import `default` (TS2497).
   */
  readonly wholeOnly?: true;
}

/**
 * The names that can be imported from a module with `export = expression`: members of a merged
 * namespace, statics of a class, members of a written object type or literal.
 */
export function assignedMembers(
  expression: Node,
  body: readonly Node[],
  context: BlockContext,
): AssignedMembers {
  if (expression.type !== 'Identifier') return membersOfValue(expression, body);
  const declarations = body.map(unwrap).filter((statement) => declares(statement, expression.name));
  if (declarations.length === 0) return { members: [], open: `${expression.name} is not declared here` };
  const merged = localDeclarations(declarations, context).find(({ name }) => name === expression.name);
  const parts = declarations.map((declaration) => membersOfDeclaration(declaration, expression.name, body));
  const members = parts.reduce<readonly MemberName[] | undefined>(
    (all, part) => mergeMembers(all, part.members),
    merged?.members,
  );
  const open = parts.find((part) => part.open !== undefined)?.open;
  const wholeOnly = declarations.every(({ type }) => WHOLE_ONLY.has(type));
  return {
    members: (members ?? []).map((member) => narrowed(member, body, context)),
    ...(open !== undefined && { open }),
    ...(wholeOnly && { wholeOnly: true as const }),
  };
}

/** A member that refers to a declaration beside the namespace. */
function narrowed(member: AliasedMember, body: readonly Node[], context: BlockContext): AliasedMember {
  const { alias } = member;
  const declarations = alias ? body.map(unwrap).filter((statement) => declares(statement, alias.root)) : [];
  if (!alias || declarations.length === 0) return member;
  const local = localDeclarations(declarations, context).find(({ name }) => name === alias.root);
  const target =
    alias.member === undefined ? local : local?.members?.find(({ name }) => name === alias.member);
  return target ? { ...member, value: target.value, type: target.type } : member;
}

const WHOLE_ONLY = new Set<Node['type']>([
  'ClassDeclaration',
  'FunctionDeclaration',
  'TSDeclareFunction',
  'TSEnumDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
]);

function unwrap(statement: Node): Node {
  return statement.type === 'ExportNamedDeclaration' && statement.declaration
    ? statement.declaration
    : statement;
}

function declares(statement: Node, name: string): boolean {
  return declaredNames(statement).some(({ id }) => id.name === name);
}

function membersOfDeclaration(declaration: Node, name: string, body: readonly Node[]): AssignedMembers {
  switch (declaration.type) {
    case 'ClassDeclaration':
      return classStatics(declaration);
    case 'VariableDeclaration': {
      const declarator = declaration.declarations.find(
        ({ id }) => id.type === 'Identifier' && id.name === name,
      );
      if (declarator?.id.type !== 'Identifier')
        return { members: [], open: `${name} is destructured from another value` };
      const annotation = declarator.id.typeAnnotation?.typeAnnotation;
      if (annotation) return membersOfType(annotation, body);
      return declarator.init
        ? membersOfValue(declarator.init, body)
        : { members: [], open: `the type of ${name} is unknown` };
    }
    case 'TSImportEqualsDeclaration':
      return { members: [], open: `${name} is an alias` };
    default:
      return { members: [] };
  }
}

function classStatics({
  body,
  superClass,
}: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>): AssignedMembers {
  const members = body.body.flatMap((element): MemberName[] => {
    if (!('key' in element) || !element.static || element.key.type === 'PrivateIdentifier') return [];
    const name = constantName(element.key, element.computed);
    return name ? [{ ...name, value: true, type: false }] : [];
  });
  return superClass ? { members, open: 'the class inherits statics' } : { members };
}

function membersOfValue(value: Node, body: readonly Node[]): AssignedMembers {
  switch (value.type) {
    case 'ObjectExpression': {
      const names = value.properties.map((property) =>
        property.type === 'Property' ? constantName(property.key, property.computed) : undefined,
      );
      const members = names.flatMap((name) => (name ? [{ ...name, value: true, type: false }] : []));
      return names.includes(undefined) ? { members, open: 'some keys are computed' } : { members };
    }
    case 'ClassExpression':
      return classStatics(value);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'Literal':
    case 'TemplateLiteral':
      return { members: [] };
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return value.typeAnnotation.type === 'TSTypeReference' || value.type === 'TSSatisfiesExpression'
        ? membersOfValue(value.expression, body)
        : membersOfType(value.typeAnnotation, body);
    default:
      return { members: [], open: 'the value is computed' };
  }
}

function membersOfType(type: Node, body: readonly Node[], depth = 0): AssignedMembers {
  if (type.type === 'TSTypeLiteral') return signatureNames(type.members);
  if (type.type === 'TSFunctionType' || type.type === 'TSConstructorType') return { members: [] };
  if (type.type === 'TSIntersectionType' && depth < MAX_DEPTH) {
    return union(type.types.map((part) => membersOfType(part, body, depth + 1)));
  }
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier' || depth >= MAX_DEPTH)
    return NOT_WRITTEN_OUT;
  const { name } = type.typeName;
  const declarations = body.map(unwrap).filter((statement) => declares(statement, name));
  const parts = declarations.flatMap((declaration): AssignedMembers[] => {
    if (declaration.type === 'TSTypeAliasDeclaration')
      return [membersOfType(declaration.typeAnnotation, body, depth + 1)];
    if (declaration.type !== 'TSInterfaceDeclaration')
      return declaration.type === 'ClassDeclaration' ? [NOT_WRITTEN_OUT] : [];
    const own = signatureNames(declaration.body.body);
    return [declaration.extends.length > 0 ? { ...own, open: `${name} inherits members` } : own];
  });
  return parts.length > 0 ? union(parts) : NOT_WRITTEN_OUT;
}

/** Deep enough for real code, and a limit for types that refer to themselves. */
const MAX_DEPTH = 8;

const NOT_WRITTEN_OUT: AssignedMembers = { members: [], open: 'its members are not listed in this file' };

function signatureNames(signatures: readonly Node[]): AssignedMembers {
  let open: string | undefined;
  const members = signatures.flatMap((signature): MemberName[] => {
    if (signature.type === 'TSIndexSignature') open = 'an index signature allows any name';
    if (signature.type !== 'TSPropertySignature' && signature.type !== 'TSMethodSignature') return [];
    const name = constantName(signature.key, signature.computed);
    return name ? [{ ...name, value: true, type: false }] : [];
  });
  return { members, ...(open !== undefined && { open }) };
}

function union(parts: readonly AssignedMembers[]): AssignedMembers {
  const members = parts.reduce<readonly MemberName[]>((all, part) => mergeMembers(all, part.members)!, []);
  const open = parts.find((part) => part.open !== undefined)?.open;
  return { members, ...(open !== undefined && { open }) };
}
