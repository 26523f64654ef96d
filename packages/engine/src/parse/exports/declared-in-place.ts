import type { LocalDeclaration } from '../../model/module-record.js';
import type { Span } from '../../model/place.js';
import { declaredEnum } from './declared-enum.js';

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

/** In declarations, the members of enums matter. In sources they do not. */
const ENUM = /^export\s+(?:declare\s+)?(?:const\s+)?enum\s+$/;
/**
 * The words before the first declared name. Namespaces are left out, because only the tree shows
 * their members.
 */
const KEYWORD =
  /^export\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:(function)\s*\*?\s*|(const|let|var|class|enum|interface|type)\s+)$/;
const PATTERN = /^export\s+(?:declare\s+)?(const|let|var)\s*[[{]/;

/** An export statement that declares names. `start` is the statement's. */
export interface DeclaringStatement {
  readonly start: number;
  /** The local names, in the order of the text. Empty if the statement declares no name. */
  readonly names: readonly ({ readonly name: string } & Span)[];
  /** Before this the statement ends; absent if it is not known. */
  readonly until?: number;
}

/**
 * The declarations of a TypeScript module that are exported in place, read from the keywords in front
 * of the names. This needs no tree.
 *
 * @param statements the export statements that do not re-export
 * @returns undefined if an export has another form (a list of local names, a namespace, an
 *   expression), or if a declaration file may declare more, because such a file may export that as
 *   well
 */
export function declaredInPlace(
  statements: readonly DeclaringStatement[],
  text: string,
  declarationFile: boolean,
): LocalDeclaration[] | undefined {
  if (declarationFile && DECLARES_MORE.test(text)) return undefined;
  const merged = new Map<string, LocalDeclaration>();
  const enums = new Set<string>();
  for (const { start, names, until } of statements) {
    const words = text.slice(start, names[0]?.start);
    if (names.some(({ name }) => enums.has(name))) return undefined;
    if (declarationFile && ENUM.test(words)) {
      const declared = until === undefined ? undefined : declaredEnum(text, start, until);
      if (!declared || merged.has(declared.name)) return undefined;
      merged.set(declared.name, declared);
      enums.add(declared.name);
      continue;
    }
    const meaning = meaningOf(words);
    if (!meaning || names.length === 0) return undefined;
    for (const { name, start, end } of names) {
      const { value, type } = meaning;
      const declared = { name, start, end, value, type, exported: true };
      merged.set(name, merge(merged.get(name), declared));
    }
  }
  return [...merged.values()];
}

function meaningOf(words: string): Meaning | undefined {
  const match = KEYWORD.exec(words) ?? PATTERN.exec(words);
  return MEANING[match?.[1] ?? match?.[2] ?? ''];
}

function merge(first: LocalDeclaration | undefined, second: LocalDeclaration): LocalDeclaration {
  if (!first) return second;
  return { ...first, value: first.value || second.value, type: first.type || second.type };
}

/**
 * Finds a declaration without `export`, which starts a statement: the text, a line, or what follows
 * another statement or a comment. It may also find members and comments that look alike.
 */
const DECLARES_MORE =
  /(?:^|[\n\r\u2028\u2029;}]|\*\/)[\s\uFEFF]*(?:declare|abstract\s+class|async\s+function|class|function|interface|const|let|var|enum|namespace|module|type(?=\s+[^\s:?(=]))\b(?!\s*[?:(=;,])/;
