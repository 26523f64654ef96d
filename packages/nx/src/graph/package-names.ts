/** The package that a specifier leads to: `@acme/log` of `@acme/log/testing`; undefined for a path, a URL or `#imports`. */
export function packageNameOf(specifier: string): string | undefined {
  return /^(@[^/]+\/[^/:#]+|[^./@#:][^/:]*)(?=\/|$)/.exec(specifier)?.[1];
}

const QUOTED = /(["'`])((?:@[^"'`/\s]+\/)?[^"'`/\s.@#][^"'`/\s:]*)(?:\/[^"'`\s]*)?\1/g;

/**
 * Every quoted text that could be a package's specifier. Nothing but a cheap sieve before parsing: it lets through far too
 * much, and misses only specifiers written with escapes.
 */
export function quotedPackageNames(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(QUOTED), (match) => match[2]!))];
}
