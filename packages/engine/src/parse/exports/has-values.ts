import type { Node } from 'oxc-parser';
import { moduleExportName } from '../tree/node.js';

/**
 * Whether a namespace block exists at run time (TypeScript's `getModuleInstanceState`). Types,
 * type-only namespaces, const enums and private aliases leave no code behind.
 */
export function hasValues(body: Node | null, visited = new Set<Node>()): boolean {
  if (body?.type !== 'TSModuleBlock' || visited.has(body)) return false;
  visited.add(body);
  return body.body.some((statement) => isValue(statement, visited));
}

function isValue(statement: Node, visited: Set<Node>): boolean {
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
      return hasValues(statement.body, visited);
    case 'ExportNamedDeclaration':
      if (statement.declaration?.type === 'TSImportEqualsDeclaration') return true;
      if (statement.declaration) return isValue(statement.declaration, visited);
      return statement.specifiers.some(({ local }) =>
        isValueName(moduleExportName(local).name, statement, visited),
      );
    default:
      return true;
  }
}

/**
 * Whether `export { a }` in a namespace exports a value. The nearest block that declares the name
 * decides. TypeScript assumes that imported names have values
 * (`getModuleInstanceStateForAliasTarget`).
 */
function isValueName(name: string, from: Node, visited: Set<Node>): boolean {
  for (let at = from.parent; at; at = at.parent) {
    if (at.type !== 'TSModuleBlock' && at.type !== 'Program') continue;
    const declaring = at.body.map(unwrapped).filter((statement) => declares(statement, name));
    if (declaring.length === 0) continue;
    return declaring.some((one) => one.type === 'TSImportEqualsDeclaration' || isValue(one, visited));
  }
  return true;
}

function unwrapped(statement: Node): Node {
  return statement.type === 'ExportNamedDeclaration' && statement.declaration
    ? statement.declaration
    : statement;
}

function declares(statement: Node, name: string): boolean {
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name);
  const id = 'id' in statement ? (statement.id as Node | null) : null;
  return id?.type === 'Identifier' && id.name === name;
}
