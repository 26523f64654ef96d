import { parseSync } from 'oxc-parser';
import type { Program } from 'oxc-parser';
import type { ExportEntry, ModuleRecord } from '../model/module-record.js';
import { isKnownGlobal } from './known-globals.js';
import { NAME } from './lexing/identifier.js';
import { indexTree } from './tree/index-tree.js';

/** An export of a declaration in the module itself. */
export type LocalExport = Extract<ExportEntry, { readonly kind: 'local' }>;

/** May find names that are declared in an inner scope only, or in a comment. */
const DECLARED = new RegExp(
  String.raw`\b(?:function\s*\*?|class|const|let|var)\s+(${NAME})|,\s*(${NAME})\s*=(?![=>])`,
  'gu',
);

/** The parser shows the whole line with each of its errors, and minified code is one line. */
const MOST_ERRORS = 50;

/**
 * The exports of a JavaScript module that name no declaration: a SyntaxError when the module is parsed, or for `export default x` a
 * ReferenceError when it runs. The whole text is checked for scopes only if a cheap look at it finds no declaration of a name.
 */
export function undeclaredExports(text: string, record: ModuleRecord): readonly LocalExport[] {
  if (record.language !== 'js' || !record.hasModuleSyntax || record.syntaxError) return [];
  const named = record.exports.filter(
    (entry): entry is LocalExport => entry.kind === 'local' && entry.local !== undefined,
  );
  if (named.length === 0) return [];
  const declared = new Set([...text.matchAll(DECLARED)].map(([, first, second]) => first ?? second));
  const doubtful = new Set(named.map(({ local }) => local!).filter((local) => !declared.has(local)));
  if (doubtful.size === 0) return [];
  const isShort = doubtful.size <= MOST_ERRORS;
  const { errors, program } = parseSync('module', text, {
    lang: 'jsx',
    sourceType: 'module',
    showSemanticErrors: isShort,
  });
  const missing = isShort
    ? new Set(errors.map(({ message }) => /^Export '(.+)' is not defined$/.exec(message)?.[1]))
    : undeclaredSpecifiers(program);
  return named.filter(
    ({ local, name }) => missing.has(local) || (name === 'default' && isUndeclaredDefault(program, local!)),
  );
}

/** The names in `export { x }` that nothing declares. */
function undeclaredSpecifiers(program: Program): ReadonlySet<string | undefined> {
  const index = indexTree(program);
  const locals = program.body.flatMap((node) =>
    node.type === 'ExportNamedDeclaration' && !node.source ? node.specifiers.map(({ local }) => local) : [],
  );
  return new Set(
    locals.flatMap((local) =>
      local.type === 'Identifier' && index.isFree(local, local.name) ? local.name : [],
    ),
  );
}

/** `export default x`, if nothing declares `x`. */
function isUndeclaredDefault(program: Program, name: string): boolean {
  const value = program.body.find((node) => node.type === 'ExportDefaultDeclaration')?.declaration;
  if (value?.type !== 'Identifier' || value.name !== name) return false;
  const index = indexTree(program);
  return index.isFree(value, name) && !isKnownGlobal(name) && !/^[A-Z_\d$]+$|^__/.test(name);
}
