import { hash } from 'node:crypto';
import { remembered } from '../collections/remembered.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import { languageOf } from '../parse/language-of.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin, joinPath } from '../read/file-path.js';
import type { Resolution } from '../resolve/resolution.js';
import type { Resolver } from '../resolve/resolver.js';

export interface ClosureContext {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  checkedElsewhere(project: string): ReadonlySet<string>;
}

/** A proof that an entry file of a package loads, with everything that it loads from packages of the workspace. */
interface KeptClosure {
  /** The entry files on the way. */
  readonly entries: readonly FilePath[];
  /** The packages on the way, by root, with the state of their output. */
  readonly packages: readonly (readonly [root: FilePath, digest: string])[];
  /** The specifiers on the way that are no paths, with one importer each, and what they resolve to. */
  readonly specifiers: readonly (readonly [from: FilePath, specifier: string, meaning: string])[];
}

/** What a search through packages has seen, if all of it is valid. */
export interface SeenClosure {
  readonly entry: FilePath;
  readonly entries: ReadonlySet<FilePath>;
  /** All files that the entries may load, by entry. */
  readonly files: ReadonlyMap<FilePath, Iterable<FilePath>>;
}

/**
 * A proof compares all files of a package. It is not worth that for an entry point that loads only a small part of them, such as one
 * icon of thousands.
 */
const LARGEST_REST = 10;

/**
 * Keeps for later processes which entry files load with everything behind them, because every
 * dependent of a hub would prove it again.
 *
 * A proof is used only if everything that it was made from is the same: the manifests and the
 * configuration of the workspace, the names and texts of all built files of each package on the way,
 * and what each specifier resolves to. If something else could matter (links, files outside of the
 * outputs, `#` imports, names from installed packages), nothing is kept.
 */
export class KeptClosures {
  readonly #context: ClosureContext;
  /** The proofs that hold, by their entry files; undefined for other files. */
  readonly #proofs = new Map<FilePath, KeptClosure | undefined>();
  /** Entry files on the way of a proof, which is a proof for them as well. */
  readonly #behind = new Map<FilePath, KeptClosure>();
  readonly #digests = new Map<string, string | undefined>();
  /** Views under different conditions keep proofs of their own. */
  readonly #kind: string;
  #version: string | undefined;

  constructor(context: ClosureContext) {
    this.#context = context;
    this.#kind = `closure ${JSON.stringify(context.resolver.settings)}`;
  }

  /** Whether an entry file loads according to a proof of an earlier process. */
  proves(entry: FilePath): boolean {
    const { modules } = this.#context;
    if (!modules.keepsFacts || languageOf(entry) !== 'js') return false;
    const proof = remembered(this.#proofs, entry, () => {
      const kept = modules.keptFact(entry, this.#kind, this.#versionOfWorkspace()) as KeptClosure | undefined;
      return kept && this.#holds(kept) ? kept : undefined;
    });
    for (const other of proof?.entries ?? []) this.#behind.set(other, proof!);
    return proof !== undefined;
  }

  /** Whether an entry file is on the way of a proof, so that nothing that it imports is broken. */
  isBehindProof(entry: FilePath): boolean {
    return this.#behind.has(entry);
  }

  /** Keeps a proof if it follows from what this class can compare. */
  keep({ entry, entries, files }: SeenClosure): void {
    const { modules, resolver } = this.#context;
    if (!modules.keepsFacts) return;
    const all = new Set(entries);
    const packages = new Map<FilePath, string>();
    const specifiers = new Map<string, readonly [FilePath, string, string]>();
    for (const file of entries) {
      const proof = this.#behind.get(file);
      if (proof) {
        for (const other of proof.entries) all.add(other);
        for (const [root, digest] of proof.packages) packages.set(root, digest);
        for (const one of proof.specifiers) specifiers.set(`${folderOf(one[0])}\n${one[1]}`, one);
        continue;
      }
      const pkg = resolver.workspacePackageOf(file);
      const visited = new Set([file, ...(files.get(file) ?? [])]);
      if (!pkg || visited.size * LARGEST_REST < this.#filesOf(pkg).length) return;
      const digest = this.#digestOf(pkg);
      if (digest === undefined) return;
      packages.set(pkg.root, digest);
      for (const seen of visited) {
        const bare = this.#bareIn(seen, pkg);
        if (!bare) return;
        for (const specifier of bare) {
          const key = `${folderOf(seen)}\n${specifier}`;
          if (!specifiers.has(key)) specifiers.set(key, [seen, specifier, this.#meaningOf(seen, specifier)]);
        }
      }
    }
    const kept: KeptClosure = {
      entries: [...all],
      packages: [...packages],
      specifiers: [...specifiers.values()],
    };
    modules.keepFact(entry, this.#kind, this.#versionOfWorkspace(), kept);
  }

  #holds({ packages, specifiers }: KeptClosure): boolean {
    const byRoot = new Map(this.#context.workspace.packages.map((pkg) => [pkg.root, pkg]));
    return (
      packages.every(([root, digest]) => {
        const pkg = byRoot.get(root);
        return pkg !== undefined && this.#digestOf(pkg) === digest;
      }) && specifiers.every(([from, specifier, meaning]) => this.#meaningOf(from, specifier) === meaning)
    );
  }

  /** The specifiers in a file that are no paths; undefined if the file may depend on something else. */
  #bareIn(file: FilePath, pkg: WorkspacePackage): readonly string[] | undefined {
    const { modules, resolver } = this.#context;
    const isInOutput = (path: FilePath): boolean => pkg.outputs.some((output) => isWithin(output, path));
    const scan = modules.scan(file);
    if (!scan || scan.hidden || languageOf(file) !== 'js' || !isInOutput(file)) return undefined;
    const folder = folderOf(file) ?? '.';
    if (!scan.localPaths.every((path) => !path.startsWith('#') && isInOutput(joinPath(folder, path))))
      return undefined;
    const record = modules.knownRecord(file);
    if (!record) return scan.linksOtherwise ? undefined : scan.mentioned;
    const requests = record.requests.filter(({ specifier }) => !/^\.{1,2}(?:\/|$)/.test(specifier));
    if (record.requests.some(({ base }) => base !== undefined)) return undefined;
    if (requests.some(({ specifier }) => specifier.startsWith('#'))) return undefined;
    const isOfWorkspace = (specifier: string): boolean =>
      resolver.resolve(specifier, file, { mode: 'import', phase: 'runtime' }).kind === 'package';
    if (!passedOnBy(record).every((specifier) => specifier.startsWith('.') || isOfWorkspace(specifier)))
      return undefined;
    return [...new Set([...scan.mentioned, ...requests.map(({ specifier }) => specifier)])];
  }

  /** What a specifier resolves to. Installed packages do not matter, as long as they are no aliases. */
  #meaningOf(from: FilePath, specifier: string): string {
    const { resolver, modules } = this.#context;
    const alias = resolver.leftAlias(specifier, from) ? 'alias' : '';
    if (!modules.scan(from)?.mentioned.includes(specifier)) return alias;
    const meanings = (['import', 'require'] as const).map((mode) =>
      meaningOf(resolver.resolve(specifier, from, { mode, phase: 'runtime' })),
    );
    return [alias, ...meanings].join(' | ');
  }

  /**
   * The state of everything that a package has built: the names of all files, and the texts of those
   * that are loaded at run time; undefined if that is not all.
   */
  #digestOf(pkg: WorkspacePackage): string | undefined {
    return remembered(this.#digests, pkg.root, () => {
      const { disk, modules } = this.#context;
      const { outputs, root, source, problem } = pkg;
      if (outputs.length === 0 || root === '.' || !source || problem) return undefined;
      const parts: string[] = [];
      for (const output of outputs) {
        const isBeside = folderOf(output) === root || disk.isFile(joinPath(output, 'package.json'));
        if (!isBeside || disk.kindOf(output) !== 'directory' || disk.realPath(output) !== output)
          return undefined;
        if (disk.hasLinksIn(output)) return undefined;
      }
      for (const file of this.#filesOf(pkg)) {
        const language = languageOf(file);
        const isText = language !== 'dts' && language !== 'asset';
        parts.push(file, isText ? (modules.textHashOf(file) ?? '') : '');
      }
      return hash('sha256', parts.join('\n'), 'base64url');
    });
  }

  #filesOf({ outputs }: WorkspacePackage): readonly FilePath[] {
    return outputs.flatMap((output) => this.#context.disk.listFiles(output));
  }

  /** Everything besides built files that decides how imports resolve. */
  #versionOfWorkspace(): string {
    return (this.#version ??= this.#makeVersion());
  }

  #makeVersion(): string {
    const { workspace, checkedElsewhere } = this.#context;
    const { packages, pathAliases, rootManifest } = workspace;
    const parts = packages.map(({ source, published, ...pkg }) => [
      { ...pkg, leaveOut: undefined },
      source?.text,
      published?.text,
      published && JSON.stringify(published.json),
      [...checkedElsewhere(pkg.project)].sort(),
    ]);
    const text = JSON.stringify([parts, pathAliases, rootManifest?.text]);
    return hash('sha256', text, 'base64url');
  }
}

/** The modules whose names a module passes on. */
function passedOnBy({ exports, requests, commonjs }: ModuleRecord): readonly string[] {
  return [
    ...exports.flatMap((entry) =>
      'request' in entry && entry.request !== undefined ? (requests[entry.request]?.specifier ?? []) : [],
    ),
    ...(commonjs?.assignedFrom ?? []),
    ...(commonjs?.membersOf ?? []).map(({ specifier }) => specifier),
    ...(commonjs?.passedThrough ?? []).map(({ specifier }) => specifier),
    ...(commonjs?.lexed.reexports ?? []),
    ...(commonjs?.assigned ?? []).flatMap(({ from = [], module }) => [
      ...from.map(({ specifier }) => specifier),
      ...(module === undefined ? [] : [module]),
    ]),
  ];
}

function meaningOf(resolution: Resolution): string {
  if (resolution.kind !== 'package') return resolution.kind;
  const { pkg, entry } = resolution;
  return `${pkg.project} ${entry.outcome === 'file' ? entry.file : entry.outcome}`;
}
