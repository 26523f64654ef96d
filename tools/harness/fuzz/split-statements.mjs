import ts from 'typescript6';

/**
 * A file's text as its top-level statements, comments with the statement that they stand before; joined they are the text. The whole
 * text where it does not parse.
 *
 * @param {string} path
 * @param {string} text
 * @returns {string[]}
 */
export function splitStatements(path, text) {
  const source = ts.createSourceFile(path.replace(/\.([cm]?)js$/, '.$1ts'), text, ts.ScriptTarget.Latest);
  if (source.parseDiagnostics.length > 0 || source.statements.length === 0) return [text];
  const ends = source.statements.map(({ end }) => end);
  ends[ends.length - 1] = text.length;
  return ends
    .map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end).replace(/^\n+|\n+$/g, ''))
    .filter((chunk) => chunk !== '');
}
