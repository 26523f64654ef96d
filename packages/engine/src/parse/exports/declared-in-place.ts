import type { EcmaScriptModule, StaticExport, StaticExportEntry } from 'oxc-parser';
import type { LocalDeclaration } from '../../model/module-record.js';

type Meaning = Pick<LocalDeclaration, 'value' | 'type'>;

const MEANING: Readonly<Record<string, Meaning>> = {
  function: { value: true, type: false },
  const: { value: true, type: false },
  let: { value: true, type: false },
  var: { value: true, type: false },
  class: { value: true, type: true },
  enum: { value: true, type: true },
  interface: { value: false, type: true },
  type: { value: false, type: true },
};

/**
 * The words before the first declared name. Namespaces are left out, because only the tree shows
 * their members. So are enums in declarations; the members of a source's enums are not needed.
 */
const KEYWORD =
  /^export\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:(function)\s*\*?\s*|(const|let|var|class|enum|interface|type)\s+)$/;
const PATTERN = /^export\s+(?:declare\s+)?(const|let|var)\s*[[{]/;

/**
 * The declarations of a TypeScript module that are exported in place, read from the parser's record
 * and the keywords in front of the names. This needs no tree.
 *
 * @returns undefined if an export has another form (a list of local names, an enum, a namespace, an
 *   expression), or if a declaration file has any statement besides imports and exports, because
 *   such a file may export that as well
 */
export function declaredInPlace(
  module: EcmaScriptModule,
  text: string,
  declarationFile: boolean,
): LocalDeclaration[] | undefined {
  if (declarationFile && !holdsNothingElse(module, text)) return undefined;
  const merged = new Map<string, LocalDeclaration>();
  for (const statement of module.staticExports) {
    const own = statement.entries.filter(({ moduleRequest }) => !moduleRequest);
    // `export {}` has no entries.
    const meaning = own.length > 0 ? meaningOf(statement, own[0]!, text, declarationFile) : undefined;
    for (const entry of own) {
      const declared = meaning && declaration(entry, meaning);
      if (!declared) return undefined;
      merged.set(declared.name, merge(merged.get(declared.name), declared));
    }
  }
  return [...merged.values()];
}

function meaningOf(
  { start }: StaticExport,
  first: StaticExportEntry,
  text: string,
  declarationFile: boolean,
): Meaning | undefined {
  const nameStart = first.localName.start ?? first.exportName.start;
  if (nameStart === null) return undefined;
  const words = text.slice(start, nameStart);
  const match = KEYWORD.exec(words) ?? PATTERN.exec(words);
  const keyword = match?.[1] ?? match?.[2] ?? '';
  return keyword === 'enum' && declarationFile ? undefined : MEANING[keyword];
}

function declaration({ localName }: StaticExportEntry, meaning: Meaning): LocalDeclaration | undefined {
  const { name, start, end } = localName;
  if (name === null || start === null || end === null) return undefined;
  return { name, start, end, ...meaning, exported: true };
}

function merge(first: LocalDeclaration | undefined, second: LocalDeclaration): LocalDeclaration {
  if (!first) return second;
  return { ...first, value: first.value || second.value, type: first.type || second.type };
}

const TRIVIA = /(?:[\s\uFEFF;]|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;

/** Whether only blanks and comments are between the import and export statements. */
function holdsNothingElse({ staticImports, staticExports }: EcmaScriptModule, text: string): boolean {
  const statements = [...staticImports, ...staticExports].sort((a, b) => a.start - b.start);
  let at = 0;
  for (const { start, end } of statements) {
    if (start < at) continue;
    if (afterTrivia(text, at) < start) return false;
    at = end;
  }
  return afterTrivia(text, at) === text.length;
}

function afterTrivia(text: string, from: number): number {
  TRIVIA.lastIndex = from;
  TRIVIA.exec(text);
  return TRIVIA.lastIndex;
}
