import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import type { FilePath } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import { VerifyError } from '../model/problem.js';
import {
  absoluteOf,
  baseNameOf,
  comparePaths,
  filePathOf,
  folderOf,
  isWithin,
  joinPath,
} from './file-path.js';
import { signatureAt } from './file-signature.js';
import { FolderNames } from './folder-names.js';
import { codeOf, isAbsent } from './file-errors.js';
import { isSpecialFile } from './is-special-file.js';
import { ObservedDisk, textHash } from './observed-disk.js';
import type { Observations } from './observed-disk.js';

export type FileKind = 'file' | 'directory';

/** Most candidates for a path do not exist. Listing their folder is cheaper than looking for each of them. */
const LOOK_UPS_BEFORE_LISTING = 3;

interface Stat {
  readonly kind: FileKind;
  readonly size: number;
}

interface FolderEntries {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Those of the files that are symbolic links. */
  readonly links: readonly string[];
  /** Why the folder cannot be listed. */
  readonly problem?: Problem;
}

interface Listing {
  readonly files: readonly FilePath[];
  readonly problems: readonly Problem[];
}

/** The kind of a path at which there is nothing to read. */
const NO_FILE = 'none';

/** How many files are listed in a folder outside the workspace, to which a link leads. Real output has fewer. */
const MOST_FILES_OUTSIDE = 50_000;

/** Folders that no listing enters: installed packages, caches of tools, our own reports. */
const NEVER_ENTERED = new Set(['node_modules', '.git', '.nx', '.verify-exports']);

/**
 * The only door to the file system. What it answers is remembered for the whole run, except for
 * texts, which their callers keep as long as they need. Paths are FilePaths in both directions.
 */
export class Disk {
  /** Absolute, in the platform's own form. */
  readonly root: string;
  readonly #realRoot: string;
  readonly #stats = new Map<FilePath, Stat | undefined>();
  readonly #realPaths = new Map<FilePath, FilePath | undefined>();
  readonly #entries = new Map<FilePath, FolderEntries>();
  readonly #listings = new Map<FilePath, Listing>();
  readonly #overlay: ReadonlyMap<FilePath, string>;
  readonly #names = new Map<FilePath, FolderNames>();
  readonly #lookUps = new Map<FilePath, number>();
  readonly #sized = new Set<FilePath>();
  #reads = 0;
  /** Only if what the run sees is kept. */
  readonly observed: ObservedDisk | undefined;

  /**
   * @param root absolute path of the workspace root
   * @param overlay texts that replace those on disk
   * @param observes whether `observations` will be called
   */
  constructor(root: string, overlay: ReadonlyMap<FilePath, string> = new Map(), observes = false) {
    this.observed = observes ? new ObservedDisk() : undefined;
    this.root = absoluteOf(process.cwd(), root);
    this.#overlay = overlay;
    this.#realRoot = attempt(() => realpathSync.native(this.root)) ?? this.root;
  }

  /** How many texts were read. */
  get reads(): number {
    return this.#reads;
  }

  /** How many paths and folders were looked up on the disk, apart from reading texts. */
  get looks(): number {
    return this.#stats.size + this.#names.size;
  }

  /**
   * A file's text, byte order mark included, so that offsets hold.
   *
   * @returns undefined when there is no such file
   * @throws VerifyError `unreadable` when there is something that cannot be read as a file
   */
  readText(file: FilePath): string | undefined {
    this.#reads++;
    const standIn = this.#overlay.get(file);
    if (standIn !== undefined) return standIn;
    if (this.isSpecial(file)) return undefined;
    if (!this.observed) return this.#textOf(file);
    const signature = this.signatureOf(file) ?? '';
    const text = this.#textOf(file);
    const known = this.observed.texts.get(file);
    if (!known || known.signature !== signature || signature === '')
      this.observed.texts.set(file, { hash: text === undefined ? null : textHash(text), signature });
    return text;
  }

  #textOf(file: FilePath): string | undefined {
    try {
      return readFileSync(this.toAbsolute(file), 'utf8');
    } catch (error) {
      if (isAbsent(error)) return undefined;
      if (this.observed) this.observed.untraceable = true;
      throw new VerifyError(unreadable(file, error));
    }
  }

  /** Whether a pipe, a socket or a device is there: reading it could wait forever. */
  isSpecial(file: FilePath): boolean {
    if (this.kindOf(file)) return false;
    const isSpecial = isSpecialFile(this.toAbsolute(file));
    if (isSpecial && this.observed) this.observed.untraceable = true;
    return isSpecial;
  }

  /**
   * Identifies the content of a file without reading it; see `signatureAt`.
   *
   * @returns undefined if the content may change without a trace: it is replaced in memory, or it was
   *   written just now
   */
  signatureOf(file: FilePath): string | undefined {
    if (this.#overlay.has(file)) return undefined;
    return attempt(() => signatureAt(this.toAbsolute(file))) || undefined;
  }

  /** Takes over that another thread has read a text as `readText` does. */
  haveRead(file: FilePath, hash: string, signature: string): void {
    this.#reads++;
    this.observed?.texts.set(file, { hash, signature });
  }

  /** The kind of a path after following links. A broken link has no kind. */
  kindOf(file: FilePath): FileKind | undefined {
    const known = this.#stats.get(file);
    if (known) return known.kind;
    if (this.#stats.has(file)) return undefined;
    const listed = this.#namesBeside(file)?.kindOf(baseNameOf(file));
    return listed === undefined ? this.#stat(file)?.kind : listed === 'none' ? undefined : listed;
  }

  /** The listing of a file's folder, once enough files of the folder were looked up. */
  #namesBeside(file: FilePath): FolderNames | undefined {
    const folder = folderOf(file);
    if (folder === undefined) return undefined;
    const count = (this.#lookUps.get(folder) ?? 0) + 1;
    this.#lookUps.set(folder, count);
    return count > LOOK_UPS_BEFORE_LISTING ? this.#namesIn(folder) : undefined;
  }

  #namesIn(folder: FilePath): FolderNames {
    let names = this.#names.get(folder);
    if (!names) this.#names.set(folder, (names = new FolderNames(this.toAbsolute(folder))));
    return names;
  }

  /** Whether a file (not a folder) exists. */
  isFile(file: FilePath): boolean {
    return this.kindOf(file) === 'file';
  }

  /** Whether the path itself is a symbolic link, even a broken one. */
  isLink(file: FilePath): boolean {
    const isLink =
      attempt(() => lstatSync(this.toAbsolute(file), { throwIfNoEntry: false }))?.isSymbolicLink() ?? false;
    this.observed?.links.set(file, isLink);
    return isLink;
  }

  /** Size in bytes; 0 for a missing file. */
  sizeOf(file: FilePath): number {
    this.#sized.add(file);
    return this.#stat(file)?.size ?? 0;
  }

  /**
   * The path with all links followed, relative to the root's own real path; undefined if it does
   * not exist.
   */
  realPath(file: FilePath): FilePath | undefined {
    if (!this.#realPaths.has(file)) {
      const real = attempt(() => realpathSync.native(this.toAbsolute(file)));
      this.#realPaths.set(file, real === undefined ? undefined : filePathOf(this.#realRoot, real));
    }
    return this.#realPaths.get(file);
  }

  /**
   * All files inside a folder, sorted; empty if the folder does not exist. Links to files are
   * listed. Links to folders are not followed, so there are no loops. A folder that cannot be read
   * counts as empty; `unreadableIn` names it.
   *
   * @param skip returns true for folders that are not entered
   */
  listFiles(folder: FilePath, skip?: (folder: FilePath) => boolean): readonly FilePath[] {
    return this.#listing(folder, skip).files;
  }

  /** Whether a folder contains symbolic links, or folders that no listing enters. */
  hasLinksIn(folder: FilePath): boolean {
    return this.#leadsOut(folder) !== undefined || this.#hasLinksIn(folder);
  }

  #hasLinksIn(folder: FilePath): boolean {
    const { folders, problem } = this.#list(folder);
    if (problem) return true;
    const entries = this.#namesIn(folder).entries();
    const isOther = (entry: (typeof entries)[number]): boolean =>
      (!entry.isFile() && !entry.isDirectory()) || NEVER_ENTERED.has(entry.name);
    return entries.some(isOther) || folders.some((name) => this.#hasLinksIn(joinPath(folder, name)));
  }

  /** Whether a file inside a folder has such a name. It looks no further than the first one. */
  someNameIn(folder: FilePath, isWanted: (name: string) => boolean): boolean {
    return this.#leadsOut(folder) === undefined && this.#someNameIn(folder, isWanted);
  }

  #someNameIn(folder: FilePath, isWanted: (name: string) => boolean): boolean {
    const { files, folders } = this.#list(folder);
    return files.some(isWanted) || folders.some((name) => this.#someNameIn(joinPath(folder, name), isWanted));
  }

  /** The folders that `listFiles` cannot read, sorted. */
  unreadableIn(folder: FilePath, skip?: (folder: FilePath) => boolean): readonly Problem[] {
    return this.#listing(folder, skip).problems;
  }

  /** The files directly in a folder, by name, sorted; empty when there is no such folder. */
  filesIn(folder: FilePath): readonly string[] {
    return this.#list(folder).files;
  }

  /** The same without symbolic links. */
  plainFilesIn(folder: FilePath): readonly string[] {
    const { files, links } = this.#list(folder);
    return links.length === 0 ? files : files.filter((name) => !links.includes(name));
  }

  /**
   * Files that match globs relative to the root, sorted; patterns with a leading `!` remove files.
   */
  glob(patterns: readonly string[]): readonly FilePath[] {
    const files = globSync([...patterns], {
      cwd: this.root,
      ignore: ['**/node_modules/**'],
      followSymbolicLinks: false,
    })
      .map((file) => joinPath(file))
      .sort(comparePaths);
    this.observed?.globs.set(JSON.stringify(patterns), files);
    return files;
  }

  /** Everything that was seen, if it can be compared later. Only for a disk that observes. */
  observations(): Observations | undefined {
    const { observed } = this;
    if (!observed || observed.untraceable || this.#overlay.size > 0) return undefined;
    const isSeen = (file: FilePath): boolean => observed.texts.has(file);
    return {
      texts: [...observed.texts].map(([file, { hash, signature }]) => [file, hash, signature]),
      stats: [...this.#stats].flatMap(([file, stat]) => {
        if (this.#sized.has(file)) return [[file, stat?.kind ?? NO_FILE, stat?.size ?? 0]];
        const shown = isSeen(file) || this.#listedKind(file) === (stat?.kind ?? NO_FILE);
        return shown ? [] : [[file, stat?.kind ?? NO_FILE, -1]];
      }),
      // A listing shows that a name is no link.
      links: [...observed.links].filter(([file]) => this.#listedKind(file) === undefined),
      realPaths: [...this.#realPaths].map(([file, real]) => [file, real ?? null]),
      folders: [...this.#names].flatMap(([folder, names]) => {
        const seen = names.observed();
        return seen === undefined ? [] : [[folder, seen]];
      }),
      globs: [...observed.globs].map(([patterns, files]) => [JSON.parse(patterns) as string[], files]),
      installed: [...observed.installed].map(([question, file]) => [question, file ?? null]),
    };
  }

  /** What the listing of its folder says about a file, if there is one. */
  #listedKind(file: FilePath): FileKind | typeof NO_FILE | undefined {
    return this.#names.get(folderOf(file) ?? '')?.observedKindOf(baseNameOf(file));
  }

  /**
   * Whether the disk still looks the same. What is compared counts as seen by this run.
   *
   * @returns `stale` if it looks the same, and the observations should be written again, because they
   *   could be compared faster
   */
  compare(seen: Omit<Observations, 'installed'>): 'same' | 'stale' | 'different' {
    let stale = false;
    for (const [folder, names] of seen.folders)
      if (this.#namesIn(folder).hash() !== names) return 'different';
    for (const [file, kind, size] of seen.stats)
      if ((this.#stat(file)?.kind ?? NO_FILE) !== kind || (size >= 0 && this.sizeOf(file) !== size))
        return 'different';
    for (const [file, real] of seen.realPaths) if ((this.realPath(file) ?? null) !== real) return 'different';
    for (const [file, isLink] of seen.links) if (this.isLink(file) !== isLink) return 'different';
    for (const [file, hash, signature] of seen.texts) {
      if (signature !== '' && this.signatureOf(file) === signature) {
        this.observed?.texts.set(file, { hash, signature });
        continue;
      }
      stale ||= hash !== null;
      const text = this.isSpecial(file) ? undefined : this.readText(file);
      if ((text === undefined ? null : textHash(text)) !== hash) return 'different';
    }
    for (const [patterns, files] of seen.globs)
      if (this.glob(patterns).join('\n') !== files.join('\n')) return 'different';
    return stale ? 'stale' : 'same';
  }

  /** The platform's absolute path of a FilePath. */
  toAbsolute(file: FilePath): string {
    return absoluteOf(this.root, file);
  }

  /**
   * The FilePath of an absolute path; below the root whether it is spelt with the root's links or
   * without.
   */
  toFilePath(absolute: string): FilePath {
    const plain = filePathOf(this.root, absolute);
    return isWithin('.', plain) ? plain : filePathOf(this.#realRoot, absolute);
  }

  #stat(file: FilePath): Stat | undefined {
    if (this.#stats.has(file)) return this.#stats.get(file);
    // Most candidates do not exist, so this avoids the cost of an exception.
    const stats = attempt(() => statSync(this.toAbsolute(file), { throwIfNoEntry: false }));
    const kind = stats?.isFile() ? 'file' : stats?.isDirectory() ? 'directory' : undefined;
    const stat = stats && kind ? ({ kind, size: stats.size } as const) : undefined;
    this.#stats.set(file, stat);
    return stat;
  }

  #listing(folder: FilePath, skip: ((folder: FilePath) => boolean) | undefined): Listing {
    const known = skip ? undefined : this.#listings.get(folder);
    if (known) return known;
    const found: FilePath[] = [];
    const unread: Problem[] = [];
    const leadsOut = this.#leadsOut(folder);
    const pending = leadsOut === 'above' ? [] : [folder];
    if (leadsOut === 'above') unread.push(linkProblem(folder, 'a folder that contains the workspace'));
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      const { files, folders, problem } = this.#list(current);
      if (problem) unread.push(problem);
      for (const name of files) found.push(joinPath(current, name));
      if (leadsOut && found.length > MOST_FILES_OUTSIDE) {
        unread.push(linkProblem(folder, `a folder with more than ${MOST_FILES_OUTSIDE} files`));
        found.length = 0;
        break;
      }
      for (const name of folders) {
        const below = joinPath(current, name);
        if (!skip?.(below)) pending.push(below);
      }
    }
    const listing = {
      files: found.sort(comparePaths),
      problems: unread.sort((a, b) => comparePaths(a.file ?? '', b.file ?? '')),
    };
    if (!skip) this.#listings.set(folder, listing);
    return listing;
  }

  /**
   * Where a folder is if a link on the way to it leaves the workspace: in a folder that contains the
   * workspace, in which a listing would never end, or elsewhere.
   */
  #leadsOut(folder: FilePath): 'above' | 'elsewhere' | undefined {
    const path = this.realPath(folder) ?? folder;
    if (isWithin('.', path)) return undefined;
    return /^\.\.(\/\.\.)*$/.test(path) ? 'above' : 'elsewhere';
  }

  #list(folder: FilePath): FolderEntries {
    const known = this.#entries.get(folder);
    if (known) return known;
    const files: string[] = [];
    const folders: string[] = [];
    const links: string[] = [];
    let problem: Problem | undefined;
    try {
      for (const entry of this.#namesIn(folder).entries()) {
        if (entry.isDirectory()) {
          if (!NEVER_ENTERED.has(entry.name)) folders.push(entry.name);
        } else if (entry.isFile()) {
          files.push(entry.name);
        } else if (entry.isSymbolicLink() && this.isFile(joinPath(folder, entry.name))) {
          files.push(entry.name);
          links.push(entry.name);
        }
      }
    } catch (error) {
      if (!isAbsent(error)) problem = unreadable(folder, error);
    }
    const entries: FolderEntries = {
      files: files.sort(comparePaths),
      folders: folders.sort(comparePaths),
      links,
      ...(problem && { problem }),
    };
    this.#entries.set(folder, entries);
    return entries;
  }
}

/** For questions with the same result for every failure: there is no usable file. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

const REMEDIES: Readonly<Record<string, string>> = {
  EISDIR: 'Replace the folder with a file, or remove it.',
  ELOOP: 'Fix the symbolic link.',
  ENAMETOOLONG: 'Shorten the path.',
  EMFILE: 'Run fewer tasks at the same time, or raise the limit of open files (`ulimit -n`).',
  ENFILE: 'Run fewer tasks at the same time, or raise the limit of open files.',
  EIO: 'Check the disk.',
};

function linkProblem(folder: FilePath, what: string): Problem {
  return {
    kind: 'unreadable',
    message: `${folder} is a link to ${what}, so it is not read.`,
    remedy: 'Link to the folder with the output itself, or remove the link.',
    file: folder,
  };
}

function unreadable(file: FilePath, error: unknown): Problem {
  const code = codeOf(error);
  const remedy = REMEDIES[code] ?? 'Give the current user permission to read it.';
  return { kind: 'unreadable', message: `${file} cannot be read (${code}).`, remedy, file };
}
