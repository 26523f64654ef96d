import type { Span } from '../model/place.js';

/**
 * Whether a text may read a member of what an import statement binds: `Color.red`, `const { red } =
 * Color`. It is false only if the characters around each mention of the name show that no member is
 * read there (a call, a type, a list).
 *
 * @param named the place in the import statement that names the import
 */
export function mayReadMembers(text: string, named: Span): boolean {
  const local = localName(text, named);
  if (local === undefined) return true;
  for (let at = text.indexOf(local); at >= 0; at = text.indexOf(local, at + local.length)) {
    const end = at + local.length;
    if (isPartOfWord(text[at - 1]) || isPartOfWord(text[end])) continue;
    if (!endsTheValue(text, at, end) || isTakenUp(text, at, end)) return true;
  }
  return false;
}

/**
 * `red` in `import { red }`, `rouge` in `import { red as rouge }`; undefined if it is written in
 * another way.
 */
function localName(text: string, { start, end }: Span): string | undefined {
  const renamed = /^\s+as\s+([\w$]+)\s*[,}]/.exec(text.slice(end, end + 200))?.[1];
  const name = renamed ?? text.slice(start, end);
  return /^[\w$]+$/.test(name) ? name : undefined;
}

/** The text after the name neither reads from the value nor gives it another form. */
function endsTheValue(text: string, start: number, end: number): boolean {
  const at = skipBlanks(text, end, 1);
  const next = text[at];
  switch (next) {
    case undefined:
    case ',':
    case ';':
    case '}':
    case ']':
    case '>':
    case ':':
    case '(':
    case '|':
    case '&':
    case '{':
      return true;
    case '=':
      return true;
    case '?':
      return text[at + 1] !== '.';
    case '[':
      // An array's type.
      return text[at + 1] === ']';
    case '<':
      return true;
    case ')':
      // `(x: Color)`; `(x, Color).red` may be a read.
      return text[skipBlanks(text, start - 1, -1)] === ':';
    default:
      return isPartOfWord(next) && FOLLOWING.has(wordAt(text, at));
  }
}

/**
 * The text before the name passes the value on: to a variable, to `await`, to a helper, out of
 * parentheses.
 */
function isTakenUp(text: string, start: number, end: number): boolean {
  const at = skipBlanks(text, start - 1, -1);
  if (endsInLineComment(text, at, start)) return true;
  switch (text[at]) {
    case undefined:
    case ',':
    case '{':
    case '[':
    case ';':
    case ':':
    case '|':
    case '&':
    case '?':
    case '<':
    case '}':
    case ')':
    case '@':
    case '!':
      return false;
    case '.':
      return text[at - 1] !== '.';
    case '=':
      return text[at - 1] !== '=';
    case '>':
      return text[at - 1] !== '=';
    case '(':
      return text[skipBlanks(text, end, 1)] !== '(';
    default:
      return !isPartOfWord(text[at]) || !PRECEDING.has(wordBefore(text, at));
  }
}

/** Words that may follow a value or a type without reading from it. */
const FOLLOWING = new Set(['from', 'extends', 'implements', 'instanceof']);
/** Words that may be before one and do not pass it on. */
const PRECEDING = new Set([
  'import',
  'type',
  'new',
  'return',
  'extends',
  'implements',
  'instanceof',
  'as',
  'is',
  'keyof',
  'throw',
  'case',
  'default',
]);

/** The text up to `at` may be a comment, so it does not show what comes before. */
function endsInLineComment(text: string, at: number, start: number): boolean {
  if (!text.slice(at + 1, start).includes('\n')) return false;
  return text.slice(text.lastIndexOf('\n', at) + 1, at + 1).includes('//');
}

function skipBlanks(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (at >= 0 && at < text.length && /\s/.test(text[at]!)) at += step;
  return at;
}

function isPartOfWord(character: string | undefined): boolean {
  return character !== undefined && /[\w$\u0080-\uffff\\]/.test(character);
}

function wordAt(text: string, start: number): string {
  return /^[\w$]*/.exec(text.slice(start, start + 20))![0];
}

function wordBefore(text: string, last: number): string {
  return /[\w$]*$/.exec(text.slice(Math.max(0, last - 20), last + 1))![0];
}
