import type { Comment, EcmaScriptModule, ParserOptions, ParseResult, Program } from 'oxc-parser';
import { parseSync } from 'oxc-parser';
import type { Language, ModuleRecord } from '../model/module-record.js';
import { isNestedTooDeeply } from './nesting/nested-too-deeply.js';

export type SyntaxError = NonNullable<ModuleRecord['syntaxError']>;

/** A parsed text. `program` builds the whole tree on first use, which costs about as much as parsing: read it only if needed. */
export interface ParsedSource {
  readonly text: string;
  readonly language: Language;
  readonly module: EcmaScriptModule;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly syntaxError?: SyntaxError;
}

type SourceType = NonNullable<ParserOptions['sourceType']>;

/**
 * Parses script text the way its loaders would: with module syntax as a module, otherwise sloppily and with a top-level
 * `return` allowed. JavaScript may hold JSX whatever its extension, since bundlers read it so.
 *
 * @param extension `mjs`, `cts`, … where it settles the kind of module
 * @returns never throws: broken text comes back with `syntaxError`, and so does text that is nested too deeply for the parser
 */
export function parseSource(text: string, language: Language, extension: string): ParsedSource {
  // The parser is native code: the end of its stack would be the end of the process.
  if (isNestedTooDeeply(text, language))
    return { ...attempt('', language, 'module'), text, syntaxError: TOO_DEEP };
  const masked = maskPreamble(text);
  let first: ParsedSource | undefined;
  for (const sourceType of sourceTypes(language, extension)) {
    const source = attempt(masked, language, sourceType);
    if (!source.syntaxError) return source;
    first ??= source;
    // Another kind of script cannot mend text that has `import` in it, except where the extension denied it.
    if (sourceType === 'unambiguous' && source.module.hasModuleSyntax) break;
  }
  return first!;
}

/** Also the reason if the tree is nested too deeply for the functions that walk it. */
export const TOO_DEEP: SyntaxError = {
  message: 'it is nested too deeply to be read',
  start: 0,
  end: 0,
  unread: true,
};

/** In the order to try. A .cjs file with `import` is nothing that Node loads, but bundlers do. */
function sourceTypes(language: Language, extension: string): readonly SourceType[] {
  if (extension === 'mjs' || extension === 'mts' || language === 'dts') return ['module'];
  if (extension === 'cjs') return ['commonjs', 'unambiguous'];
  if (language === 'ts' || language === 'tsx') return ['module', 'unambiguous'];
  return ['unambiguous', 'commonjs'];
}

function attempt(text: string, language: Language, sourceType: SourceType): ParsedSource {
  const typed = language === 'ts' || language === 'tsx' || language === 'dts';
  const lang = typed ? language : 'jsx';
  const result = parseSync('module', text, {
    lang,
    sourceType,
    astType: typed ? 'ts' : 'js',
    preserveParens: false,
  });
  const syntaxError = syntaxErrorOf(result, typed, text);
  return {
    text,
    language,
    get module() {
      return result.module;
    },
    get program() {
      return result.program;
    },
    get comments() {
      return result.comments;
    },
    ...(syntaxError && { syntaxError }),
  };
}

/**
 * In JavaScript every error counts: the parser only reports early errors, which engines refuse too. In TypeScript only those
 * that stopped the parser count (it then gives up the whole tree): what it recovers from are complaints that TypeScript reports
 * and emits all the same, such as a required parameter after an optional one, or code in a declaration file.
 */
function syntaxErrorOf(result: ParseResult, typed: boolean, text: string): SyntaxError | undefined {
  const error = result.errors.find(({ severity }) => severity === 'Error');
  if (!error || (typed && result.program.body.length > 0)) return undefined;
  const label = error.labels[0];
  const start = Math.min(label?.start ?? 0, text.length);
  return { message: error.message, start, end: Math.min(Math.max(label?.end ?? 0, start), text.length) };
}

/** A byte order mark and the hashbang behind it become blanks and a comment of the same length: positions stay. */
function maskPreamble(text: string): string {
  if (text.charCodeAt(0) !== 0xfeff) return text;
  return text.startsWith('#!', 1) ? ` //${text.slice(3)}` : ` ${text.slice(1)}`;
}
