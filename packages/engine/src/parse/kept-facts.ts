import { hash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FilePath } from '../model/place.js';
import type { CacheFolder } from '../read/cache-folder.js';
import { pathWithin } from '../read/file-path.js';
import { jsonOf, readFacts, writeFacts } from './kept-facts-file.js';
import type { KeptFile } from './kept-facts-file.js';

/** Set by the build to a hash of the engine's sources. */
declare const ENGINE_SOURCES: string | undefined;

/** A larger file is not written. A project would need some ten thousand modules for it. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** The extension of these files. */
const FACTS = '.facts';

/** The packages that decide what the engine reads in a text. */
const PARSERS = ['oxc-parser', 'es-module-lexer', 'cjs-module-lexer', 'htmlparser2'];

interface Group {
  readonly key: string;
  readonly root: FilePath;
  /** As in the cache folder when it was read. */
  readonly version: string | undefined;
  readonly files: Map<string, KeptFile>;
  readonly used: Set<string>;
  changed: boolean;
}

/** One fact. */
export interface FactKey {
  readonly file: FilePath;
  /** Identifies the file's text. */
  readonly textHash: string;
  /** What the fact is about. */
  readonly kind: string;
  /** Identifies what the fact depends on besides the text. One version of each kind is kept. */
  readonly version: string;
}

/** Which files belong together, and which of them exist. */
export interface KeptFactsView {
  /** The root of the package that a file belongs to; `.` for all others. */
  groupOf(file: FilePath): FilePath;
  /** All groups. The files of others are removed from the folder. */
  groups(): readonly FilePath[];
  exists(file: FilePath): boolean;
}

/**
 * Facts that follow from the name and the text of a file alone, kept in a folder for later
 * processes.
 *
 * A fact is used only if the whole text has the same hash, so neither times nor sizes of files
 * matter. There is one file for each package. It is written as a whole and has a hash of its own,
 * so that damaged files and files of another engine count as absent. If two processes write
 * the same file at once, the facts of one of them may be lost.
 */
export class KeptFacts {
  readonly #folder: CacheFolder;
  readonly #view: KeptFactsView;
  readonly #groups = new Map<FilePath, Group>();
  #loaded = 0;

  constructor(folder: CacheFolder, view: KeptFactsView) {
    this.#folder = folder;
    this.#view = view;
  }

  /** How many facts were taken from the folder. */
  get loaded(): number {
    return this.#loaded;
  }

  /** The hash of a file's text, if the file is the one that an earlier process has read. */
  hashBySignature(file: FilePath, signature: string): string | undefined {
    const group = this.#groupOf(file);
    const kept = group.files.get(pathWithin(group.root, file));
    return kept?.signature === signature ? kept.textHash : undefined;
  }

  setSignature(file: FilePath, textHash: string, signature: string): void {
    const kept = this.#fileFor(file, textHash);
    if (kept.signature === signature) return;
    kept.signature = signature;
    this.#groupOf(file).changed = true;
  }

  /**
   * A fact about a text, from the folder or else from `make`.
   *
   * @param make returns plain data that can be written as JSON
   */
  remember<T>(key: FactKey, make: () => T): T {
    const known = this.#find(key);
    if (known) return known[1] as T;
    const fact = make();
    this.set(key, fact);
    return fact;
  }

  /** A fact, if there is one of this version. */
  get(key: FactKey): unknown {
    return this.#find(key)?.[1];
  }

  set(key: FactKey, fact: unknown): void {
    this.setJson(key, JSON.stringify(fact ?? null));
  }

  /** @param json the fact */
  setJson({ file, textHash, kind, version }: FactKey, json: string): void {
    this.#fileFor(file, textHash).facts.set(kind, `[${JSON.stringify(version)},${json}]`);
    this.#groupOf(file).changed = true;
  }

  /** Whether no earlier process has kept anything. */
  get isEmpty(): boolean {
    return !this.#folder.names().some((name) => name.endsWith(FACTS));
  }

  #find({ file, textHash, kind, version }: FactKey): readonly [string, unknown] | undefined {
    const known = this.#fileFor(file, textHash).facts.get(kind);
    if (known === undefined) return undefined;
    const found = JSON.parse(jsonOf(known)) as [string, unknown];
    if (found[0] !== version) return undefined;
    if (typeof known !== 'string') this.#loaded++;
    return found;
  }

  /** What is known about a file with this text. What is known about another text is forgotten. */
  #fileFor(file: FilePath, textHash: string): KeptFile {
    const group = this.#groupOf(file);
    const name = pathWithin(group.root, file);
    group.used.add(name);
    let kept = group.files.get(name);
    if (kept?.textHash !== textHash)
      group.files.set(name, (kept = { textHash, signature: '', facts: new Map() }));
    return kept;
  }

  /** Writes what is new, and frees the memory that it took. It never throws. */
  save(): void {
    for (const [root, group] of this.#groups) {
      if (!group.changed) continue;
      const name = fileNameOf(root);
      if (this.#folder.versionOf(name) !== group.version) addOthers(group, this.#read(root));
      for (const file of group.files.keys())
        if (!group.used.has(file) && !this.#view.exists(root === '.' ? file : `${root}/${file}`))
          group.files.delete(file);
      const bytes = writeFacts(group.key, group.files);
      const names = new Set(['.', ...this.#view.groups()].map(fileNameOf));
      const isKept = (each: string): boolean => names.has(each) || !each.endsWith(FACTS);
      if (bytes.length <= LARGEST_FILE) this.#folder.write(name, bytes, isKept);
    }
    this.#groups.clear();
  }

  #groupOf(file: FilePath): Group {
    const root = this.#view.groupOf(file);
    const known = this.#groups.get(root);
    if (known) return known;
    const group = this.#read(root);
    this.#groups.set(root, group);
    return group;
  }

  #read(root: FilePath): Group {
    const key = `${engineKey()} ${hash('sha256', root, 'hex')}`;
    const name = fileNameOf(root);
    const version = this.#folder.versionOf(name);
    const bytes = version === undefined ? undefined : this.#folder.read(name);
    const files = (bytes && readFacts(key, bytes)) ?? new Map<string, KeptFile>();
    return { key, root, version, files, used: new Set(), changed: false };
  }
}

/** Adds what another process has written meanwhile. */
function addOthers({ files }: Group, other: Group): void {
  for (const [name, theirs] of other.files) {
    const ours = files.get(name);
    if (!ours) files.set(name, theirs);
    else if (ours.textHash === theirs.textHash)
      for (const [kind, fact] of theirs.facts) if (!ours.facts.has(kind)) ours.facts.set(kind, fact);
  }
}

function fileNameOf(root: FilePath): string {
  return hash('sha256', root, 'hex').slice(0, 32) + FACTS;
}

let madeKey: string | undefined;

/** Identifies everything besides a text that decides what the engine reads in it. */
export function engineKey(): string {
  return (madeKey ??= hash(
    'sha256',
    JSON.stringify([
      // The sources of an engine that is not built may change at any time.
      typeof ENGINE_SOURCES === 'string' ? ENGINE_SOURCES : randomUUID(),
      process.versions.node,
      ...PARSERS.map(versionOf),
    ]),
    'hex',
  ));
}

/** Not every package exports its manifest. */
function versionOf(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name);
  const folder = entry.slice(0, entry.lastIndexOf(name) + name.length);
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
