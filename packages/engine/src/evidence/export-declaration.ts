import type { Node } from 'oxc-parser';
import type { FilePath } from '../model/place.js';
import type { Edit } from '../model/report.js';
import { declaredNames } from '../parse/exports/declared-names.js';
import { extensionOf, languageOf } from '../parse/language-of.js';
import { parseSource } from '../parse/parse-source.js';
import { orTooDeep } from '../parse/too-deep.js';
import { newlineOf } from './barrel-style.js';

/** The top-level statements of a text that declare a name, none of them exported; undefined where the text does not parse. */
export function statementsDeclaring(file: FilePath, text: string, name: string): readonly Node[] | undefined {
  const source = parseSource(text, languageOf(file), extensionOf(file));
  if (source.syntaxError) return undefined;
  const declares = (statement: Node): boolean => declaredNames(statement).some(({ id }) => id.name === name);
  return orTooDeep(() => (source.program.body as readonly Node[]).filter(declares), undefined);
}

/**
 * The edits that export a private declaration where it stands: `export` in front of it, of each of a function's overloads. Where
 * that would export more than the name (`const a = 1, b = 2`) or not be allowed, an export list at the end of the file.
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
      // Where decorators go beside `export` depends on the compiler's settings.
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
