import { readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';

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
    if (!this.#byName && !this.#read()) return undefined;
    const entry = this.#byName!.get(name);
    if (entry?.isFile()) return 'file';
    if (entry?.isDirectory()) return 'directory';
    if (entry || !PLAIN.test(name)) return undefined;
    return this.#lowerCase && !this.#lowerCase.has(name.toLowerCase()) ? 'none' : undefined;
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

const ASCII = /^[\x20-\x7e]*$/;
