import { posix } from 'node:path';
import type { ModuleRecord, ModuleRequest, NameRedirect } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { Disk } from '../read/disk.js';
import { folderOf, joinPath } from '../read/file-path.js';
import { packageNameIn } from '../resolve/path-alias.js';
import { requiredFile } from '../resolve/required-file.js';

/** The file for a name. */
export interface Redirected {
  readonly file: FilePath;
  readonly exists: boolean;
}

/**
 * The names that a program's `require` resolves to files (see `nameRedirects`), for all modules
 * that are loaded later.
 */
export class Redirects {
  readonly #disk: Disk;
  readonly #isInstalled: (packageName: string) => boolean;
  readonly #known: { readonly folder: FilePath; readonly redirect: NameRedirect }[] = [];

  /**
   * @param isInstalled whether a package exists where the program runs: Node looks for it if the
   *   file is missing
   */
  constructor(disk: Disk, isInstalled: (packageName: string) => boolean) {
    this.#disk = disk;
    this.#isInstalled = isInstalled;
  }

  /** Adds the redirects that loading a module creates. */
  add(file: FilePath, redirects: readonly NameRedirect[]): void {
    this.#known.push(...redirects.map((redirect) => ({ folder: folderOf(file) ?? '.', redirect })));
  }

  /** What a request resolves to; undefined without a redirect for it. */
  of({ form, specifier }: ModuleRequest): Redirected | undefined {
    if (this.#known.length === 0 || (form !== 'require' && form !== 'require-resolve')) return undefined;
    const targets = this.#known.flatMap(({ folder, redirect: { name, path } }) => {
      const prefix = name.endsWith('*') ? name.slice(0, -1) : name;
      const isFor = prefix === name ? specifier === name : specifier.startsWith(prefix);
      return isFor ? joinPath(folder, path, specifier.slice(prefix.length)) : [];
    });
    for (const target of targets) {
      const file = requiredFile(this.#disk, target);
      if (file !== undefined) return { file, exists: true };
    }
    const [file] = targets;
    return file === undefined || this.#isInstalled(packageNameIn(specifier))
      ? undefined
      : { file, exists: false };
  }

  /**
   * A record whose requests name the files that they resolve to, because they load modules of the
   * program, not packages.
   */
  applied(file: FilePath, record: ModuleRecord): ModuleRecord {
    if (this.#known.length === 0) return record;
    const requests = record.requests.map((request) => {
      const target = this.of(request);
      return target ? { ...request, specifier: relativeTo(file, target.file) } : request;
    });
    return { ...record, requests };
  }
}

function relativeTo(file: FilePath, target: FilePath): string {
  const path = posix.relative(folderOf(file) ?? '.', target);
  return path.startsWith('.') ? path : `./${path}`;
}
