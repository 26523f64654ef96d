import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../infer/member-manifest';
import { writeWhole } from '../write-whole';
import { dataFolder } from './data-folder';

/** Part of the key: a new way to read sources must not use entries of an older version. */
const FORMAT = 3;

/**
 * The workspace packages that a file imports. If `parsed` is 0, the file was not parsed, and the
 * list may be too long.
 */
type Entry = readonly [hash: string, specifiers: readonly string[], parsed: 0 | 1];
/** By file. */
type Entries = Readonly<Record<string, Entry>>;

/**
 * Remembers what each source file imports from the workspace, by the hash of its content. It keeps
 * the entries in the process, for Nx's daemon, and in Nx's data folder, because without the daemon
 * every command builds the project graph again.
 */
export class ImportMemo {
  readonly #file: string;
  readonly #key: string;
  readonly #before: Entries;
  /** The files whose entries of before are still true. */
  readonly #same: string[] = [];
  readonly #new = new Map<string, Entry>();

  /** @param names what specifiers can resolve to; with other names, no older entry is used */
  constructor(workspaceRoot: string, names: string) {
    this.#file = join(dataFolder(workspaceRoot), 'verify-exports-imports.json');
    this.#key = createHash('sha1').update(`${FORMAT}${names}`).digest('hex');
    this.#before = lastOf(this.#file, this.#key) ?? read(this.#file, this.#key);
  }

  /** The entry of the file; undefined if this content is new. */
  entryOf(file: string, hash: string): Entry | undefined {
    const kept = Object.hasOwn(this.#before, file) ? this.#before[file]! : undefined;
    if (kept?.[0] !== hash) return undefined;
    this.#same.push(file);
    return kept;
  }

  keep(file: string, entry: Entry): Entry {
    this.#new.set(file, entry);
    return entry;
  }

  save(): void {
    const isSame = this.#new.size === 0 && this.#same.length === Object.keys(this.#before).length;
    const entries = isSame ? this.#before : this.#merged();
    last = { file: this.#file, key: this.#key, entries };
    if (isSame) return;
    try {
      writeWhole(this.#file, JSON.stringify({ key: this.#key, files: entries }));
    } catch {
      // Without the file the next command is slower, but not wrong.
    }
  }

  #merged(): Entries {
    const kept = this.#same.map((file) => [file, this.#before[file]!] as const);
    return Object.fromEntries([...kept, ...this.#new]);
  }
}

let last: { readonly file: string; readonly key: string; readonly entries: Entries } | undefined;

function lastOf(file: string, key: string): Entries | undefined {
  return last?.file === file && last.key === key ? last.entries : undefined;
}

function read(file: string, key: string): Entries {
  if (process.env['NX_CACHE_PROJECT_GRAPH'] === 'false') return {};
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(kept) || kept['key'] !== key || !isRecord(kept['files'])) return {};
    return kept['files'] as Entries;
  } catch {
    return {}; // There is no file yet.
  }
}
