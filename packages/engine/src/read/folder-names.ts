import { readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { codeOf, isAbsent } from './file-errors.js';
import { namesHash } from './observed-disk.js';

/** Names that have the same form on every file system. */
const PLAIN = /^[\w@+-][\w@+.-]*(?<!\.)$/;

/** The names directly in a folder, listed once. */
export class FolderNames {
  readonly #folder: string;
  #entries: readonly Dirent[] | undefined;
  #error: unknown;
  #byName: ReadonlyMap<string, Dirent> | undefined;
  #lowerCase: ReadonlySet<string> | undefined;

  /** @param folder absolute */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error of the file system if the folder cannot be listed */
  entries(): readonly Dirent[] {
    if (!this.#entries) {
      if (this.#error !== undefined) throw this.#error;
      try {
        this.#entries = readdirSync(this.#folder, { withFileTypes: true });
      } catch (error) {
        this.#error = error;
        throw error;
      }
    }
    return this.#entries;
  }

  /**
   * What the listing says about a name. File systems that ignore case or the form of characters find
   * files under other names as well, so only plain names that differ from all others count as absent.
   *
   * @returns undefined if only a look at the path itself shows it
   */
  kindOf(name: string): 'file' | 'directory' | 'none' | undefined {
    if (!this.#byName && !this.#read()) return isAbsent(this.#error) ? 'none' : undefined;
    const entry = this.#byName!.get(name);
    if (entry?.isFile()) return 'file';
    if (entry?.isDirectory()) return 'directory';
    if (entry || !PLAIN.test(name)) return undefined;
    return this.#lowerCase && !this.#lowerCase.has(name.toLowerCase()) ? 'none' : undefined;
  }

  /** The same if the folder was listed already; otherwise undefined. */
  observedKindOf(name: string): ReturnType<FolderNames['kindOf']> {
    return this.#entries || this.#error !== undefined ? this.kindOf(name) : undefined;
  }

  /** Identifies the names and kinds of the entries, or the error. */
  hash(): string {
    try {
      const entries = this.entries().map((entry) => `${kindLetter(entry)} ${entry.name}`);
      return namesHash(entries.toSorted());
    } catch (error) {
      return `error ${codeOf(error)}`;
    }
  }

  /** The same if anything was read; otherwise undefined. */
  observed(): string | undefined {
    return this.#entries || this.#error !== undefined ? this.hash() : undefined;
  }

  #read(): boolean {
    let entries: readonly Dirent[];
    try {
      entries = this.entries();
    } catch {
      return false;
    }
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]));
    const names = [...this.#byName.keys()];
    if (names.every((name) => ASCII.test(name)))
      this.#lowerCase = new Set(names.map((name) => name.toLowerCase()));
    return true;
  }
}

function kindLetter(entry: Dirent): string {
  if (entry.isFile()) return 'f';
  if (entry.isDirectory()) return 'd';
  return entry.isSymbolicLink() ? 'l' : 'o';
}

const ASCII = /^[\x20-\x7e]*$/;
