import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'jsonc-parser';

/** get-tsconfig reads a file again for each way in which it is extended. Real configurations have fewer than 20. */
const MOST_READS = 1000;

/**
 * Whether get-tsconfig could take very long for a configuration, because it extends files in very many ways.
 *
 * @param path absolute
 */
export function extendsTooMuch(path: string): boolean {
  return readsOf(path, new Map()) > MOST_READS;
}

/** How many files are read for a configuration. Only paths are followed: packages are installed, not written here. */
function readsOf(path: string, known: Map<string, number>): number {
  const counted = known.get(path);
  if (counted !== undefined) return counted;
  // A circle counts once. get-tsconfig reports it.
  known.set(path, 1);
  let reads = 1;
  for (const base of basesOf(path)) {
    reads += readsOf(base, known);
    if (reads > MOST_READS || known.size > MOST_READS) break;
  }
  known.set(path, reads);
  return reads;
}

function basesOf(path: string): readonly string[] {
  let text: string;
  try {
    // Reading a pipe could wait forever.
    if (!statSync(path).isFile()) return [];
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  const { extends: stated } = (parse(text, [], { allowTrailingComma: true }) ?? {}) as { extends?: unknown };
  const bases: readonly unknown[] = Array.isArray(stated) ? stated : [stated];
  return bases.flatMap((base) => {
    if (typeof base !== 'string' || !/^\.{0,2}\//.test(base)) return [];
    const file = resolve(dirname(path), base);
    return file.endsWith('.json') ? file : `${file}.json`;
  });
}
