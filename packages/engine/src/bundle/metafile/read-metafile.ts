import type { FilePath } from '../../model/place.js';
import type { Disk } from '../../read/disk.js';
import { readEsbuildMetafile } from './esbuild-metafile.js';
import { isObject } from './raw-contents.js';
import type { RawContents } from './raw-contents.js';
import { readRollupBundle } from './rollup-bundle.js';
import { readViteManifest } from './vite-manifest.js';
import { readWebpackStats } from './webpack-stats.js';

const READERS = [readEsbuildMetafile, readWebpackStats, readRollupBundle, readViteManifest];

/** In bytes. Statistics beyond this are not worth the memory that they take when parsed. */
const LARGEST_METAFILE = 64 * 1024 * 1024;

export type ReadMetafile =
  | { readonly kind: 'contents'; readonly raw: RawContents }
  | { readonly kind: 'absent' }
  /** No JSON, or JSON that none of the known bundlers writes. */
  | { readonly kind: 'foreign'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly reason: string };

/** Reads what a bundler wrote about its build; which bundler it was is told by the shape of the file. */
export function readMetafile(disk: Disk, file: FilePath): ReadMetafile {
  if (!disk.isFile(file)) return { kind: 'absent' };
  const size = disk.sizeOf(file);
  if (size > LARGEST_METAFILE) {
    const limit = LARGEST_METAFILE / 1024 / 1024;
    return {
      kind: 'too-large',
      reason: `${file} has ${Math.round(size / 1e6)} MB, more than the ${limit} MB that are read`,
    };
  }
  let json: unknown;
  try {
    json = JSON.parse((disk.readText(file) ?? '').replace(/^\uFEFF/, ''));
  } catch {
    return { kind: 'foreign', reason: `${file} is not valid JSON` };
  }
  const raw = isObject(json) ? firstOf(READERS, (read) => read(json)) : undefined;
  if (raw) return { kind: 'contents', raw };
  return { kind: 'foreign', reason: `${file} is not what esbuild, webpack, Rspack, Rollup or Vite write` };
}

function firstOf<In, Out>(items: readonly In[], ask: (item: In) => Out | undefined): Out | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
