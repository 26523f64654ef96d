import type { LocalDeclaration, MemberName } from '../../model/module-record.js';
import { parseSource } from '../parse-source.js';
import { localDeclarations } from './local-declarations.js';

/**
 * The enum that an export statement of a declaration file declares, with its members. Only the
 * statement is parsed.
 *
 * @param start of the statement
 * @param until the start of the next import or export statement, or the end of the text
 * @returns undefined if the statement does not parse on its own
 */
export function declaredEnum(text: string, start: number, until: number): LocalDeclaration | undefined {
  const statement = text.slice(start, until);
  const { syntaxError, program } = parseSource(statement, 'dts', 'ts');
  const [first] = syntaxError ? [] : program.body;
  if (first?.type !== 'ExportNamedDeclaration' || first.declaration?.type !== 'TSEnumDeclaration')
    return undefined;
  const [declared] = localDeclarations([first], { text: statement, ambient: true });
  if (!declared) return undefined;
  const { members } = declared;
  return {
    ...moved(declared, start),
    ...(members && { members: members.map((one) => movedMember(one, start)) }),
  };
}

function movedMember(member: MemberName, by: number): MemberName {
  const { members } = member;
  return { ...moved(member, by), ...(members && { members: members.map((one) => movedMember(one, by)) }) };
}

function moved<T extends { readonly start: number; readonly end: number }>(span: T, by: number): T {
  return { ...span, start: span.start + by, end: span.end + by };
}
