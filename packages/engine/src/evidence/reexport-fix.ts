import { posix } from 'node:path';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { Edit } from '../model/report.js';
import type { FixIdea } from '../rules/define-rule.js';
import type { FoundDeclaration } from './source-declarations.js';

/** A barrel and what its style is read from. */
export interface Barrel {
  readonly file: FilePath;
  readonly text: string;
  readonly record: ModuleRecord;
}

/**
 * The edits that make a barrel export a declaration of its package: a re-export in the barrel's own style (quotes,
 * semicolons, extension of relative specifiers), and `export` at the declaration where it is still private.
 *
 * @param declarationText the text of the declaring file
 * @returns undefined for a barrel without `export` syntax (CommonJS by hand): its style is not ours to guess
 */
export function reexportFix(
  name: string,
  declaration: FoundDeclaration,
  declarationText: string,
  barrel: Barrel,
): FixIdea | undefined {
  if (!barrel.record.hasModuleSyntax && barrel.text.trim() !== '') return undefined;
  const atDeclaration = declaration.exported ? [] : [exportDeclaration(name, declaration, declarationText)];
  if (declaration.file === barrel.file) {
    return atDeclaration.length === 0
      ? undefined
      : { title: `export \`${name}\` in ${barrel.file}`, edits: atDeclaration };
  }
  const statement = reexportStatement(name, declaration, barrel);
  const also = atDeclaration.length > 0 ? ` and export it in ${declaration.file}` : '';
  return {
    title: `add \`${statement}\` to ${barrel.file}${also}`,
    edits: [insertStatement(barrel, statement), ...atDeclaration],
  };
}

function reexportStatement(name: string, declaration: FoundDeclaration, barrel: Barrel): string {
  const style = styleOf(barrel);
  const keyword = declaration.kind === 'type' ? 'export type' : 'export';
  const specifier = relativeSpecifier(barrel.file, declaration.file, style.extension);
  return `${keyword} { ${name} } from ${style.quote}${specifier}${style.quote}${style.semicolon}`;
}

interface Style {
  readonly quote: string;
  readonly semicolon: string;
  /** How relative specifiers end: as the emitted file, as the source, or not at all. */
  readonly extension: 'emitted' | 'source' | 'none';
}

function styleOf({ text, record }: Barrel): Style {
  const relative = record.requests.filter(({ specifier }) => /^\.\.?\//.test(specifier));
  const sample = relative[0] ?? record.requests[0];
  const quote = sample && text[sample.start] === '"' ? '"' : "'";
  const semicolon = sample && text[sample.end] !== ';' ? '' : ';';
  if (relative.some(({ specifier }) => /\.[cm]?tsx?$/.test(specifier)))
    return { quote, semicolon, extension: 'source' };
  const bare = relative.length > 0 && relative.every(({ specifier }) => !/\.[cm]?[jt]sx?$/.test(specifier));
  return { quote, semicolon, extension: bare ? 'none' : 'emitted' };
}

function relativeSpecifier(from: FilePath, to: FilePath, extension: Style['extension']): string {
  const path = posix.relative(posix.dirname(from), to);
  const dotted = path.startsWith('.') ? path : `./${path}`;
  if (extension === 'source') return dotted;
  if (extension === 'none') return dotted.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return dotted.replace(/\.([cm]?)tsx?$/, '.$1js').replace(/\.jsx$/, '.js');
}

/** After the last export statement that has a specifier, else at the end of the file. */
function insertStatement({ file, text, record }: Barrel, statement: string): Edit {
  const newline = newlineOf(text);
  const last = record.requests.filter(({ form }) => form === 'export-from' || form === 'export-star').at(-1);
  const lineEnd = last ? text.indexOf('\n', last.end) : -1;
  if (lineEnd >= 0) return { file, start: lineEnd + 1, end: lineEnd + 1, text: `${statement}${newline}` };
  const gap = text === '' || text.endsWith('\n') ? '' : newline;
  return { file, start: text.length, end: text.length, text: `${gap}${statement}${newline}` };
}

const KEYWORDS =
  /(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\s*\*?|class|const\s+enum|const|let|var|enum|interface|type|namespace)\s+$/;

/** `export ` before the declaration's keyword; where the name does not follow it directly, an export list at the end. */
function exportDeclaration(name: string, { file, place }: FoundDeclaration, text: string): Edit {
  const lineStart = text.lastIndexOf('\n', place.start - 1) + 1;
  const keyword = KEYWORDS.exec(text.slice(lineStart, place.start));
  if (keyword) {
    const at = lineStart + keyword.index;
    return { file, start: at, end: at, text: 'export ' };
  }
  const newline = newlineOf(text);
  const gap = text.endsWith('\n') ? '' : newline;
  return { file, start: text.length, end: text.length, text: `${gap}export { ${name} };${newline}` };
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
