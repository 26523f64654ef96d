import type { DeclaringStatement } from './exports/declared-in-place.js';
import type { ModuleSyntax } from './exports/module-syntax.js';
import { syntaxFromRecord } from './exports/syntax-from-record.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { ParsedSource } from './parse-source.js';
import { mayHaveReferences, referenceDirectives } from './requests/reference-directives.js';
import type { RequestDraft } from './requests/request-draft.js';

/**
 * What is known about a module before its tree is built, from the lexer or from the parser's own
 * record.
 */
export interface ModuleOutline {
  readonly text: string;
  readonly language: ModuleRecord['language'];
  /** Whether the text was tested before, and needs no tree. */
  readonly isTested: boolean;
  readonly hasModuleSyntax: boolean;
  readonly hasDynamicImports: boolean;
  readonly hasImportMeta: boolean;
  /** Whether a namespace of another package is imported. */
  readonly bindsPackage: boolean;
  /** Whether an import is exported by name. */
  readonly passesOn: boolean;
  readonly syntax: ModuleSyntax;
  /** The export statements that do not re-export. `export {}` is left out. */
  readonly declaring: readonly DeclaringStatement[];
  /** The requests of `/// <reference />` comments. */
  readonly directives: readonly RequestDraft[];
}

/** The outline of a parsed text. Everything that costs time is read on use. */
export function parsedOutline(source: ParsedSource): ModuleOutline {
  const { text, language, module } = source;
  return {
    text,
    language,
    isTested: false,
    hasModuleSyntax: module.hasModuleSyntax,
    hasDynamicImports: module.dynamicImports.length > 0,
    hasImportMeta: module.importMetas.length > 0,
    bindsPackage: module.staticImports.some(
      ({ moduleRequest, entries }) =>
        !moduleRequest.value.startsWith('.') &&
        entries.some(({ importName }) => importName.kind === 'NamespaceObject'),
    ),
    // The parser lists such an export with its import statement.
    passesOn: module.staticExports.some(({ end, entries }) => entries.some(({ start }) => start > end)),
    get syntax() {
      return syntaxFromRecord(module, text);
    },
    get declaring() {
      return declaringStatements(source);
    },
    get directives() {
      return directivesOf(source);
    },
  };
}

function declaringStatements({ module }: ParsedSource): DeclaringStatement[] {
  return module.staticExports.flatMap(({ start, entries }) => {
    const own = entries.filter(({ moduleRequest }) => !moduleRequest);
    if (own.length === 0) return [];
    const names = own.flatMap(({ localName }) => {
      const { name, start, end } = localName;
      return name === null || start === null || end === null ? [] : { name, start, end };
    });
    return { start, names: names.length === own.length ? names : [] };
  });
}

/** The requests of a text's `/// <reference />` comments. */
export function directivesOf(source: ParsedSource): RequestDraft[] {
  // Reading `comments` or `program` is expensive, so it happens only if they are needed.
  if (!mayHaveReferences(source.text)) return [];
  return referenceDirectives(source.comments, source.program.body[0]?.start ?? source.text.length);
}
