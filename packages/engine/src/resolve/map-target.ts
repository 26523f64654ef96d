/** Keys and array indices from the top of a manifest. */
export type JsonPath = readonly (string | number)[];

/** The field of a map. Only `imports` may refer to other packages. */
export type MapField = 'exports' | 'imports';

/**
 * Why a target string is invalid by Node's PACKAGE_TARGET_RESOLVE, as the rest of a sentence;
 * undefined if it is valid.
 *
 * @param field `imports` may also name other packages
 */
export function checkTarget(target: string, field: MapField): string | undefined {
  if (!target.startsWith('./')) {
    if (field === 'imports' && target !== '' && !/^(\.\.\/|\/)/.test(target) && !isUrl(target))
      return undefined;
    return `"${target}" does not begin with "./"`;
  }
  const segment = forbiddenSegment(target.slice(2));
  return segment === undefined ? undefined : `"${target}" has the segment "${segment}"`;
}

/** Why the text that replaces `*` is invalid; undefined if it is valid. */
export function checkMatch(match: string | undefined): string | undefined {
  const segment = match === undefined ? undefined : forbiddenSegment(match);
  return segment === undefined ? undefined : `"${match}", which replaces "*", has the segment "${segment}"`;
}

/** A target in which `match` replaces every `*`. */
export function substituted(target: string, match: string | undefined): string {
  return match === undefined ? target : target.replaceAll('*', () => match);
}

/**
 * The path that Node opens for a target, which is a URL: escapes are decoded, a query or fragment
 * is removed. No `./` in front. Undefined if Node rejects it: an escaped slash or backslash, a
 * broken escape sequence.
 */
export function decodedPath(target: string): string | undefined {
  const { pathname } = new URL(target, 'file:///package/');
  if (/%2f|%5c/i.test(pathname) || !pathname.startsWith('/package/')) return undefined;
  try {
    return decodeURIComponent(pathname.slice('/package/'.length));
  } catch {
    return undefined;
  }
}

/** The path of a target within the package, as Node opens it; as written if Node rejects it. */
export function pathOfTarget(target: string, match: string | undefined): string {
  const full = substituted(target, match);
  return decodedPath(full) ?? full;
}

const FORBIDDEN = new Set(['.', '..', 'node_modules']);

/**
 * Node ignores escapes and case here, and accepts both kinds of slash; empty segments are only
 * deprecated.
 */
function forbiddenSegment(path: string): string | undefined {
  const plain = (segment: string): string =>
    segment
      .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .toLowerCase();
  return path.split(/[\\/]/).find((segment) => FORBIDDEN.has(plain(segment)));
}

function isUrl(target: string): boolean {
  return URL.canParse(target);
}
