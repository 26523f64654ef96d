import type { Node } from 'oxc-parser';
import type { FilePath } from '../model/place.js';
import type { Edit } from '../model/report.js';
import { statementsDeclaring } from '../parse/source-declarations.js';
import { newlineOf } from './barrel-style.js';

/**
 * The edits that export a private declaration: `export` before it, and before each overload of a
 * function. If that would export more than the name (`const a = 1, b = 2`) or is not allowed, an
 * export list at the end of the file.
 */
export function exportDeclaration(
  name: string,
  { file, text, type }: { readonly file: FilePath; readonly text: string; readonly type: boolean },
): readonly Edit[] {
  const statements = statementsDeclaring(file, text, name) ?? [];
  if (statements.length > 0 && statements.every((statement) => standsAlone(statement, statements.length))) {
    return statements.map(({ start }) => ({ file, start, end: start, text: 'export ' }));
  }
  const newline = newlineOf(text);
  const gap = text === '' || text.endsWith('\n') ? '' : newline;
  const semicolon = /;[ \t]*\r?$/m.test(text) || !/[\w)\]'"`][ \t]*\r?$/m.test(text) ? ';' : '';
  const list = `${gap}export ${type ? 'type ' : ''}{ ${name} }${semicolon}${newline}`;
  return [{ file, start: text.length, end: text.length, text: list }];
}

function standsAlone(statement: Node, count: number): boolean {
  switch (statement.type) {
    case 'VariableDeclaration':
      return (
        count === 1 &&
        statement.declarations.length === 1 &&
        statement.declarations[0]!.id.type === 'Identifier'
      );
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return true;
    case 'ClassDeclaration':
      // The compiler's settings decide whether decorators come before or after `export`.
      return count === 1 && statement.decorators.length === 0;
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      return count === 1;
    default:
      return false;
  }
}
