import { createRequire } from 'node:module';
import type * as TraceMapping from '@jridgewell/trace-mapping';
import type { FilePath } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath } from '../read/file-path.js';

/** In bytes; a larger map is not read. */
const LARGEST_MAP = 64 * 1024 * 1024;

/** The sources whose code a built file contains, by its source map. */
export type MappedSources =
  /** As the map writes them; `sourceRoot` is added to relative ones. */
  | { readonly kind: 'sources'; readonly sources: readonly string[]; readonly map: FilePath }
  | { readonly kind: 'none'; readonly reason: string };

const REFERENCE = /[#@]\s*sourceMappingURL=(\S+)/g;
const INLINE = /^data:application\/json[^,]*?(;base64)?,/;

let library: typeof TraceMapping | undefined;

/**
 * Reads a built file's source map: the one that it names, or the one beside it. A source counts if
 * a segment of the map refers to it, because bundlers also list sources without any code in the
 * output.
 */
export function mappedSources(disk: Disk, file: FilePath): MappedSources {
  try {
    const found = mapText(disk, file);
    if ('reason' in found) return { kind: 'none', reason: found.reason };
    const { map, text } = found;
    library ??= createRequire(import.meta.url)('@jridgewell/trace-mapping') as typeof TraceMapping;
    const traced = new library.AnyMap(text.replace(/^\)\]\}'[^\n]*\n/, ''));
    const used = new Set<number>();
    for (const line of library.decodedMappings(traced)) {
      for (const segment of line) if (segment.length > 1) used.add(segment[1]!);
    }
    const root = traced.sourceRoot ? `${traced.sourceRoot.replace(/\/$/, '')}/` : '';
    const sources = [...used].flatMap((index) => traced.sources[index] ?? []);
    return {
      kind: 'sources',
      map,
      sources: sources.map((source) => (isWhole(source) ? source : root + source)),
    };
  } catch {
    return { kind: 'none', reason: `the source map of ${file} cannot be read` };
  }
}

type MapText = { readonly map: FilePath; readonly text: string } | { readonly reason: string };

function mapText(disk: Disk, file: FilePath): MapText {
  const beside = `${file}.map`;
  if (disk.isFile(beside)) return textOf(disk, beside);
  const named = [...(disk.readText(file) ?? '').matchAll(REFERENCE)].at(-1)?.[1];
  if (named === undefined) return { reason: `${file} has no source map` };
  const inline = INLINE.exec(named);
  if (inline) {
    const body = named.slice(inline[0].length);
    return {
      map: file,
      text: inline[1] ? Buffer.from(body, 'base64').toString('utf8') : decodeURIComponent(body),
    };
  }
  return textOf(disk, joinPath(folderOf(file) ?? '.', decodeURIComponent(named)));
}

function textOf(disk: Disk, map: FilePath): MapText {
  if (!isWithin('.', map)) return { reason: `its source map ${map} is outside the workspace` };
  if (!disk.isFile(map)) return { reason: `its source map ${map} is not there` };
  const size = disk.sizeOf(map);
  if (size > LARGEST_MAP) return { reason: `${map} has ${Math.round(size / 1e6)} MB, more than is read` };
  return { map, text: disk.readText(map) ?? '' };
}

function isWhole(source: string): boolean {
  return source.startsWith('/') || /^[a-z-]+:\/\//i.test(source);
}

/**
 * The workspace file of a map's source. Webpack names sources like `webpack://name/./src/x.ts`,
 * with a path from the folder in which it ran (the package's or the workspace's). Other sources are
 * relative to the map.
 */
export function sourceFile(
  disk: Disk,
  packageRoot: FilePath,
  map: FilePath,
  source: string,
): FilePath | undefined {
  const plain = source.replace(/\?.*$/, '');
  if (plain.startsWith('file://')) return existing(disk, disk.toFilePath(decoded(plain.slice(7))));
  if (plain.startsWith('/')) return existing(disk, disk.toFilePath(plain));
  const named = /^[a-z-]+:\/\/(.*)$/i.exec(plain)?.[1];
  if (named === undefined) return existing(disk, joinPath(folderOf(map) ?? '.', plain));
  const segments = named.split('/');
  for (let from = 1; from < segments.length; from++) {
    const end = segments.slice(from).join('/');
    const found = existing(disk, joinPath(packageRoot, end)) ?? existing(disk, joinPath('.', end));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A name with a `%` that encodes nothing means itself. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function existing(disk: Disk, file: FilePath): FilePath | undefined {
  return isWithin('.', file) && disk.isFile(file) ? file : undefined;
}
