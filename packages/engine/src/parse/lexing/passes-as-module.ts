import { Script } from 'node:vm';
import { isDeclarationHead } from './default-export.js';
import { NAME } from './identifier.js';
import type { LexedModule } from './lex-module.js';

/**
 * May be valid in scripts and not in modules: HTML comments, and `await` as a name. In a script, `await`
 * is no name if a value follows on its line, or if it follows `for`.
 */
const DIFFERS = /(?<!\bfor\s{1,4})\bawait\b(?!["'{!~]|[ \t]+(?!(?:in|instanceof|of)\b)[\w$"'{!~])|<!--|-->/;
const NAMES = String.raw`\{\s*(?:${NAME}(?:\s+as\s+${NAME})?\s*(?:,\s*|(?=\})))*\}`;
/** Quoted names and comments are left to the parser. */
const LIST = new RegExp(String.raw`export\s*${NAMES}`, 'uy');
const REEXPORT = new RegExp(String.raw`^export\s*(?:${NAMES}|\*(?:\s*as\s+${NAME})?)\s*from\s*$`, 'u');
const DECLARATION = /export(?=\s+(?:const|let|var|function|class|async)\b)/y;
const DEFAULT = /export\s+default\b/y;
const DEFAULT_NAME = '__verifyExportsDefault';

/**
 * Whether a text is valid as an ES module (ECMA-262 16.2.1, with early errors), by compiling the rest
 * of it as a strict script. It is compiled and never run.
 *
 * Its import statements become declarations of the names that they bind, and `export` is removed from
 * its declarations.
 *
 * @returns false also if this cannot be known
 */
export function passesAsModule(module: LexedModule): boolean {
  if (DIFFERS.test(module.text)) return false;
  const names = module.lexedExports.flatMap((entry) => (entry.type === 'reexport-all' ? [] : entry.name));
  if (new Set(names).size < names.length) return false;
  const script = asScript(module);
  if (script === undefined) return false;
  return compiles(script);
}

function compiles(text: string): boolean {
  let script: Script | undefined;
  try {
    script = new Script(text);
  } catch {
    // Not an error for everyone: newer syntax, JSX, Flow.
  }
  return script !== undefined;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

function asScript(module: LexedModule): string | undefined {
  const { text } = module;
  const replacements = replacementsIn(module);
  if (!replacements) return undefined;
  let script = '"use strict";';
  let at = 0;
  if (text.startsWith('\uFEFF')) at = 1;
  if (text.startsWith('#!', at)) {
    script += '//';
    at += 2;
  }
  for (const { start, end, by } of replacements.sort((a, b) => a.start - b.start)) {
    script += text.slice(at, start) + by;
    at = end;
  }
  return script + text.slice(at);
}

function replacementsIn(module: LexedModule): Replacement[] | undefined {
  const { text, imports, lexedExports, metas, requests } = module;
  const locals = new Map(
    requests.map(({ start, bindings }) => [start - 1, bindings.map(({ local }) => local)]),
  );
  const replacements: Replacement[] = metas.map(({ start, end }) => ({ start, end, by: 'this' }));
  const statements = new Set<number>();
  for (const { importStart, importEnd, start } of imports) {
    if (!text.startsWith('import', importStart) && !REEXPORT.test(text.slice(importStart, start - 1)))
      return undefined;
    const bound = locals.get(start - 2) ?? [];
    replacements.push({
      start: importStart,
      end: importEnd,
      by: bound.length > 0 ? `;let ${bound.join()}` : ';0',
    });
    statements.add(importStart);
  }
  for (const entry of lexedExports) {
    const { exportStart } = entry;
    if (statements.has(exportStart)) continue;
    statements.add(exportStart);
    const named = entry.type === 'direct' && entry.localName !== undefined;
    const replacement = withoutExport(text, exportStart, named);
    if (!replacement) return undefined;
    replacements.push(replacement);
  }
  return replacements;
}

/** @param named whether the declaration after `default` has a name */
function withoutExport(text: string, start: number, named: boolean): Replacement | undefined {
  const list = endOf(LIST, text, start);
  if (list !== undefined) return { start, end: list, by: ';0' };
  const declaration = endOf(DECLARATION, text, start);
  if (declaration !== undefined) return { start, end: declaration, by: ';' };
  const end = endOf(DEFAULT, text, start);
  if (end === undefined) return undefined;
  return { start, end, by: named && isDeclarationHead(text, end) ? ';' : `;const ${DEFAULT_NAME}=` };
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
