import type {
  BundleTrace,
  ExternalReference,
  LeftAliasReference,
  MissingReference,
  Reference,
  TraceRoot,
} from '../model/bundle-trace.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import type { FoundReference } from './found-reference.js';

/**
 * The modules of a trace, in the order reached, each with its record. A module that was only
 * scanned has none.
 */
export type TracedModules = ReadonlyMap<FilePath, ModuleRecord | undefined>;

/** What the walk needs to know about files. */
export interface TraceHost {
  /** Whether a path is that of a file of the package. */
  inside(file: FilePath): boolean;
  /** The outermost folder of a missing file that does not exist either. */
  absentFolder(file: FilePath): FilePath | undefined;
  /** What a file of the package refers to; undefined for a missing file. */
  read(file: FilePath, root: TraceRoot): ReadFile | undefined;
}

export interface ReadFile {
  /**
   * `module`: code, which may have no record; `other`: markup, styles and everything else without a
   * record.
   */
  readonly kind: 'module' | 'other';
  readonly record?: ModuleRecord;
  readonly references: readonly FoundReference[];
}

/**
 * Follows every reference from the roots, inside the package: one walk, each file read once. The
 * most certain roots come first, and a file belongs to the root that reaches it first.
 *
 * @returns the trace, and the modules that it visited
 */
export function traceBundle(
  host: TraceHost,
  roots: readonly TraceRoot[],
): { readonly trace: BundleTrace; readonly modules: TracedModules } {
  const walk = new Walk(host);
  for (const root of roots) walk.from(root);
  walk.dropLedTo();
  return { trace: walk, modules: walk.modules };
}

class Walk implements BundleTrace {
  roots: TraceRoot[] = [];
  readonly files = new Map<FilePath, Reference | undefined>();
  readonly missing: MissingReference[] = [];
  readonly leftAliases: LeftAliasReference[] = [];
  readonly externals: ExternalReference[] = [];
  readonly unknownFacts: UnknownFact[] = [];
  readonly modules = new Map<FilePath, ModuleRecord | undefined>();
  readonly #host: TraceHost;

  constructor(host: TraceHost) {
    this.#host = host;
  }

  from(root: TraceRoot): void {
    // A script that another file loads is no root.
    if (root.kind === 'script' && this.files.has(root.file)) return;
    if (!this.#host.inside(root.file)) return;
    const pending = this.files.has(root.file) ? [] : [root.file];
    this.roots.push(root);
    this.files.set(root.file, undefined);
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      // A stack: the last item is read next, so that the first reference of a file is followed
      // first.
      pending.push(...this.#enter(file, root).toReversed());
    }
  }

  /** Scripts that were roots, and that other files load, are parts of those. */
  dropLedTo(): void {
    const kept = this.roots.filter(({ kind, file }) => kind !== 'application' || !this.files.get(file));
    // If all programs load each other, there are no others.
    if (kept.length > 0) this.roots = kept;
  }

  #enter(file: FilePath, root: TraceRoot): readonly FilePath[] {
    const read = this.#host.read(file, root);
    if (!read) return [];
    const reached: FilePath[] = [];
    if (read.kind === 'module') this.modules.set(file, read.record);
    for (const found of read.references) this.#follow(found, root, reached);
    return reached;
  }

  #follow(found: FoundReference, root: TraceRoot, pending: FilePath[]): void {
    if (found.outcome === 'unknown') {
      this.unknownFacts.push(found.unknownFact);
      return;
    }
    // A script that may never run needs nothing with certainty.
    const reference = root.kind === 'script' ? { ...found.reference, soft: true } : found.reference;
    switch (found.outcome) {
      case 'missing': {
        const absentFolder = this.#host.absentFolder(found.target);
        this.missing.push({
          ...reference,
          target: found.target,
          near: found.near,
          ...(absentFolder !== undefined && { absentFolder }),
          ...(found.untyped && { untyped: found.untyped }),
          ...(found.fromSite && { fromSite: found.fromSite }),
          ...(found.unserved !== undefined && { unserved: found.unserved }),
        });
        return;
      }
      case 'left-alias':
        this.leftAliases.push({ ...reference, alias: found.alias });
        return;
      case 'external': {
        const { packageName, project, typesFrom } = found;
        this.externals.push({
          ...reference,
          packageName,
          root,
          ...(project !== undefined && { project }),
          ...(typesFrom !== undefined && { typesFrom }),
        });
        return;
      }
      case 'file':
        this.#reach(found.file, reference, pending);
    }
  }

  /** It was assumed to be a root, and another file loads it. */
  #isGuessed(file: FilePath, { place, typesOnly }: Reference): boolean {
    return (
      place.file !== file &&
      !typesOnly &&
      this.roots.some((root) => root.file === file && root.kind === 'application')
    );
  }

  #reach(file: FilePath, reference: Reference, pending: FilePath[]): void {
    if (!this.#host.inside(file)) return;
    const known = this.files.get(file);
    if (!this.files.has(file)) pending.push(file);
    else if (known === undefined ? !this.#isGuessed(file, reference) : firmness(known) >= firmness(reference))
      return;
    this.files.set(file, reference);
  }
}

/** Higher if a failure without the file is more certain. */
function firmness({ soft, guarded, deferred, typesOnly }: Reference): number {
  return (typesOnly ? 0 : 8) + (guarded ? 0 : 4) + (soft ? 0 : 2) + (deferred ? 0 : 1);
}
