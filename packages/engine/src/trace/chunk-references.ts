import type { Reference } from '../model/bundle-trace.js';
import type { ChunkFacts, ChunkNames } from '../model/file-reference.js';
import type { FilePath, Span } from '../model/place.js';
import { chunkFile } from '../parse/references/chunk-names.js';
import type { FoundReference } from './found-reference.js';
import type { Site } from './site.js';

/** A file with the runtime of webpack or Rspack. */
export interface ChunkRuntime {
  readonly file: FilePath;
  readonly chunks: ChunkFacts;
}

/**
 * The chunks that a module of a bundle loads, by the names that its runtime has for them, and the
 * files that it names by the public path. Both are in the bundle's output folder, which is the
 * runtime's own or one above it.
 *
 * @param site looks for files from the runtime's folder upwards
 */
export function chunkReferences(
  file: FilePath,
  chunks: ChunkFacts,
  runtime: ChunkRuntime | undefined,
  site: Site,
): readonly FoundReference[] {
  const scripts = runtime?.chunks.scripts;
  const styles = runtime?.chunks.styles;
  const styled = styles && patternOf(styles.of);
  const hasStyle = (id: string): boolean =>
    styled !== undefined && styled.test(id) !== (styles?.except ?? false);
  const named = (names: ChunkNames | undefined, id: string, span: Span): FoundReference[] => {
    const path = names && chunkFile(names, id);
    return path === undefined ? [] : locate(file, span, path, site);
  };
  return [
    ...chunks.asked.flatMap((asked) => [
      ...named(scripts, asked.id, asked),
      ...(hasStyle(asked.id) && !asked.worker ? named(styles, asked.id, asked) : []),
    ]),
    ...chunks.assets.flatMap(({ path, ...span }) => locate(file, span, path, site)),
  ];
}

function locate(file: FilePath, { start, end }: Span, path: string, site: Site): FoundReference[] {
  const reference: Reference = {
    place: { file, start, end },
    specifier: path,
    kind: 'chunk',
    soft: false,
    deferred: true,
    typesOnly: false,
  };
  const found = site.locate(reference, path);
  return found ? [found] : [];
}

/** The bundler's own pattern. A text that only looks like its runtime may contain any pattern. */
function patternOf(source: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    return undefined;
  }
}
