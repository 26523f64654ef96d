import type { Node } from 'oxc-parser';

/**
 * Whether a namespace block exists at run time (TypeScript's `getModuleInstanceState`): types, type-only namespaces, const enums
 * and aliases that are not exported leave nothing behind.
 */
export function hasValues(body: Node | null): boolean {
  return body?.type === 'TSModuleBlock' && body.body.some(isValue);
}

function isValue(statement: Node): boolean {
  switch (statement.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSImportEqualsDeclaration':
    case 'ImportDeclaration':
    case 'EmptyStatement':
      return false;
    case 'TSEnumDeclaration':
      return !statement.const;
    case 'TSModuleDeclaration':
      return hasValues(statement.body);
    case 'ExportNamedDeclaration':
      if (statement.declaration?.type === 'TSImportEqualsDeclaration') return true;
      // What `export { a }` names stands in the block (and decides there), or outside of it.
      return statement.declaration !== null && isValue(statement.declaration);
    default:
      return true;
  }
}
