import { posix } from 'node:path';
import { isRecord, parseObject } from './member-manifest';

type Read = (file: string) => string | undefined;

/** As in the engine: what a project calls the configuration that compiles its sources. */
const OF_PROJECT = ['tsconfig.lib.json', 'tsconfig.app.json', 'tsconfig.json'];

/** As in the engine: where a workspace's `paths` stand. */
const OF_WORKSPACE = ['tsconfig.base.json', 'tsconfig.json'];

/**
 * The TypeScript configurations outside of a project's folder that its verdict reads, through `extends` above all: they tell where path
 * aliases lead and what imports are compiled to. Nx takes the workspace's own into every cache key (tsconfig.base.json, or else
 * tsconfig.json), and no other.
 *
 * What is extended by the name of a package comes from a dependency.
 *
 * @param root the project's folder
 * @param read gives a file's text by its path from the workspace root, best remembered: projects share most of these files
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

/** The configurations of the nearest folder, at or above a project's own, that has any. */
function nearest(root: string, read: Read): readonly string[] {
  for (let folder = root; ; folder = posix.dirname(folder)) {
    const here = OF_PROJECT.map((name) => posix.join(folder, name)).filter(
      (file) => read(file) !== undefined,
    );
    if (here.length > 0 || folder === '.') return here;
  }
}

/** Where a configuration extends others by path: the paths as TypeScript tries them. */
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
