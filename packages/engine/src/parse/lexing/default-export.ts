import { NAME } from './identifier.js';

const HEAD = /\s+(?:(?:abstract\s+)?class\b|(?:async\s+)?function\b|interface\b)/y;
const IDENTIFIER = new RegExp(String.raw`\s+(${NAME})\s*(?:;|$)`, 'uy');
/** An expression that is certainly more than a name. */
const EXPRESSION = new RegExp(
  String.raw`\s*(?:[{[\d"'\x60+\-!~]|${NAME}[ \t]*(?:[.([\x60+*?,&|<%^]|=>))`,
  'uy',
);
const NOT_NAMES = new Set(['null', 'true', 'false', 'this', 'super']);

/**
 * Whether a declaration follows `export default`.
 *
 * @param at after `default`
 */
export function isDeclarationHead(text: string, at: number): boolean {
  return matchAt(HEAD, text, at) !== null;
}

/**
 * What `export default` exports if it is no declaration with a name: the name of a variable, or null
 * for any other expression.
 *
 * @param at after `default`
 * @returns undefined if this cannot be known without a tree
 */
export function localOfDefault(text: string, at: number): string | null | undefined {
  if (isDeclarationHead(text, at)) return null;
  const name = matchAt(IDENTIFIER, text, at)?.[1];
  if (name !== undefined) return NOT_NAMES.has(name) ? null : name;
  return matchAt(EXPRESSION, text, at) ? null : undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
