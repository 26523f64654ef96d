import { posix } from 'node:path';
import { parse } from 'jsonc-parser';

/** An entry of tsconfig `paths`: what importers write, and where it leads. */
export interface PathAlias {
  /** As written; may end in `*`. */
  readonly pattern: string;
  /** The first target, relative to the workspace root. */
  readonly target: string;
}

/**
 * The `paths` of the workspace's tsconfig. Only what the file itself says: a chain of `extends` is not followed here, since
 * this runs on every look at the project graph.
 *
 * @param text the text of tsconfig.base.json or tsconfig.json
 */
export function pathAliases(text: string): readonly PathAlias[] {
  if (!text.includes('"paths"')) return [];
  const options: unknown = (parse(text) as { compilerOptions?: unknown } | undefined)?.compilerOptions;
  const { baseUrl, paths } = (options ?? {}) as { baseUrl?: unknown; paths?: unknown };
  if (typeof paths !== 'object' || paths === null) return [];
  const base = typeof baseUrl === 'string' ? baseUrl : '.';
  return Object.entries(paths).flatMap(([pattern, targets]: [string, unknown]) => {
    const first: unknown = Array.isArray(targets) ? targets[0] : undefined;
    return typeof first === 'string' ? [{ pattern, target: posix.join(base, first) }] : [];
  });
}
