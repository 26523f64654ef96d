import nodePath from 'node:path';
import type { Place } from '../../model/place.js';
import { linearExpression } from './linear-expression.js';

/** One line of a .dockerignore with a pattern. */
export interface IgnorePattern {
  /** As written, `!` included. */
  readonly text: string;
  /** The line, without white space around it. */
  readonly place: Place;
  /** Begins with `!`: includes what earlier lines exclude. */
  readonly exception: boolean;
  /** Cleaned, without `!`, relative to the context. */
  readonly path: string;
  /**
   * Whether the pattern itself matches a path of the context; folders above the path are not tried.
   */
  matches(path: string): boolean;
}

/** A line that Docker rejects, so that no image is built at all. */
export interface BadIgnoreLine {
  readonly text: string;
  readonly place: Place;
}

/**
 * Reads a .dockerignore as Docker does (moby/patternmatcher, `ignorefile.ReadAll` and
 * `patternmatcher.New`): comments only at the start of a line, white space removed, paths cleaned,
 * a leading `/` removed.
 */
export function readIgnorePatterns(
  file: string,
  text: string,
): { readonly patterns: readonly IgnorePattern[]; readonly bad: readonly BadIgnoreLine[] } {
  const patterns: IgnorePattern[] = [];
  const bad: BadIgnoreLine[] = [];
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  for (const line of text.slice(offset).split('\n')) {
    const written = line.trim();
    if (written !== '' && !line.startsWith('#')) {
      const start = offset + line.indexOf(written);
      const place = { file, start, end: start + written.length };
      const pattern = patternOf(written, place);
      if (pattern) patterns.push(pattern);
      else bad.push({ text: written, place });
    }
    offset += line.length + 1;
  }
  return { patterns, bad };
}

function patternOf(text: string, place: Place): IgnorePattern | undefined {
  const exception = text.startsWith('!');
  const stated = exception ? text.slice(1).trim() : text;
  if (stated === '') return undefined;
  const path = cleaned(stated);
  const matches = pathMatcher(path);
  return matches && { text, place, exception, path, matches };
}

/** Go's `filepath.Clean`, then the leading slash. */
function cleaned(path: string): string {
  const clean = nodePath.posix.normalize(path).replace(/(?<=.)\/$/, '');
  return clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean;
}

/**
 * `Pattern.compile` and `Pattern.match` of moby/patternmatcher, with those of its shortcuts that
 * decide otherwise than the expression: `**foo` matches every path that ends in `foo`.
 *
 * @param pattern a cleaned pattern, without `!`
 * @returns whether it matches a path, folders above that not considered; undefined if the pattern
 *   is malformed
 */
export function pathMatcher(pattern: string): ((path: string) => boolean) | undefined {
  let expression = '';
  let type: 'exact' | 'prefix' | 'suffix' | 'expression' = 'exact';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '*' && pattern[at + 1] === '*') {
      const isFirst = at === 0;
      at += pattern[at + 2] === '/' ? 2 : 1;
      if (at + 1 < pattern.length) {
        expression += '(.*/)?';
        type = 'expression';
      } else if (type === 'exact') type = 'prefix';
      else {
        expression += '.*';
        type = 'expression';
      }
      if (isFirst) type = 'suffix';
    } else if (char === '*' || char === '?') {
      expression += char === '*' ? '[^/]*' : '[^/]';
      type = 'expression';
    } else if (char === '\\' && at + 1 < pattern.length) {
      expression += escaped(pattern[++at]!);
      type = 'expression';
    } else if (char === '[' || char === ']') {
      expression += char;
      type = 'expression';
    } else expression += char === '^' || char === '-' ? char : escaped(char);
  }
  if (type === 'exact') return (path) => path === pattern;
  if (type === 'prefix') return (path) => path.startsWith(pattern.slice(0, -2));
  if (type === 'suffix') {
    const suffix = pattern.slice(2);
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));
  }
  try {
    const compiled = new RegExp(`^${expression}$`);
    if ((expression.match(/\*/g)?.length ?? 0) <= FEW_STARS) return (path) => compiled.test(path);
    return linearExpression(expression);
  } catch {
    return undefined; // Docker's "invalid excludepatterns".
  }
}

/** JavaScript's engine evaluates an expression with so few stars quickly, whatever the path is. */
const FEW_STARS = 2;

function escaped(char: string): string {
  return /[.+()|{}$\\/*?[\]^]/.test(char) ? `\\${char}` : char;
}
