import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../infer/member-manifest';
import { writeWhole } from '../write-whole';
import { dataFolder } from './data-folder';

/** Part of the key: a new way to read sources must not use entries of an older version. */
const FORMAT = 4;

/**
 * The workspace packages that a file imports. If `parsed` is 0, the file was not parsed, and the
 * list may be too long.
 */
export type Entry = readonly [hash: string, specifiers: readonly string[], parsed: 0 | 1];
/** By file. */
export type Entries = Readonly<Record<string, Entry>>;

/** What all files of a project import, and what files that were not parsed may import. */
export interface Summary {
  /** Changes if a file of the project changes. */
  readonly digest: string;
  readonly exact: readonly string[];
  readonly possible: readonly string[];
}

/** By project. */
type Summaries = Readonly<Record<string, Summary>>;

/**
 * Remembers what the source files of each project import from the workspace, by the hashes of their
 * contents. It keeps this in the process, for a daemon, and in Nx's data folder, because without one
 * every command builds the project graph again.
 *
 * One file has a summary of each project. The entries of single files have a file for each project,
 * which is read only if a file of the project changed.
 */
export class ImportMemo {
  readonly #file: string;
  readonly #folder: string;
  readonly #key: string;
  readonly #before: Summaries;
  readonly #now = new Map<string, Summary>();
  #isChanged = false;

  /** @param names what specifiers can resolve to; with other names, nothing older is used */
  constructor(workspaceRoot: string, names: string) {
    const data = dataFolder(workspaceRoot);
    this.#file = join(data, 'verify-exports-imports.json');
    this.#folder = join(data, 'verify-exports-imports');
    this.#key = createHash('sha1').update(`${FORMAT}${names}`).digest('hex');
    this.#before = lastOf(this.#file, this.#key) ?? (read(this.#file, this.#key) as Summaries);
  }

  /** The summary of a project; undefined if the content of any file is new. */
  summaryOf(project: string, digest: string): Summary | undefined {
    const kept = Object.hasOwn(this.#before, project) ? this.#before[project]! : undefined;
    if (kept?.digest !== digest) return undefined;
    this.#now.set(project, kept);
    return kept;
  }

  /** The entries of the files of a project. A file may have changed since, so compare its hash. */
  entriesOf(project: string): Entries {
    return read(this.#entriesFile(project), this.#key) as Entries;
  }

  keep(project: string, summary: Summary, entries: Entries): void {
    this.#now.set(project, summary);
    this.#isChanged = true;
    write(this.#entriesFile(project), { key: this.#key, files: entries });
  }

  /** Keeps the projects that were summarised since the memo was made. */
  save(): void {
    const isSame = !this.#isChanged && this.#now.size === Object.keys(this.#before).length;
    const summaries = isSame ? this.#before : Object.fromEntries(this.#now);
    last = { file: this.#file, key: this.#key, summaries };
    if (isSame) return;
    write(this.#file, { key: this.#key, files: summaries });
    this.#removeOthers();
  }

  /** Removes the entries of projects that are gone. */
  #removeOthers(): void {
    const wanted = new Set(Array.from(this.#now.keys(), nameFor));
    try {
      for (const name of readdirSync(this.#folder))
        if (name.endsWith('.json') && !wanted.has(name)) rmSync(join(this.#folder, name), { force: true });
    } catch {
      // There is no folder, or its files cannot be removed. They are in no one's way.
    }
  }

  #entriesFile(project: string): string {
    return join(this.#folder, nameFor(project));
  }
}

function nameFor(project: string): string {
  return `${createHash('sha1').update(project).digest('hex')}.json`;
}

let last: { readonly file: string; readonly key: string; readonly summaries: Summaries } | undefined;

function lastOf(file: string, key: string): Summaries | undefined {
  return last?.file === file && last.key === key ? last.summaries : undefined;
}

function read(file: string, key: string): Readonly<Record<string, unknown>> {
  if (process.env['NX_CACHE_PROJECT_GRAPH'] === 'false') return {};
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRecord(kept) && kept['key'] === key && isRecord(kept['files']) ? kept['files'] : {};
  } catch {
    return {}; // There is no file yet.
  }
}

function write(file: string, content: object): void {
  try {
    writeWhole(file, JSON.stringify(content));
  } catch {
    // Without the file the next command is slower, but not wrong.
  }
}
