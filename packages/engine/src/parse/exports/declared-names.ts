import type { Node } from 'oxc-parser';
import type { MemberName } from '../../model/module-record.js';
import type { NameInText } from '../tree/node.js';
import { constantName, moduleExportName } from '../tree/node.js';
import { hasValues } from './has-values.js';

/** A name that one statement declares, and its uses. */
export interface DeclaredName {
  readonly id: NameInText;
  readonly value: boolean;
  readonly type: boolean;
  readonly constEnum?: true;
  /** An enum's members. */
  readonly members?: readonly MemberName[];
  /** The statements of a namespace; for `namespace A.B {}` those of a block that declares B. */
  readonly namespace?: Extract<Node, { type: 'TSModuleDeclaration' }>;
  /**
   * It may have members that are not written here: of a class, of a variable's type, of an alias's
   * target.
   */
  readonly opaque?: true;
  /** The target of `import a = b.c`. */
  readonly alias?: Node;
}

/** The names that a statement declares, with or without `export`. Imports declare no names here. */
export function declaredNames(statement: Node): readonly DeclaredName[] {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      return statement.declaration ? declaredNames(statement.declaration) : [];
    case 'ExportDefaultDeclaration':
      return declaredNames(statement.declaration);
    case 'VariableDeclaration':
      return statement.declarations
        .flatMap(({ id }) => patternNames(id))
        .map((id) => ({ id, value: true, type: false, opaque: true }));
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return named(statement.id, { value: true, type: false });
    case 'ClassDeclaration':
      return named(statement.id, { value: true, type: true, opaque: true });
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return named(statement.id, { value: false, type: true });
    case 'TSEnumDeclaration': {
      const members = statement.body.members.flatMap(enumMember);
      return named(statement.id, {
        value: true,
        type: true,
        members,
        ...(statement.const && { constEnum: true as const }),
      });
    }
    case 'TSModuleDeclaration':
      return namespaceName(statement);
    case 'TSImportEqualsDeclaration': {
      if (statement.moduleReference.type !== 'TSExternalModuleReference') {
        return named(statement.id, {
          value: true,
          type: true,
          opaque: true,
          alias: statement.moduleReference,
        });
      }
      return statement.parent?.type === 'ExportNamedDeclaration'
        ? named(statement.id, { value: true, type: true })
        : [];
    }
    default:
      return [];
  }
}

function named(id: Node | null, declared: Omit<DeclaredName, 'id'>): DeclaredName[] {
  return id?.type === 'Identifier' ? [{ id: moduleExportName(id), ...declared }] : [];
}

function namespaceName(node: Extract<Node, { type: 'TSModuleDeclaration' }>): DeclaredName[] {
  if (node.id.type === 'Literal' || node.kind === 'global') return [];
  let id: Node = node.id;
  while (id.type === 'TSQualifiedName') id = id.left;
  const value = hasValues(node.body);
  return named(id, { value, type: !value, namespace: node });
}

function enumMember({ id }: Extract<Node, { type: 'TSEnumMember' }>): MemberName[] {
  const name = constantName(id, false);
  return name ? [{ ...name, value: true, type: true }] : [];
}

function patternNames(pattern: Node): NameInText[] {
  switch (pattern.type) {
    case 'Identifier':
      return [moduleExportName(pattern)];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    default:
      return [];
  }
}
