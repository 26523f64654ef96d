import type { Reference, TraceRoot } from '../model/bundle-trace.js';
import type { FilePath } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import type { FoundReference } from './found-reference.js';
import { readPage } from './page.js';
import type { Page } from './page.js';
import { decoded, missing } from './site.js';
import type { Site } from './site.js';
import { styleUrls } from './stylesheet.js';
import type { WrittenUrl } from './written-url.js';

/**
 * What a style sheet refers to. A style sheet of a package, which a bundler will read, may also
 * name packages.
 */
export function styleReferences(
  disk: Disk,
  file: FilePath,
  site: Site,
  root: TraceRoot,
): readonly FoundReference[] {
  const text = disk.readText(file) ?? '';
  let urls: readonly WrittenUrl[];
  try {
    urls = styleUrls(text);
  } catch (error) {
    return [unreadable(file, `it is not valid CSS: ${reasonOf(error)}`)];
  }
  return urls.flatMap((written) => {
    const found = urlReference(disk, file, folderOf(file) ?? '.', site, written, 'style');
    // Bundlers look for a package if there is no such file beside the sheet.
    const mayBePackage =
      root.kind !== 'page' && found.outcome === 'missing' && !/^\.{0,2}\//.test(written.url);
    return mayBePackage ? [] : [found];
  });
}

/** What a page refers to. */
export function pageReferences(
  disk: Disk,
  file: FilePath,
  page: Page,
  site: Site,
): readonly FoundReference[] {
  const folder = folderOf(file) ?? '.';
  const { base } = page;
  // `<base href="/app/">` names the path of the deployed site; a relative one changes the folder.
  const start = base === undefined || base.startsWith('/') ? folder : joinPath(folder, decoded(base));
  return page.urls.map((written) => urlReference(disk, file, start, site, written, 'markup'));
}

export function parsePage(disk: Disk, file: FilePath): Page {
  return readPage(disk.readText(file) ?? '');
}

function urlReference(
  disk: Disk,
  file: FilePath,
  folder: FilePath,
  site: Site,
  { url, soft, start, end }: WrittenUrl,
  kind: Reference['kind'],
): FoundReference {
  const reference: Reference = {
    place: { file, start, end },
    specifier: url,
    kind,
    soft: soft ?? false,
    typesOnly: false,
  };
  if (url.startsWith('/')) return site.resolve(reference, url);
  const target = joinPath(folder, decoded(url));
  return disk.kindOf(target) === undefined
    ? missing(disk, reference, target)
    : { outcome: 'file', reference, file: target };
}

function unreadable(file: FilePath, reason: string): FoundReference {
  const place = { file, start: 0, end: 0 };
  return { outcome: 'unknown', unknownFact: { kind: 'unknown-reference', reason, place } };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error);
}
