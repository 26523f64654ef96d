import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as TraceMapping from '@jridgewell/trace-mapping';
import type { FilePath, Place } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath } from '../read/file-path.js';
import type { RawError } from './run-loader.js';

interface Frame {
  readonly file: FilePath;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/**
 * The first frame of an error in a file of the workspace that is not installed, mapped to its source
 * if a source map exists.
 */
export function firstOwnFrame(
  disk: Disk,
  error: RawError,
): { readonly built: FilePath; readonly place: Place } | undefined {
  const own = framesOf(disk, error).find(({ file }) => isOwn(file) && disk.isFile(file));
  if (!own) return undefined;
  const mapped = originalOf(disk, own) ?? own;
  return { built: own.file, place: placeOfFrame(disk, mapped) };
}

function isOwn(file: FilePath): boolean {
  const isInside = !file.startsWith('../') && !file.split('/').includes('node_modules');
  return isInside && !file.endsWith('/load-runner.mjs');
}

/** V8's stack, and the line before it that Node adds for errors of the linker and the parser. */
function framesOf(disk: Disk, { stack = '' }: RawError): readonly Frame[] {
  return stack.split('\n').flatMap((line): readonly Frame[] => {
    const [, location, row, column] =
      /^\s+at (?:.*? \()?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):(\d+)\)?$/.exec(line) ??
      /^((?:file:\/\/|\/|[A-Za-z]:\\).*):(\d+)$/.exec(line) ??
      [];
    const file = location === undefined ? undefined : fileOf(disk, location);
    return file === undefined ? [] : [{ file, line: Number(row), column: Number(column ?? 1) }];
  });
}

/** Node names the real path of a linked package, which is the one in the workspace. */
function fileOf(disk: Disk, location: string): FilePath | undefined {
  try {
    const path = location.startsWith('file://') ? fileURLToPath(location) : location;
    const file = disk.toFilePath(path);
    return disk.realPath(file) ?? file;
  } catch {
    return undefined;
  }
}

let library: typeof TraceMapping | undefined;

function originalOf(disk: Disk, { file, line, column }: Frame): Frame | undefined {
  const map = `${file}.map`;
  const text = disk.isFile(map) ? disk.readText(map) : undefined;
  if (text === undefined) return undefined;
  try {
    library ??= createRequire(import.meta.url)('@jridgewell/trace-mapping') as typeof TraceMapping;
    const found = library.originalPositionFor(new library.AnyMap(text), { line, column: column - 1 });
    if (found.source === null) return undefined;
    const source = joinPath(folderOf(map) ?? '.', found.source);
    // A map may name any path. Only files of the workspace are shown.
    if (!isOwn(source) || !isWithin('.', source) || !disk.isFile(source)) return undefined;
    return { file: source, line: found.line, column: found.column + 1 };
  } catch {
    return undefined;
  }
}

function placeOfFrame(disk: Disk, { file, line, column }: Frame): Place {
  const text = disk.readText(file) ?? '';
  let start = 0;
  for (let row = 1; row < line; row++) {
    const next = text.indexOf('\n', start);
    if (next === -1) break;
    start = next + 1;
  }
  const at = Math.min(start + column - 1, text.length);
  return { file, start: at, end: at };
}
