import { globTest } from '../read/glob-test.js';
import type { Reference, TraceRoot } from '../model/bundle-trace.js';
import type { FileReference } from '../model/file-reference.js';
import type { ModuleRecord } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { requiredFile } from '../resolve/required-file.js';
import type { FoundReference } from './found-reference.js';
import { decoded, missing } from './site.js';
import type { Site } from './site.js';

/** Resolves the paths in a module's code. */
export function fileReferences(
  disk: Disk,
  site: Site,
  root: TraceRoot,
  file: FilePath,
  { files = [] }: ModuleRecord,
): readonly FoundReference[] {
  return files.flatMap((written) => {
    if (written.literal && root.kind !== 'page') return [];
    const reference = referenceOf(file, written, root);
    if (written.kind === 'glob') return globReferences(disk, file, written, reference);
    const one = found(disk, site, root, file, written, reference);
    if (!one) return [];
    const isOfSite = written.base === 'site' && written.kind !== 'chunk' && !written.served;
    if (!isOfSite || root.kind !== 'entry-point' || one.outcome !== 'file') return one;
    return [one, { outcome: 'missing', reference, target: one.file, near: [], fromSite: true }];
  });
}

function found(
  disk: Disk,
  site: Site,
  root: TraceRoot,
  file: FilePath,
  written: FileReference,
  reference: Reference,
): FoundReference | undefined {
  const folder = folderOf(file) ?? '.';
  switch (written.base) {
    case 'module':
      return inFolder(disk, folder, written, reference);
    case 'document':
      // Node resolves workers from its working directory, which is unknown.
      return root.kind === 'page'
        ? inFolder(disk, folderOf(root.file) ?? '.', written, reference)
        : unknown(reference, `"${written.path}" is relative to the page or the working directory`);
    case 'site': {
      if (root.kind === 'page') {
        return written.kind === 'chunk'
          ? site.locate(reference, written.path)
          : site.resolve(reference, written.path);
      }
      const there = site.locate(reference, decoded(written.path).replace(/^\/+/, ''));
      if (there?.outcome === 'file' || (written.kind === 'chunk' && there)) return there;
      return unknown(reference, `the output does not show which folder "${written.path}" is loaded from`);
    }
  }
}

function inFolder(
  disk: Disk,
  folder: FilePath,
  { kind, path }: FileReference,
  reference: Reference,
): FoundReference | undefined {
  const target = joinPath(folder, reference.kind === 'url' || kind === 'worker' ? decoded(path) : path);
  if (disk.kindOf(target) !== undefined) return { outcome: 'file', reference, file: target };
  // Without any other file there, another project or a later step may write the folder.
  const isHanded = kind === 'program' || kind === 'path';
  if (isHanded && disk.filesIn(folderOf(target) ?? '.').length === 0) return undefined;
  const required = kind === 'file' || kind === 'program' ? requiredFile(disk, target) : undefined;
  return required === undefined
    ? missing(disk, reference, target)
    : { outcome: 'file', reference, file: required };
}

/**
 * A module with a partly computed path. Either no file matches, or it is unknown which ones are
 * needed.
 */
function globReferences(
  disk: Disk,
  file: FilePath,
  { path }: FileReference,
  reference: Reference,
): readonly FoundReference[] {
  const pattern = joinPath(folderOf(file) ?? '.', path);
  const fixed = pattern.slice(0, pattern.indexOf('*'));
  const folder = fixed.endsWith('/') ? joinPath(fixed) : (folderOf(fixed) ?? '.');
  const matches = globTest(escaped(pattern), { dot: true });
  const files = disk.listFiles(folder).filter((candidate) => matches(candidate) || matches(stem(candidate)));
  if (files.length === 0) return [{ outcome: 'missing', reference, target: folder, near: [] }];
  // Only the running program knows which of them it loads, so none is certainly needed.
  const soft = { ...reference, soft: true };
  return [
    ...files.map((found): FoundReference => ({ outcome: 'file', reference: soft, file: found })),
    unknown(
      reference,
      `"${path}" matches ${files.length === 1 ? 'one file' : `${files.length} files`}, and the code computes which one it loads`,
    ),
  ];
}

/** In a pattern that code computes, only `*` has a meaning. */
function escaped(pattern: string): string {
  return pattern.replace(/[\\?[\]{}()!+@|]/g, '\\$&').replace(/\*+/g, '*');
}

function stem(file: FilePath): FilePath {
  return file.replace(/\.[^./]+$/, '');
}

function unknown(reference: Reference, reason: string): FoundReference {
  return { outcome: 'unknown', unknownFact: { kind: 'unknown-reference', reason, place: reference.place } };
}

function referenceOf(file: FilePath, written: FileReference, root: TraceRoot): Reference {
  const { kind, path, guarded, deferred, conditional } = written;
  // Outside of a page, the purpose of a URL is unknown: it may be a place to write to.
  const vague = kind === 'source-map' || (kind === 'url' && root.kind !== 'page');
  return {
    place: placeOf(file, written),
    specifier: path,
    kind,
    soft: guarded || conditional === true || vague,
    ...(guarded && { guarded }),
    ...(deferred && { deferred }),
    typesOnly: false,
  };
}
