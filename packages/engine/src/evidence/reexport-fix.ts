import type { ExportEntry, ModuleRequest } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { Edit } from '../model/report.js';
import type { FixIdea } from '../model/fix-idea.js';
import { relativeSpecifier, styleOf } from './barrel-style.js';
import type { Barrel, BarrelStyle } from './barrel-style.js';
import { commonJsFix } from './commonjs-fix.js';
import { exportDeclaration } from './export-declaration.js';
import type { FoundDeclaration } from '../parse/source-declarations.js';

/** The file that an import of the barrel resolves to. Undefined if it is outside the sources. */
export type Follow = (
  request: Pick<ModuleRequest, 'specifier' | 'start' | 'end' | 'form'>,
) => FilePath | undefined;

/**
 * The edits that make a barrel export a declaration of its package: a re-export in the barrel's own
 * style (quotes, semicolons, extension of relative specifiers), and `export` at a declaration that
 * is still private. If the barrel already has a list for the same module, the name is added to that
 * list.
 *
 * @param declarationText the text of the declaring file
 * @returns undefined if neither a statement nor the list of a CommonJS barrel can be extended
 */
export function reexportFix(
  name: string,
  declaration: FoundDeclaration,
  declarationText: string,
  barrel: Barrel,
  follow: Follow = () => undefined,
): FixIdea | undefined {
  if (barrel.record.commonjs && barrel.text.trim() !== '')
    return commonJsFix(name, declaration, barrel, follow);
  if (declaration.form === 'commonjs' && declaration.exportedAs === undefined) return undefined;
  const { file } = declaration;
  const type = declaration.kind === 'type';
  const atDeclaration =
    declaration.exportedAs === undefined
      ? exportDeclaration(name, { file, text: declarationText, type })
      : [];
  const reached = isReached(declaration, barrel, follow);
  if (reached && atDeclaration.length > 0)
    return { title: `export \`${name}\` in ${file}`, edits: atDeclaration };
  if (file === barrel.file) return listFix(name, declaration, barrel);
  const promoted = type ? undefined : promotion(name, barrel);
  if (promoted) return promoted.edits.length > 0 ? promoted : undefined;

  const exported = declaration.exportedAs ?? name;
  const words = exported === name ? name : `${exported} as ${name}`;
  const style = styleOf(barrel);
  const also = atDeclaration.length > 0 ? ` and export it in ${file}` : '';
  const longer = longerList(words, declaration, barrel, follow);
  if (longer) {
    const title = `add \`${longer.words}\` to \`${longer.statement}\` in ${barrel.file}${also}`;
    return { title, edits: [longer.edit, ...atDeclaration] };
  }
  const keyword = type ? 'export type' : 'export';
  const specifier = relativeSpecifier(barrel.file, file, style);
  const statement = `${keyword} { ${words} } from ${specifier}${style.semicolon}`;
  return {
    title: `add \`${statement}\` to ${barrel.file}${also}`,
    edits: [insertStatement(barrel, statement, style), ...atDeclaration],
  };
}

/**
 * Whether the barrel exports everything that the declaring file exports: it is that file, or has
 * `export *` from it.
 */
function isReached({ file }: FoundDeclaration, barrel: Barrel, follow: Follow): boolean {
  const { record } = barrel;
  return (
    file === barrel.file ||
    record.exports.some(
      (entry) => entry.kind === 'star' && !entry.typeOnly && follow(record.requests[entry.request]!) === file,
    )
  );
}

/** A name that the barrel itself declares and exports under another name. */
function listFix(name: string, { exportedAs }: FoundDeclaration, barrel: Barrel): FixIdea | undefined {
  if (exportedAs === undefined || exportedAs === name) return undefined;
  const style = styleOf(barrel);
  const statement = `export { ${name} }${style.semicolon}`;
  const end = barrel.text.length;
  const gap = barrel.text.endsWith('\n') ? '' : style.newline;
  return {
    title: `add \`${statement}\` to ${barrel.file}`,
    edits: [{ file: barrel.file, start: end, end, text: `${gap}${statement}${style.newline}` }],
  };
}

/**
 * Removes the word `type` from a value that the barrel exports only as a type.
 *
 * @returns no edits if the word is before a whole list, because the other names may be types on
 * purpose
 */
function promotion(name: string, { file, text, record }: Barrel): FixIdea | undefined {
  const entry = record.exports.find(
    (candidate): candidate is Extract<ExportEntry, { name: string }> & { start: number } =>
      'name' in candidate && candidate.name === name && candidate.kind === 'indirect' && candidate.typeOnly,
  );
  if (!entry) return undefined;
  const open = text.lastIndexOf('{', entry.start);
  const inline = /\btype\s+(?:[\w$]+\s+as\s+)?$/.exec(text.slice(open, entry.start));
  const whole = /\btype\s+$/.exec(text.slice(0, open));
  const alone = !text.slice(open, text.indexOf('}', open)).includes(',');
  const found = inline ? open + inline.index : whole && alone ? whole.index : undefined;
  if (found === undefined) return { title: '', edits: [] };
  const length = /^type\s+/.exec(text.slice(found))![0].length;
  return {
    title: `export \`${name}\` as a value in ${file}`,
    edits: [{ file, start: found, end: found + length, text: '' }],
  };
}

/** Adds the name to the list of a statement that already re-exports from the declaring file. */
function longerList(
  words: string,
  declaration: FoundDeclaration,
  barrel: Barrel,
  follow: Follow,
): { readonly words: string; readonly statement: string; readonly edit: Edit } | undefined {
  const { file, text, record } = barrel;
  const type = declaration.kind === 'type';
  for (const request of record.requests) {
    if (request.form !== 'export-from' || (request.typeOnly && !type) || follow(request) !== declaration.file)
      continue;
    const close = text.lastIndexOf('}', request.start);
    const open = text.lastIndexOf('{', close);
    const list = text.slice(open + 1, close);
    // A namespace re-export has no list, and a comment may belong to the entry before it.
    if (
      !/^\s*from\s*$/.test(text.slice(close + 1, request.start)) ||
      /\/[/*]/.test(list) ||
      list.trim() === ''
    )
      continue;
    const inline = type && !request.typeOnly;
    if (inline && !/\btype\s/.test(list)) continue;
    const added = inline ? `type ${words}` : words;
    const last = open + 1 + list.trimEnd().length;
    const gap = list.includes('\n')
      ? `${styleOf(barrel).newline}${/\n([ \t]*)\S/.exec(list)?.[1] ?? '  '}`
      : ' ';
    const inserted = text[last - 1] === ',' ? `${gap}${added},` : `,${gap}${added}`;
    return {
      words: added,
      statement: `export ${request.typeOnly ? 'type ' : ''}{ … } from ${text.slice(request.start, request.end)}`,
      edit: { file, start: last, end: last, text: inserted },
    };
  }
  return undefined;
}

/** Inserts a statement after the last re-export, or at the end of the file. */
function insertStatement({ file, text, record }: Barrel, statement: string, { newline }: BarrelStyle): Edit {
  const last = record.requests.filter(({ form }) => form === 'export-from' || form === 'export-star').at(-1);
  const lineEnd = last ? text.indexOf('\n', last.end) : -1;
  if (lineEnd >= 0) return { file, start: lineEnd + 1, end: lineEnd + 1, text: `${statement}${newline}` };
  const gap = text === '' || text.endsWith('\n') ? '' : newline;
  return { file, start: text.length, end: text.length, text: `${gap}${statement}${newline}` };
}
