import type { Reference } from '../model/bundle-trace.js';
import type { FilePath } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath } from '../read/file-path.js';
import { nearest } from '../resolve/near-files.js';
import type { FoundReference } from './found-reference.js';

/**
 * The folder that a web server offers as `/`, as far as the output shows it. Paths that start with
 * `/` are searched from the page's folder up to the output folder, without the prefix of the site's
 * deployment.
 */
export class Site {
  readonly #disk: Disk;
  /** Innermost first. */
  readonly #folders: readonly FilePath[];
  readonly #prefix: string;

  /**
   * @param start the page's folder, or the module's if there is no page
   * @param output the folder that the build writes
   * @param page its `<base href>`, if that is a path, and the absolute paths that it refers to: the
   *   prefix is what most of them start with, if no folder has that name
   */
  constructor(
    disk: Disk,
    start: FilePath,
    output: FilePath,
    page: { readonly paths: readonly string[]; readonly base?: string } = { paths: [] },
  ) {
    this.#disk = disk;
    this.#folders = foldersUpTo(start, output);
    this.#prefix = page.base === undefined ? this.#prefixOf(page.paths) : page.base.replace(/\/[^/]*$/, '');
  }

  /** What an absolute path resolves to: a file, a missing file, or unknown. */
  resolve(reference: Reference, path: string): FoundReference {
    const bare = decoded(path);
    const stripped = bare.startsWith(this.#prefix) ? bare.slice(this.#prefix.length) : bare;
    const inside = stripped.replace(/^\/+/, '');
    const located = this.locate(reference, inside);
    if (located) return located;
    // A page needs what it loads. For paths in code and styles, another server may have the file.
    return reference.kind === 'markup'
      ? missing(this.#disk, reference, joinPath(this.#folders[0]!, inside))
      : this.#unknown(reference, path);
  }

  /**
   * The same for a path that is relative to the site; undefined if no folder of the output is
   * possible.
   */
  locate(reference: Reference, path: string): FoundReference | undefined {
    const candidates = this.#folders.map((folder) => joinPath(folder, path));
    const file = candidates.find((candidate) => this.#disk.kindOf(candidate) !== undefined);
    if (file !== undefined) return { outcome: 'file', reference, file };
    const target = candidates.find(
      (candidate) => this.#disk.kindOf(folderOf(candidate) ?? '.') === 'directory',
    );
    return target === undefined ? undefined : missing(this.#disk, reference, target);
  }

  #unknown(reference: Reference, path: string): FoundReference {
    const reason = `no folder of the output matches "${path}"`;
    return { outcome: 'unknown', unknownFact: { kind: 'unknown-reference', reason, place: reference.place } };
  }

  /** The prefix without which most paths resolve to files; undefined if there is none. */
  #prefixOf(paths: readonly string[]): string {
    const votes = new Map<string, number>();
    for (const path of paths) {
      const segments = decoded(path).split('/').slice(1);
      const cut = segments.findIndex((_, index) => this.#isThere(segments.slice(index).join('/')));
      if (cut === -1) continue;
      const prefix = segments
        .slice(0, cut)
        .map((segment) => `/${segment}`)
        .join('');
      votes.set(prefix, (votes.get(prefix) ?? 0) + 1);
    }
    return [...votes].toSorted((a, b) => b[1] - a[1] || a[0].length - b[0].length)[0]?.[0] ?? '';
  }

  #isThere(path: string): boolean {
    return this.#folders.some((folder) => this.#disk.isFile(joinPath(folder, path)));
  }
}

/** A reference to a missing file, with the files beside it that may be meant. */
export function missing(disk: Disk, reference: Reference, target: FilePath): FoundReference {
  const folder = folderOf(target) ?? '.';
  const beside = disk.filesIn(folder).map((name) => joinPath(folder, name));
  return { outcome: 'missing', reference, target, near: nearest(beside, target) };
}

function foldersUpTo(start: FilePath, top: FilePath): readonly FilePath[] {
  const folders: FilePath[] = [];
  for (let folder: FilePath | undefined = start; folder !== undefined; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === top || !isWithin(top, folder)) break;
  }
  return folders;
}

/** The path in a URL, without query and fragment; invalid escapes stay. */
export function decoded(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
