import type { FilePath } from '../model/place.js';
import type { PathAlias } from '../model/workspace.js';
import { starMatch } from './map-key.js';

/** An alias that matches a specifier, with its targets filled in. */
export interface AliasMatch {
  readonly alias: PathAlias;
  readonly exact: boolean;
  readonly targets: readonly FilePath[];
}

/**
 * TypeScript's choice among `paths`: the exact pattern, else the one with the longest part before
 * `*`.
 */
export function matchAlias(aliases: readonly PathAlias[], specifier: string): AliasMatch | undefined {
  const exact = aliases.find(({ pattern }) => pattern === specifier);
  if (exact) return { alias: exact, exact: true, targets: exact.targets };
  const [best] = aliases
    .filter(({ pattern }) => aliasStar(pattern, specifier) !== undefined)
    .sort((a, b) => b.pattern.indexOf('*') - a.pattern.indexOf('*'));
  if (!best) return undefined;
  const match = aliasStar(best.pattern, specifier)!;
  return {
    alias: best,
    exact: false,
    targets: best.targets.map((target) => target.replace('*', () => match)),
  };
}

/** The subpath of an alias or a specifier: the part after the package's name. */
export function aliasSubpath(specifier: string): string {
  return `.${specifier.slice(packageNameIn(specifier).length)}`;
}

/** The part of a specifier that has the form of a package's name: `@scope/name` or `name`. */
export function packageNameIn(specifier: string): string {
  return /^(@[^/]+\/)?[^/]*/.exec(specifier)![0];
}

/** Unlike in `exports`, `*` may match an empty text. */
function aliasStar(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star !== -1 && specifier === pattern.slice(0, star) + pattern.slice(star + 1)) return '';
  return starMatch(pattern, specifier);
}
