/**
 * The package name in a specifier: `@acme/log` for `@acme/log/testing`; undefined for a path, a URL
 * or `#imports`.
 */
export function packageNameOf(specifier: string): string | undefined {
  return /^(@[^/]+\/[^/:#]+|[^./@#:][^/:]*)(?=\/|$)/.exec(specifier)?.[1];
}

const QUOTED = /(["'`])([^"'`\s]+)\1/g;

/**
 * Every quoted text that could be a specifier, path aliases such as `@/x` included. This is only a
 * cheap filter before parsing: it returns far too much, and misses only specifiers with escapes.
 */
export function quotedSpecifiers(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, , quoted] of text.matchAll(QUOTED))
    if (!quoted!.startsWith('./') && !quoted!.startsWith('../')) found.add(quoted!);
  return found;
}
