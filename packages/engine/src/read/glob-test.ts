import picomatch from 'picomatch';
import { VerifyError } from '../model/problem.js';

/**
 * Wildcards in one segment of a path, or `**` in one glob. Regular expressions try every way to divide a text among
 * them, so the cost grows with the power of their number.
 */
const MOST_WILDCARDS = 3;
/** Texts that braces may expand to. */
const MOST_ALTERNATIVES = 1000;

interface TestOptions {
  /** Wildcards match a leading dot. Default false. */
  readonly dot?: boolean;
  readonly nocase?: boolean;
}

/**
 * picomatch for globs that others wrote. A glob whose regular expression could take very long is
 * evaluated in linear time instead.
 *
 * @param globs a path matches if one of them matches
 * @throws VerifyError `unreadable` for a glob that cannot be evaluated in linear time
 */
export function globTest(
  globs: string | readonly string[],
  { dot = false }: TestOptions = {},
): (path: string) => boolean {
  const all = typeof globs === 'string' ? [globs] : globs;
  const quick = all.filter((glob) => !isCostlyGlob(glob));
  const tests = all.filter(isCostlyGlob).map((glob) => linearTest(glob, { dot }));
  if (quick.length > 0) tests.push(picomatch([...quick], { dot }));
  return (path) => tests.some((test) => test(path));
}

/** Whether a backtracking matcher could take very long for the glob. */
export function isCostlyGlob(glob: string): boolean {
  if (alternativesOf(glob) > MOST_ALTERNATIVES || /[*+]\([^)]*[*+(]/.test(glob)) return true;
  const segments = glob.replaceAll(/\*{2,}/g, '**').split('/');
  const wildcards = segments.map((segment) => segment.match(/\*+|\+\(/g)?.length ?? 0);
  const stars = segments.filter((segment) => segment.includes('**')).length;
  return stars > MOST_WILDCARDS || wildcards.some((count) => count > MOST_WILDCARDS);
}

/** How many texts the braces of a glob expand to, at most. */
function alternativesOf(glob: string): number {
  let count = 1;
  for (const [, list, from, to] of glob.matchAll(/\{([^{}]*,[^{}]*)|(-?\d+)\.\.(-?\d+)/g)) {
    count *= list === undefined ? Math.abs(Number(to) - Number(from)) + 1 : list.split(',').length;
    if (count > MOST_ALTERNATIVES) return count;
  }
  return count;
}

function linearTest(glob: string, options: TestOptions): (path: string) => boolean {
  if (!isPlain(glob)) throw new VerifyError(tooCostly(glob));
  const [, negations = '', plain = ''] = /^(!*)(?:\.\/)?(.*)$/s.exec(glob) ?? [];
  // As in picomatch, `a*/**` does not match a file "ab", but `a/**` matches "a".
  const segments = plain
    .replace(/(?<=[^*/]\*|^\*|\/\*)\/\*\*$/, '/*/**')
    .split('/')
    .map((segment) => (/^\*{2,}$/.test(segment) ? undefined : segmentTest(segment, options)));
  const dotted = options.dot ? () => false : (part: string) => part.startsWith('.');
  const matches = (path: string): boolean => {
    let at = skipping(segments, new Set([0]));
    for (const part of path.split('/')) {
      const next = new Set<number>();
      for (const index of at) {
        if (index >= segments.length) continue;
        const test = segments[index];
        if (test ? test(part) : !dotted(part)) next.add(test ? index + 1 : index);
      }
      at = skipping(segments, next);
    }
    return at.has(segments.length);
  };
  return negations.length % 2 === 0 ? matches : (path) => !matches(path);
}

/** `**` matches no segment, too. */
function skipping(segments: readonly unknown[], at: Set<number>): Set<number> {
  for (const index of at) if (index < segments.length && segments[index] === undefined) at.add(index + 1);
  return at;
}

/** Whether `*` and `?` are the only wildcards. */
export function isPlain(glob: string): boolean {
  return !/[\\[\]{}()]/.test(glob);
}

/** A test for one segment of a path, for a plain glob. Of two stars, only the last one has to be tried again. */
export function segmentTest(
  glob: string,
  { dot = false, nocase = false }: TestOptions = {},
): (segment: string) => boolean {
  const fold = (text: string): string => (nocase ? text.toLowerCase() : text);
  const pattern = fold(glob.replaceAll(/\*+/g, '*'));
  const isWild = pattern.startsWith('*') || pattern.startsWith('?');
  return (segment) => {
    if (segment === '' ? pattern !== '' : isWild && !dot && segment.startsWith('.')) return false;
    const text = fold(segment);
    let [at, from, star, resume] = [0, 0, -1, 0];
    while (at < text.length) {
      if (pattern[from] === '*') {
        star = from++;
        resume = at;
      } else if (from < pattern.length && (pattern[from] === '?' || pattern[from] === text[at])) {
        at++;
        from++;
      } else if (star < 0) return false;
      else {
        at = ++resume;
        from = star + 1;
      }
    }
    return /^\**$/.test(pattern.slice(from));
  };
}

/** The problem with a glob that no matcher evaluates in acceptable time. */
export function tooCostly(glob: string, file?: string): VerifyError['problem'] {
  const shown = glob.length > 60 ? `${glob.slice(0, 60)}…` : glob;
  return {
    kind: 'unreadable',
    message: `The glob "${shown}"${file === undefined ? '' : ` in ${file}`} has too many wildcards or alternatives to be evaluated.`,
    remedy: 'Write several simpler globs.',
    ...(file !== undefined && { file }),
  };
}
