/**
 * A test that tells from a text alone that it cannot ask for any of the given packages, so that it need not be parsed: no
 * quote is followed by one of the names. Texts with escapes in them may hide a name and always pass.
 *
 * @param names package names and the fixed beginnings of path aliases
 */
export function mentionsAny(names: readonly string[]): (text: string) => boolean {
  if (names.length === 0) return () => false;
  // Shared beginnings (a scope, mostly) are enough of a test and make a far smaller expression than all names do.
  const stems = [
    ...new Set(
      names.map((name) => (name.startsWith('@') ? name.slice(0, name.indexOf('/') + 1) || name : name)),
    ),
  ];
  const quoted = new RegExp(`["'\`](?:${stems.toSorted().map(escapeRegExp).join('|')})`);
  return (text) => quoted.test(text) || text.includes('\\x') || text.includes('\\u');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
