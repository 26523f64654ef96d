import type { Span } from '../model/place.js';

/**
 * Whether a text may use a required module, or a namespace, by itself and not only its members. It says no only if the request gives
 * the module to a variable, and each use of that variable reads a member. Compiled code is like that.
 *
 * @param specifier the specifier's place in the text
 */
export function mayUseWhole(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 300), start);
  if (/\brequire\s*\(\s*$/.test(before)) {
    if (/\}\s*=\s*require\s*\(\s*$/.test(before) || MEMBER.test(text.slice(end, end + 80))) return false;
  } else if (!/\*\s*as\s+[^\s]+\s+from\s*$/.test(before)) {
    return false;
  }
  const binding =
    /(?<!:[^=;]*)(?<![\p{ID_Continue}$])([\p{ID_Continue}$]+)\s*(?:=\s*(?:[\w$]+\s*\(\s*)?require\s*\(|from)\s*$/u.exec(
      before,
    );
  if (!binding) return true;
  const name = binding[1]!.replaceAll('$', String.raw`\$`);
  const used = new RegExp(
    String.raw`(?<![\p{ID_Continue}$]|(?<!\.\.)\.)${name}(?![\p{ID_Continue}$])(?!\s*(?:=(?!=)|:|from\b|\.\s*(?!call\b|apply\b|bind\b)[\p{ID_Start}$_]))`,
    'u',
  );
  return used.test(text);
}

/** `).name` after the specifier of a `require`. */
const MEMBER = /^\s*\)\s*\.\s*(?!call\b|apply\b|bind\b)[\p{ID_Start}$_]/u;
