import { posix } from 'node:path';
import { isRecord, parseObject } from './member-manifest';

type Read = (file: string) => string | undefined;

/** The names of the configuration that compiles a project's sources, as in the engine. */
const OF_PROJECT = ['tsconfig.lib.json', 'tsconfig.app.json', 'tsconfig.json'];

/** The files with the workspace's `paths`, as in the engine. */
const OF_WORKSPACE = ['tsconfig.base.json', 'tsconfig.json'];

/**
 * The TypeScript configurations outside a project's folder that its check reads, mostly through
 * `extends`. They decide what path aliases resolve to and what imports are compiled to. Nx includes
 * only the root's in every cache key (tsconfig.base.json, or else tsconfig.json).
 *
 * Configurations that are extended by package name are left out, because they come from a
 * dependency.
 *
 * @param root the project's folder
 * @param read returns a file's text by its path from the workspace root; it should remember texts,
 * because projects share files
 * @returns paths from the workspace root, sorted
 */
export function outerConfigs(root: string, read: Read): readonly string[] {
  const hashedByNx = OF_WORKSPACE.find((file) => read(file) !== undefined);
  const found = new Set<string>();
  const open = [...OF_WORKSPACE, ...nearest(root, read)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const text = found.has(file) ? undefined : read(file);
    if (text === undefined) continue;
    found.add(file);
    open.push(...extendedBy(file, text));
  }
  const isInside = (file: string): boolean => root === '.' || file.startsWith(`${root}/`);
  return [...found].filter((file) => file !== hashedByNx && !isInside(file)).sort();
}

/** The configurations in the nearest folder that has any, from the project's own folder upwards. */
function nearest(root: string, read: Read): readonly string[] {
  for (let folder = root; ; folder = posix.dirname(folder)) {
    const here = OF_PROJECT.map((name) => posix.join(folder, name)).filter(
      (file) => read(file) !== undefined,
    );
    if (here.length > 0 || folder === '.') return here;
  }
}

/** The paths that a configuration extends, in the forms that TypeScript tries. */
function extendedBy(file: string, text: string): readonly string[] {
  if (!text.includes('"extends"')) return [];
  const parsed = parseObject(text);
  const stated: unknown = isRecord(parsed) ? parsed['extends'] : undefined;
  return [stated].flat().flatMap((target) => {
    if (typeof target !== 'string' || !/^\.\.?(?:\/|$)/.test(target)) return [];
    const path = posix.join(posix.dirname(file), target);
    return path.startsWith('../') ? [] : [path, `${path}.json`];
  });
}
