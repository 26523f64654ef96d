import type { Comment, EcmaScriptModule, ParserOptions, ParseResult, Program } from 'oxc-parser';
import { parseSync } from 'oxc-parser';
import type { Language, ModuleRecord } from '../model/module-record.js';
import { isNestedTooDeeply } from './nesting/nested-too-deeply.js';

export type SyntaxError = NonNullable<ModuleRecord['syntaxError']>;

/**
 * A parsed text. `program` builds the whole tree on first use, which costs about as much as
 * parsing: read it only if needed.
 */
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
 * Parses script text as its loaders do: with module syntax as a module, otherwise as a sloppy
 * script that may have a top-level `return`. JavaScript may contain JSX with any extension, because
 * bundlers accept it.
 *
 * @param extension `mjs`, `cts`, … if it decides the kind of module
 * @returns never throws: text with errors, or nested too deeply for the parser, has a
 *   `syntaxError`
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
    // Text with `import` fails as every kind of script, unless the extension excluded modules.
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

/** In the order of the attempts. Node does not load a .cjs file with `import`, but bundlers do. */
function sourceTypes(language: Language, extension: string): readonly SourceType[] {
  if (extension === 'mjs' || extension === 'mts' || language === 'dts') return ['module'];
  if (extension === 'cjs') return ['commonjs', 'unambiguous'];
  if (language === 'ts' || language === 'tsx') return ['module', 'unambiguous'];
  return ['unambiguous', 'commonjs'];
}

let trees = 0;

/** How many trees this process has created. */
export function treeCount(): number {
  return trees;
}

function attempt(text: string, language: Language, sourceType: SourceType): ParsedSource {
  const typed = language === 'ts' || language === 'tsx' || language === 'dts';
  const lang = typed ? language : 'jsx';
  trees++;
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
 * In JavaScript every error counts: the parser only reports early errors, which engines refuse too.
 * In TypeScript only errors that stop the parser count, because it then returns no tree. TypeScript
 * reports the others and still writes output, for example for a required parameter after an
 * optional one, or for code in a declaration file.
 */
function syntaxErrorOf(result: ParseResult, typed: boolean, text: string): SyntaxError | undefined {
  const error = result.errors.find(({ severity }) => severity === 'Error');
  if (!error || (typed && hasTree(result))) return undefined;
  const label = error.labels[0];
  const start = Math.min(label?.start ?? 0, text.length);
  return { message: error.message, start, end: Math.min(Math.max(label?.end ?? 0, start), text.length) };
}

/** For some texts with errors, the parser writes a tree as JSON that is none, such as for `<a:\x/>`. */
function hasTree(result: ParseResult): boolean {
  try {
    return result.program.body.length > 0;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * A byte order mark becomes a blank and the hashbang after it a comment of the same length, so
 * positions stay.
 */
function maskPreamble(text: string): string {
  if (text.charCodeAt(0) !== 0xfeff) return text;
  return text.startsWith('#!', 1) ? ` //${text.slice(3)}` : ` ${text.slice(1)}`;
}
