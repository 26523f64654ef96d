import type { Language } from '../../model/module-record.js';
import type { DeclaringStatement } from '../exports/declared-in-place.js';
import { mayNeedTree, needsTreeForPackages } from '../needs-tree.js';
import type { ModuleOutline } from '../outline.js';
import { mayHaveReferences } from '../requests/reference-directives.js';
import { looksInvalid } from './looks-invalid.js';
import { lexModule } from './lex-module.js';
import type { LexedModule } from './lex-module.js';
import { passesAsModule } from './passes-as-module.js';

/**
 * The outline of an ES module, without parsing it.
 *
 * Whether the text is valid is decided by the JavaScript engine that runs this program. TypeScript has
 * no such check: texts that look invalid are left to the parser.
 *
 * @param extension of the file
 * @returns undefined if the text has to be parsed
 */
export function lexedOutline(text: string, language: Language, extension: string): ModuleOutline | undefined {
  if (language !== 'js' && language !== 'ts' && language !== 'dts') return undefined;
  // Node loads .cjs files as CommonJS.
  if (extension === 'cjs' || mayNeedTree(text, language !== 'js') || mayHaveReferences(text))
    return undefined;
  const lexed = lexModule(text, language);
  if (!lexed) return undefined;
  const hasImportMeta = lexed.metas.length > 0;
  const bindsPackage = lexed.requests.some(
    ({ specifier, bindings }) =>
      !specifier.startsWith('.') && bindings.some(({ imported }) => imported === undefined),
  );
  if (needsTreeForPackages({ text, hasImportMeta, bindsPackage }) || !passes(lexed, language))
    return undefined;
  return {
    text,
    language,
    isTested: true,
    hasModuleSyntax: true,
    hasDynamicImports: false,
    hasImportMeta,
    bindsPackage,
    passesOn: false,
    syntax: lexed,
    declaring: declaringStatements(lexed),
    directives: [],
  };
}

function passes(lexed: LexedModule, language: Language): boolean {
  if (language === 'js') return passesAsModule(lexed);
  const statements = new Set([
    ...lexed.lexedExports.map(({ exportStart }) => exportStart),
    ...lexed.imports.map(({ importStart }) => importStart),
  ]);
  return !looksInvalid(lexed.text, statements, language === 'dts');
}

function declaringStatements({ lexedExports, imports, text }: LexedModule): DeclaringStatement[] {
  const statements = new Map<number, { name: string; start: number; end: number }[]>();
  for (const entry of lexedExports) {
    if (entry.type !== 'direct') continue;
    const names = statements.get(entry.exportStart) ?? [];
    statements.set(entry.exportStart, names);
    if (entry.localName !== undefined)
      names.push({ name: entry.localName, start: entry.localStart, end: entry.localEnd });
  }
  const starts = new Set([
    ...statements.keys(),
    ...imports.map(({ importStart }) => importStart),
    text.length,
  ]);
  const sorted = [...starts].toSorted((a, b) => a - b);
  const next = new Map(sorted.map((start, index) => [start, sorted[index + 1] ?? text.length]));
  return [...statements].map(([start, names]) => ({ start, names, until: next.get(start)! }));
}
