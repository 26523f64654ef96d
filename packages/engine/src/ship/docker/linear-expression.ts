type Test = (char: string) => boolean;

/** One part of an expression. */
type Part =
  /** One character; `repeated` is a star after it. */
  | { readonly kind: 'char'; readonly test: Test; readonly repeated: boolean }
  // `(.*/)?`: any folders.
  | { readonly kind: 'folders' }
  /** `^` */
  | { readonly kind: 'start' };

const FOLDERS = '(.*/)?';

/**
 * Evaluates the expressions that `pathMatcher` creates without backtracking, as Go's regexp package does: in time that
 * grows with the product of both lengths. JavaScript's engine needs the power of the number of stars.
 *
 * @param expression valid as a regular expression, without `^` at its start and `$` at its end
 */
export function linearExpression(expression: string): (path: string) => boolean {
  const parts = partsOf(expression);
  return (path) => {
    let at = closure(parts, new Set([0]), '', 0);
    for (let index = 0; index < path.length; index++) {
      const char = path[index]!;
      const next = new Set<number>();
      for (const state of at) {
        const part = parts[state >> 1];
        if (!part) continue;
        // An odd state is inside `.*/`.
        if (part.kind === 'folders' && char !== '\n') next.add(state | 1);
        if (part.kind === 'char' && part.test(char)) next.add(part.repeated ? state : state + 2);
      }
      at = closure(parts, next, char, index + 1);
      if (at.size === 0) return false;
    }
    return at.has(parts.length * 2);
  };
}

/** Adds the states that need no other character. */
function closure(parts: readonly Part[], at: Set<number>, last: string, index: number): Set<number> {
  for (const state of at) {
    const part = parts[state >> 1];
    if (!part) continue;
    const isInside = (state & 1) === 1;
    if (part.kind === 'folders' && (!isInside || last === '/')) at.add((state & ~1) + 2);
    if (part.kind === 'char' && part.repeated) at.add(state + 2);
    if (part.kind === 'start' && index === 0) at.add(state + 2);
  }
  return at;
}

function partsOf(expression: string): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < expression.length;) {
    if (expression.startsWith(FOLDERS, at)) {
      parts.push({ kind: 'folders' });
      at += FOLDERS.length;
      continue;
    }
    const [source] = /\\.|\[(?:\\.|[^\]\\])*\]|./sy.exec(expression.slice(at))!;
    at += source.length;
    if (source === '^') {
      parts.push({ kind: 'start' });
      continue;
    }
    const repeated = expression[at] === '*';
    if (repeated) at++;
    parts.push({ kind: 'char', test: testOf(source), repeated });
  }
  return parts;
}

function testOf(source: string): Test {
  if (source.length === 1 && source !== '.') return (char) => char === source;
  const expression = new RegExp(`^${source}$`);
  return (char) => expression.test(char);
}
