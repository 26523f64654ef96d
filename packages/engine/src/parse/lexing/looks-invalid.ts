/** How many kinds of brackets there are. */
const KINDS = 3;
const OPENING = '({[';
const CLOSING = ')}]';

/** Marks that end no expression and no type, before marks that cannot follow them. */
const NEVER: readonly (readonly [before: string, after: string])[] = [
  [':=(|&,', ';'],
  [':=|&', ')}]'],
  [':=(,', ','],
  [':', ':='],
];

const SPACE = 1;
const [SLASH, STAR] = [47, 42];

/** For each mark, a bit; for each mark, the bits of the marks that never follow it. */
const { bits, never, spaces } = tables();

function tables(): { bits: Int32Array; never: Int32Array; spaces: Uint8Array } {
  const marks = ':=(|&,;)}]{[';
  const table = { bits: new Int32Array(128), never: new Int32Array(128), spaces: new Uint8Array(128) };
  for (const [index, mark] of [...marks].entries()) table.bits[mark.charCodeAt(0)] = 1 << index;
  for (const [before, after] of NEVER)
    for (const one of before)
      for (const other of after) table.never[one.charCodeAt(0)]! |= table.bits[other.charCodeAt(0)]!;
  for (const space of ' \t\n\r\v\f') table.spaces[space.charCodeAt(0)] = SPACE;
  return table;
}

/**
 * Whether TypeScript text may be invalid, or may be misread by the lexer. There is no other check of
 * such texts than the parser, so this has to notice at least all files that are cut off. It may say
 * yes wrongly, for example about comments.
 *
 * @param statements the starts of the export statements that the lexer found
 */
export function looksInvalid(text: string, statements: ReadonlySet<number>, isDeclaration: boolean): boolean {
  if (text.includes('<<<<<<<') || (isDeclaration && !endsWithStatement(text))) return true;
  return hasWrongMarks(text) || hasOtherExports(text, statements);
}

function endsWithStatement(text: string): boolean {
  let end = text.trimEnd();
  for (let line = lastLine(end); line.startsWith('//'); line = lastLine(end))
    end = end.slice(0, end.lastIndexOf(line)).trimEnd();
  return end === '' || /[;}'"]$/.test(end);
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1).trimStart();
}

/**
 * Whether brackets are not balanced, marks follow each other that never do, or a slash follows a mark
 * after which TypeScript allows a division and the lexer expects a regular expression.
 */
function hasWrongMarks(text: string): boolean {
  const open = new Int32Array(KINDS);
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) before = 0;
    else if (spaces[code] === SPACE) continue;
    else if (code === SLASH) {
      if (before === EXCLAMATION || before === GREATER) {
        const next = text.charCodeAt(at + 1);
        if (next !== SLASH && next !== STAR) return true;
      }
      before = 0;
    } else {
      const bit = bits[code]!;
      if (bit !== 0) {
        if ((never[before]! & bit) !== 0) return true;
        const char = text[at]!;
        const opened = OPENING.indexOf(char);
        if (opened !== -1) open[opened]!++;
        else {
          const closed = CLOSING.indexOf(char);
          if (closed !== -1) open[closed]!--;
        }
      }
      before = code;
    }
  }
  return open.some((count) => count !== 0);
}

const [EXCLAMATION, GREATER] = [33, 62];

/** Whether a statement may start with an `export` that the lexer has not found. */
function hasOtherExports(text: string, statements: ReadonlySet<number>): boolean {
  for (let at = text.indexOf('export'); at !== -1; at = text.indexOf('export', at + 1)) {
    if (statements.has(at) || /[\w$]/.test(text[at + 6] ?? '')) continue;
    const before = text.slice(Math.max(0, at - 200), at).trimEnd();
    const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
    if (line.trim() === '' || /[;}]$|\*\/$/.test(before)) return true;
  }
  return false;
}
