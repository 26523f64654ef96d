import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../infer/member-manifest';
import { writeWhole } from '../write-whole';

/** Part of the key: another way of reading sources must not meet what an older one has kept. */
const FORMAT = 3;

/** What a file of that content asks of the workspace; `parsed` is 0 where it is only what it quotes, which may be more. */
type Entry = readonly [hash: string, specifiers: readonly string[], parsed: 0 | 1];
type Entries = ReadonlyMap<string, Entry>;

/**
 * What each source file asks of the workspace, kept by the hash of its content: in the process (Nx's daemon lives long), and in
 * Nx's folder for its own data (without the daemon, every command looks at the project graph anew).
 */
export class ImportMemo {
  readonly #file: string;
  readonly #key: string;
  readonly #before: Entries;
  readonly #now = new Map<string, Entry>();
  #changed = false;

  /** @param names what specifiers can lead to; with another set of names nothing that was kept counts */
  constructor(workspaceRoot: string, names: string) {
    this.#file = join(dataFolder(workspaceRoot), 'verify-exports-imports.json');
    this.#key = createHash('sha1').update(`${FORMAT}${names}`).digest('hex');
    this.#before = lastOf(this.#file, this.#key) ?? read(this.#file, this.#key);
  }

  /** What is known of the file; undefined where this content has not been seen. */
  entryOf(file: string, hash: string): Entry | undefined {
    const kept = this.#before.get(file);
    if (!kept || kept[0] !== hash) return undefined;
    this.#now.set(file, kept);
    return kept;
  }

  keep(file: string, entry: Entry): Entry {
    this.#changed = true;
    this.#now.set(file, entry);
    return entry;
  }

  save(): void {
    last = { file: this.#file, key: this.#key, entries: this.#now };
    if (!this.#changed && this.#now.size === this.#before.size) return;
    try {
      writeWhole(this.#file, JSON.stringify({ key: this.#key, files: Object.fromEntries(this.#now) }));
    } catch {
      // A folder that cannot be written costs time, not truth.
    }
  }
}

let last: { readonly file: string; readonly key: string; readonly entries: Entries } | undefined;

function lastOf(file: string, key: string): Entries | undefined {
  return last?.file === file && last.key === key ? last.entries : undefined;
}

function read(file: string, key: string): Entries {
  if (process.env['NX_CACHE_PROJECT_GRAPH'] === 'false') return new Map();
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(kept) || kept['key'] !== key || !isRecord(kept['files'])) return new Map();
    return new Map(Object.entries(kept['files'] as Record<string, Entry>));
  } catch {
    return new Map(); // Nothing kept yet.
  }
}

/** As Nx itself finds it (`workspaceDataDirectory`, which lies in another module on almost every major). */
function dataFolder(workspaceRoot: string): string {
  const { NX_WORKSPACE_DATA_DIRECTORY, NX_PROJECT_GRAPH_CACHE_DIRECTORY } = process.env;
  const stated = NX_WORKSPACE_DATA_DIRECTORY ?? NX_PROJECT_GRAPH_CACHE_DIRECTORY;
  return join(workspaceRoot, stated ?? join('.nx', 'workspace-data'));
}
