/**
 * Makes a test for texts that may import one of the given packages: a quote is followed by one of
 * the names. Escapes may hide a name, so a text with escapes always passes.
 *
 * @param names package names and the fixed beginnings of path aliases
 */
export function mentionsAny(names: readonly string[]): (text: string) => boolean {
  if (names.length === 0) return () => false;
  const quoted = new RegExp(`["'\`](?:${stemsOf(names)})`);
  return (text) => quoted.test(text) || text.includes('\\x') || text.includes('\\u');
}

/**
 * Makes a search for the quoted parts of a text that may import one of the given packages: all
 * specifiers without escapes that do, and perhaps more.
 *
 * @param names as for `mentionsAny`
 */
export function mentionedIn(names: readonly string[]): (text: string) => ReadonlySet<string> {
  if (names.length === 0) return () => new Set();
  const quoted = new RegExp(`(["'\`])(?=((?:${stemsOf(names)})(?:(?!\\1)[^\n])*)\\1)`, 'g');
  return (text) => new Set([...text.matchAll(quoted)].map(([, , specifier]) => specifier!));
}

function stemsOf(names: readonly string[]): string {
  // Shared beginnings, mostly scopes, are enough for a test and make the expression much smaller
  // than all names.
  const stems = [
    ...new Set(
      names.map((name) => (name.startsWith('@') ? name.slice(0, name.indexOf('/') + 1) || name : name)),
    ),
  ];
  return stems.toSorted().map(escapeRegExp).join('|');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
