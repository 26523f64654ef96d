/**
 * A test that tells from a text alone that it cannot ask for any of the given packages, so that it need not be parsed: no
 * quote is followed by one of the names. Texts with escapes in them may hide a name and always pass.
 *
 * @param names package names and the fixed beginnings of path aliases
 */
export function mentionsAny(names: readonly string[]): (text: string) => boolean {
  if (names.length === 0) return () => false;
  const quoted = new RegExp(`["'\`](?:${stemsOf(names)})`);
  return (text) => quoted.test(text) || text.includes('\\x') || text.includes('\\u');
}

/**
 * The quoted parts of a text that may ask for one of the given packages: at least every specifier of one that stands in it.
 *
 * @param names as for `mentionsAny`
 */
export function mentionedIn(names: readonly string[]): (text: string) => ReadonlySet<string> {
  if (names.length === 0) return () => new Set();
  const quoted = new RegExp(`["'\`]((?:${stemsOf(names)})[^"'\`\n]*)["'\`]`, 'g');
  return (text) => new Set([...text.matchAll(quoted)].map(([, specifier]) => specifier!));
}

function stemsOf(names: readonly string[]): string {
  // Shared beginnings (a scope, mostly) are enough of a test and make a far smaller expression than all names do.
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
