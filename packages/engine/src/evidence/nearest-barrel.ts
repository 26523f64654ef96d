import { posix } from 'node:path';
import type { FilePath } from '../model/place.js';
import type { LinkHost } from '../surface/follow.js';
import { IMPORT } from '../surface/view.js';

/**
 * The barrel that should export a declaration. The candidates are the entry's own source and the
 * modules that it re-exports with `export *`. The one in the innermost folder around the
 * declaration is used.
 */
export function nearestBarrel(host: LinkHost, entry: FilePath, declaration: FilePath): FilePath {
  let nearest = entry;
  const seen = new Set([entry]);
  for (const file of seen) {
    const record = host.record(file);
    if (!record) continue;
    const isBarrel = record.requests.some(({ form }) => form === 'export-from' || form === 'export-star');
    const closer = folderDepth(file) > folderDepth(nearest) && holds(file, declaration);
    if (isBarrel && closer && file !== declaration) nearest = file;
    for (const exported of record.exports) {
      if (exported.kind !== 'star' || exported.typeOnly) continue;
      const target = host.follow(file, record.requests[exported.request]!, IMPORT);
      if (target.kind === 'file') seen.add(target.file);
    }
  }
  return nearest;
}

function holds(barrel: FilePath, declaration: FilePath): boolean {
  const folder = posix.dirname(barrel);
  return folder === '.' || declaration.startsWith(`${folder}/`);
}

function folderDepth(file: FilePath): number {
  return file.split('/').length;
}
