import { createRequire } from 'node:module';
import type { FilePath } from '../model/place.js';
import type { PackageJson } from '../model/workspace.js';
import type { Disk } from '../read/disk.js';
import { VerifyError } from '../model/problem.js';
import type { Problem } from '../model/problem.js';
import { joinPath } from '../read/file-path.js';
import { isCostlyGlob, isPlain, segmentTest, tooCostly } from '../read/glob-test.js';
import type { PackRule } from './pack-rule.js';
import { ruleLines } from './pack-rule.js';
import { packedFields } from './packed-fields.js';
import { plainlyListed } from './plainly-listed.js';

/** npm-packlist looks at all folders above each folder, for each rule. Real output has fewer than 20 levels. */
const MOST_LEVELS = 60;

/** What is packed, and by which rules. */
export interface PackRequest {
  /** The folder that is packed. */
  readonly root: FilePath;
  readonly manifest: PackageJson;
  /** Paths below the root, relative to it; only these are decided. */
  readonly wanted: readonly FilePath[];
  /** The workspace's folders, where the package is packed as a member of an npm workspace. */
  readonly members?: readonly FilePath[];
}

/** The parts of minimatch's class that are used. */
interface Rule {
  /** One list of segments for each alternative. */
  readonly set: unknown[][];
  match(path: string, partial?: boolean): boolean;
}

/** The parts of npm-packlist's walker that are missing in its types. */
interface Walker {
  readonly path: string;
  readonly isPackage: boolean;
  readonly ignoreFiles: readonly (string | symbol)[];
  readonly ignoreRules: Record<string | symbol, Rule[] | null>;
  readonly result: Set<string>;
  addIgnoreFile(file: string, then: () => void): void;
  onReadIgnoreFile(file: string | symbol, text: string, then: () => void): void;
  onReaddir(entries: string[]): void;
  onstat(entry: StatRequest & { st: FakeStat }, then: () => void): void;
  filterEntry(entry: string, partial?: boolean, baseName?: string): boolean;
  walkerOpt(entry: string, options: object): object;
}

interface StatRequest {
  readonly entry: string;
  readonly file: boolean;
  readonly dir: boolean;
}

interface FakeStat {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** What all walkers of one walk share. */
interface Walk {
  readonly disk: Disk;
  /** Absolute folder → the names in it that contain a wanted file. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
  /** The rule that matched last, and those by which an entry was left out, by absolute path. */
  last: PackRule | undefined;
  readonly leftOut: Map<string, PackRule | undefined>;
}

type WalkerClass = new (tree: object, options: object) => Walker & { start(): unknown };

let loaded: ReturnType<typeof defineWalker> | undefined;

/**
 * Which of the wanted files `npm pack` packs: npm-packlist's own walker and rules, made
 * synchronous. The walker only enters folders that contain a wanted file.
 *
 * @returns the excluding rule for each wanted file that is left out; packed files are not listed
 * @throws VerifyError `unreadable` if an ignore file cannot be read, or a wanted file is too deep
 */
export function leftOutByNpm(disk: Disk, request: PackRequest): ReadonlyMap<FilePath, PackRule | undefined> {
  const isListed = plainlyListed(disk, request.root, request.manifest);
  const wanted = request.wanted.filter((path) => !isListed(path));
  if (wanted.length === 0) return new Map();
  const deep = wanted.find((path) => path.split('/').length > MOST_LEVELS);
  if (deep !== undefined) throw new VerifyError(tooDeep(joinPath(request.root, deep)));
  const root = slashed(disk.toAbsolute(request.root));
  const walk: Walk = {
    disk,
    names: namesLeadingTo(root, wanted),
    last: undefined,
    leftOut: new Map(),
  };
  loaded ??= defineWalker();
  const tree = {
    path: root,
    package: packedFields(request.manifest),
    isProjectRoot: true,
    edgesOut: new Map(),
  };
  const walker = loaded(tree, walk, {
    path: root,
    isPackage: true,
    ...(request.members && {
      prefix: slashed(disk.root),
      workspaces: request.members.map((member) => slashed(disk.toAbsolute(member))),
    }),
  });
  const out = new Map<FilePath, PackRule | undefined>();
  for (const path of wanted) {
    if (!walker.result.has(path)) out.set(path, ruleFor(walk.leftOut, root, path));
  }
  return out;
}

/**
 * The rule that left the file out, or the nearest folder above it: the walker does not enter a
 * folder that is left out.
 */
function ruleFor(leftOut: Walk['leftOut'], root: string, path: FilePath): PackRule | undefined {
  const parts = path.split('/');
  for (let length = parts.length; length > 0; length--) {
    const at = `${root}/${parts.slice(0, length).join('/')}`;
    if (leftOut.has(at)) return leftOut.get(at);
  }
  return undefined;
}

/** npm-packlist is loaded with the first package that needs it. */
function defineWalker(): (tree: object, walk: Walk, options: object) => Walker {
  const packlist = createRequire(import.meta.url)('npm-packlist') as { readonly Walker: WalkerClass };

  class NeededFilesWalker extends packlist.Walker {
    readonly walk: Walk;
    readonly tree: object;

    constructor(tree: object, walk: Walk, options: object) {
      super(tree, options);
      this.tree = tree;
      this.walk = walk;
      // The constructor above already added npm's own rules before the walk existed.
      for (const file of Object.getOwnPropertySymbols(this.ignoreRules)) this.#watch(file, '');
    }

    override start(): this {
      const names = [...(this.walk.names.get(this.path) ?? [])];
      const folder = this.walk.disk.toFilePath(this.path);
      const rules = this.ignoreFiles.filter(
        (file): file is string => typeof file === 'string' && this.walk.disk.isFile(joinPath(folder, file)),
      );
      this.onReaddir([...new Set([...names, ...rules])]);
      return this;
    }

    override addIgnoreFile(file: string, then: () => void): void {
      if (file === 'package.json' && this.isPackage) super.addIgnoreFile(file, then);
      else this.onReadIgnoreFile(file, this.walk.disk.readText(this.#filePath(file)) ?? '', then);
    }

    override onReadIgnoreFile(file: string | symbol, text: string, then: () => void): void {
      const costly = ruleLines(text).find((line) => isCostlyGlob(line.text) && !isPlain(line.text));
      if (costly) throw new VerifyError(tooCostly(costly.text, this.#filePath(String(file))));
      super.onReadIgnoreFile(file, text, () => {});
      for (const rule of this.ignoreRules[file] ?? []) makeLinear(rule);
      if (this.walk) this.#watch(file, text);
      then();
    }

    override filterEntry(entry: string, partial?: boolean, baseName?: string): boolean {
      if (baseName === undefined) this.walk.last = undefined;
      const taken = super.filterEntry(entry, partial, baseName);
      if (!taken && baseName === undefined) this.walk.leftOut.set(`${this.path}/${entry}`, this.walk.last);
      return taken;
    }

    stat(request: StatRequest, then: () => void): void {
      const file = this.#filePath(request.entry);
      const kind = this.walk.disk.isLink(file) ? 'link' : this.walk.disk.kindOf(file);
      // Windows has no such names; npm refuses them everywhere.
      const refused = request.entry.includes('*');
      if (kind === 'link' || refused) {
        const source = { kind: refused ? ('npm' as const) : ('link' as const) };
        this.walk.leftOut.set(`${this.path}/${request.entry}`, { source, text: '*', start: 0, end: 0 });
      }
      if (refused || kind === undefined) then();
      else {
        const st = {
          isFile: () => kind === 'file',
          isDirectory: () => kind === 'directory',
          isSymbolicLink: () => false,
        };
        this.onstat({ ...request, st }, then);
      }
    }

    walker(entry: string, options: object, then: () => void): void {
      new NeededFilesWalker(this.tree, this.walk, this.walkerOpt(entry, options)).start();
      then();
    }

    /**
     * The base class waits for bundled dependencies, which takes promises. They are no files of the
     * package.
     */
    emit(event: string, data: unknown): boolean {
      if (event === 'error') throw data;
      return true;
    }

    #filePath(entry: string): FilePath {
      return joinPath(this.walk.disk.toFilePath(this.path), entry);
    }

    /** Records each rule that matches a path. The last matching rule decides. */
    #watch(file: string | symbol, text: string): void {
      const source =
        typeof file === 'symbol'
          ? { kind: 'npm' as const }
          : file === 'package.json'
            ? { kind: 'files' as const }
            : { kind: 'ignore-file' as const, file: this.#filePath(file) };
      const lines = typeof file === 'symbol' ? [] : ruleLines(text);
      this.ignoreRules[file]?.forEach((rule, index) => {
        const match = rule.match.bind(rule);
        const line = lines[index] ?? { text: (rule as { pattern?: string }).pattern ?? '', start: 0, end: 0 };
        rule.match = (path, partial) => {
          const matches = match(path, partial);
          if (matches) this.walk.last = { source, ...line };
          return matches;
        };
      });
    }
  }

  return (tree, walk, options) => new NeededFilesWalker(tree, walk, options).start();
}

/** The property in which minimatch keeps the text of an expression. */
const GLOB = '_glob';

/** Replaces the expressions of segments with many stars, for which minimatch backtracks. */
function makeLinear({ set }: Rule): void {
  for (const segments of set) {
    for (const [index, segment] of segments.entries()) {
      const glob = segment instanceof RegExp ? (segment as { readonly [GLOB]?: unknown })[GLOB] : undefined;
      if (typeof glob === 'string' && isPlain(glob) && isCostlyGlob(glob))
        segments[index] = { test: segmentTest(glob, { dot: true, nocase: true }) };
    }
  }
}

function tooDeep(file: FilePath): Problem {
  return {
    kind: 'unreadable',
    message: `${file.slice(0, 60)}… is in a folder more than ${MOST_LEVELS} levels deep, so what npm packs is not checked.`,
    remedy: 'Remove folders of the path, or remove the file.',
    file,
  };
}

function namesLeadingTo(root: string, wanted: readonly FilePath[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const path of wanted) {
    let folder = root;
    for (const part of path.split('/')) {
      const known = names.get(folder);
      if (known) known.add(part);
      else names.set(folder, new Set([part]));
      folder = `${folder}/${part}`;
    }
  }
  return names;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
