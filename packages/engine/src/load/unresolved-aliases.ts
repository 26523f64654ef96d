import type { BundleTrace } from '../model/bundle-trace.js';
import type { UnknownFact } from '../model/surface.js';

/** Aliases in output that perhaps only a bundler reads, which may have the same aliases: one unknown for each alias. */
export function unresolvedAliases({ leftAliases }: BundleTrace): readonly UnknownFact[] {
  const first = new Map<string, UnknownFact>();
  for (const { alias, place, specifier, guarded, typesOnly } of leftAliases) {
    const key = `${alias.by} ${alias.pattern}`;
    if (guarded || typesOnly || first.has(key)) continue;
    const reason = `"${specifier}" is a path alias that resolves only if a bundler or a loader knows it`;
    first.set(key, { kind: 'unknown-reference', reason, place });
  }
  return [...first.values()];
}
