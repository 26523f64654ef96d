import ts from 'typescript6';

/**
 * Splits a file's text into its top-level statements, each with the comments before it. Joined they are the text. If the text does not
 * parse, the result is the whole text.
 *
 * @param {string} path
 * @param {string} text
 * @returns {string[]}
 */
export function splitStatements(path, text) {
  const source = ts.createSourceFile(path.replace(/\.([cm]?)js$/, '.$1ts'), text, ts.ScriptTarget.Latest);
  if (/** @type {any} */ (source).parseDiagnostics.length > 0 || source.statements.length === 0)
    return [text];
  const ends = source.statements.map(({ end }) => end);
  ends[ends.length - 1] = text.length;
  return ends
    .map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end).replace(/^\n+|\n+$/g, ''))
    .filter((chunk) => chunk !== '');
}
