import { remembered } from '../collections/remembered.js';
import type { TraceRoot } from '../model/bundle-trace.js';
import type { EntryResolution, LinkError, Mode } from '../model/demand.js';
import type { EarlyRead } from '../model/early-read.js';
import type { InstalledMismatch } from '../model/installed-mismatch.js';
import type { ModuleRequest } from '../model/module-record.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import type { FilePath } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import type { UnloadableEntry } from '../model/unloadable-entry.js';
import type { EntryPoint, PackageJson, Variant, Workspace, WorkspacePackage } from '../model/workspace.js';
import type { LoadFacts } from '../parse/load-facts.js';
import type { LoadOrder } from '../parse/load-order.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import { joinPath } from '../read/file-path.js';
import { askedFrom } from '../resolve/asked-from.js';
import { InstalledEntries } from '../resolve/installed-entries.js';
import type { Resolver } from '../resolve/resolver.js';
import type { Surfaces } from '../surface/surfaces.js';
import type { PackageRuntimes } from '../trace/package-runtimes.js';
import type { Traces } from '../trace/traces.js';
import { earlyReads } from './early-reads.js';
import { earlyUses } from './early-uses.js';
import { engineRefusals, enginesRangeOf } from './engine-refusals.js';
import { installedMismatches, unknownOfInstalled } from './installed-mismatches.js';
import { installedStyleMismatches } from './installed-styles.js';
import type { KeptClosures } from './kept-closures.js';
import { linkErrorsFrom, linkErrorsOf, loadedWith, unlistedLink, unsetExports } from './link-errors.js';
import { mixedCycles } from './mixed-cycles.js';
import { nodeRefusals, reachedInside } from './node-refusals.js';
import { resolvesAliasesAtRunTime } from './run-time-aliases.js';
import type { NodeView } from './node-refusals.js';
import { SoundForNode } from './sound-for-node.js';
import { SoundLinks } from './sound-links.js';
import { unloadableEntries } from './unloadable-entries.js';

/** What the search for load errors needs from the workspace. */
export interface LoadContext {
  readonly closures: KeptClosures;
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  readonly surfaces: Surfaces;
  readonly traces: Pick<Traces, 'of' | 'from' | 'modulesOf'>;
  readonly runtimes: PackageRuntimes;
  entryPointsOf(pkg: WorkspacePackage): readonly EntryPoint[];
  /** The projects whose packages depend on each other in a cycle with the project, itself included. */
  circleOf(project: string): ReadonlySet<string>;
  /** Providers whose own tasks check the project's imports from them. */
  checkedElsewhere(project: string): ReadonlySet<string>;
}

/**
 * What fails when the output of packages is loaded: link errors, what Node refuses, and names that
 * are read too early.
 */
export class LoadErrors {
  readonly #context: LoadContext;
  readonly #errorsOf = new Map<FilePath, readonly LinkError[]>();
  readonly #aliasesFail = new Map<string, boolean>();
  readonly #realErrors = new Map<string, readonly LinkError[]>();
  readonly #unknownLinks = new Map<FilePath, UnknownFact | undefined>();
  readonly #errorsFrom = new Map<FilePath, readonly LinkError[]>();
  readonly #soundLinks: SoundLinks;
  readonly #installed: InstalledEntries;
  #soundForNode: SoundForNode | undefined;

  constructor(context: LoadContext) {
    this.#context = context;
    this.#installed = new InstalledEntries(context.disk);
    this.#soundLinks = new SoundLinks({
      surfaces: context.surfaces,
      scan: (file) => context.modules.scan(file),
      hasErrors: (file) => this.#linkErrorsOf(file).length > 0,
    });
  }

  /**
   * Why an entry file of a package does not link.
   *
   * @param by the package whose output Node links to it, if it is another one
   */
  linkErrors(pkg: WorkspacePackage, entry: FilePath, by?: WorkspacePackage): readonly LinkError[] {
    const errors = this.#allLinkErrors(pkg, entry);
    if (errors.length === 0) return errors;
    const onNode = by !== undefined || this.#context.runtimes.of(pkg).node;
    const isReal = (error: LinkError): boolean =>
      error.kind !== 'missing-module' ||
      ((!error.nodeOnly || onNode) &&
        !error.forBundlers &&
        (!error.alias || this.aliasesFail(pkg) || (by !== undefined && this.aliasesFail(by))));
    // Callers group imports by this list.
    const key = `${entry}\n${pkg.project}\n${by?.project ?? ''}`;
    return remembered(this.#realErrors, key, () => errors.filter(isReal));
  }

  /** Why it is unknown whether an entry file links, if it has no link errors; see `linkErrors`. */
  unknownLink(pkg: WorkspacePackage, entry: FilePath, by?: WorkspacePackage): UnknownFact | undefined {
    const isOnlyForNode = this.#allLinkErrors(pkg, entry).some(
      (error) => error.kind === 'missing-module' && error.nodeOnly,
    );
    if (!isOnlyForNode || this.linkErrors(pkg, entry, by).length > 0) return undefined;
    return remembered(this.#unknownLinks, entry, () => {
      const { resolver, surfaces } = this.#context;
      for (const file of loadedWith(surfaces, entry, (each) => resolver.owns(pkg, each))) {
        const unknownFact = unlistedLink(surfaces, file);
        if (unknownFact) return unknownFact;
      }
      return undefined;
    });
  }

  #allLinkErrors(pkg: WorkspacePackage, entry: FilePath): readonly LinkError[] {
    const { resolver, surfaces, closures } = this.#context;
    return remembered(this.#errorsFrom, entry, () => {
      const inside = (file: FilePath): boolean => resolver.owns(pkg, file);
      // The proof covers links. What an entry file reads when it loads follows from its record, which all callers need anyway.
      if (closures.proves(entry) || this.#soundLinks.provenFrom(entry, inside))
        return unsetExports(surfaces, entry);
      return linkErrorsFrom(surfaces, entry, inside, (file) => this.#linkErrorsOf(file));
    });
  }

  /** Whether a path alias in a package's output fails: outsiders load it, or Node does, and nothing resolves aliases there. */
  aliasesFail(pkg: WorkspacePackage): boolean {
    const { modules, runtimes, traces } = this.#context;
    return remembered(this.#aliasesFail, pkg.project, () => {
      const { node, startedByNode, signs } = runtimes.of(pkg);
      // Without known outputs these may be sources, and a bundler may read them.
      const byNode = pkg.outputs.length > 0 ? node : startedByNode;
      if (!pkg.publication.published && !byNode) return false;
      return !resolvesAliasesAtRunTime(traces.modulesOf(pkg), signs, (file) => modules.scan(file));
    });
  }

  #linkErrorsOf(file: FilePath): readonly LinkError[] {
    return remembered(this.#errorsOf, file, () =>
      linkErrorsOf(this.#context.surfaces, file, (each) => this.#context.modules.undeclaredExports(each)),
    );
  }

  /**
   * What Node refuses in the output that it loads through the package's literal entry points, its
   * commands, or as an application.
   */
  nodeRefusals(pkg: WorkspacePackage): readonly NodeRefusal[] {
    const { resolver } = this.#context;
    const view = this.#nodeView((file) => resolver.owns(pkg, file));
    const runsOnNode = this.#context.runtimes.of(pkg).node;
    const entries = this.#nodeEntriesOf(pkg);
    const refusalsFrom = (files: readonly FilePath[]): readonly NodeRefusal[] =>
      nodeRefusals(view, files, runsOnNode, (entry) => this.#provenForNode(entry));
    return [
      ...withWildcards(refusalsFrom(entries), refusalsFrom(this.#namedEntriesOf(pkg, entries))),
      ...this.#engineRefusals(pkg, entries),
    ];
  }

  /** Without the files that only a wildcard of the manifest offers; all, if there are no others. */
  #namedEntriesOf(pkg: WorkspacePackage, entries: readonly FilePath[]): readonly FilePath[] {
    const runtime = this.#context
      .entryPointsOf(pkg)
      .flatMap(({ variants }) => variants.filter(({ phase }) => phase === 'runtime'));
    const isNamed = ({ target }: Variant): boolean => !target.includes('*');
    const named = new Set(runtime.filter(isNamed).map(({ file }) => file));
    const wild = new Set(runtime.filter((variant) => !isNamed(variant)).map(({ file }) => file));
    if (wild.size === 0 || !entries.some((file) => named.has(file))) return entries;
    return entries.filter((file) => named.has(file) || !wild.has(file));
  }

  #engineRefusals(pkg: WorkspacePackage, entries: readonly FilePath[]): readonly NodeRefusal[] {
    const { node, browser } = this.#context.runtimes.of(pkg);
    const engines = enginesRangeOf(pkg.published ?? pkg.source);
    if (!engines || (browser && !node)) return [];
    const { resolver } = this.#context;
    return engineRefusals(
      this.#nodeView((file) => resolver.owns(pkg, file)),
      entries,
      engines,
    );
  }

  /** Entry points of a published package that Node cannot link or parse, if nothing says which runtime loads them. */
  unloadableEntries(pkg: WorkspacePackage): readonly UnloadableEntry[] {
    const { resolver, modules, traces, runtimes } = this.#context;
    const { node, browser } = runtimes.of(pkg);
    if (!pkg.publication.published || node || browser) return [];
    const view = this.#nodeView((file) => resolver.owns(pkg, file));
    // Code that uses Node's modules is checked file by file.
    if (this.nodeRefusals(pkg).length > 0) return [];
    return unloadableEntries({
      entries: this.#entryFilesOf(pkg),
      isSound: (file) => this.#provenForNode(file),
      refusalsFrom: (file) => nodeRefusals(view, [file], true, (entry) => this.#provenForNode(entry)),
      modules: () => traces.modulesOf(pkg),
      text: (file) => modules.text(file),
    });
  }

  /** The entry points with a literal subpath, as Node resolves them. */
  #entryFilesOf(pkg: WorkspacePackage): readonly Extract<EntryResolution, { readonly outcome: 'file' }>[] {
    const literal = this.#context.entryPointsOf(pkg).filter(({ subpath }) => !subpath.includes('*'));
    return literal.flatMap(({ subpath }) =>
      (['import', 'require'] as const).flatMap((mode) => {
        const entry = this.#context.resolver.resolveEntry(pkg, subpath, { mode, phase: 'runtime' });
        return entry.outcome === 'file' ? entry : [];
      }),
    );
  }

  /** The files that Node loads first: entry points under its conditions, commands, and applications. */
  #nodeEntriesOf(pkg: WorkspacePackage): readonly FilePath[] {
    const hasEntryPoints = this.#context.entryPointsOf(pkg).some(({ subpath }) => !subpath.includes('*'));
    const programs = this.#rootsOf(pkg, hasEntryPoints ? ['command'] : ['command', 'application']);
    return [...this.#entryFilesOf(pkg).map(({ file }) => file), ...programs];
  }

  #provenForNode(entry: FilePath): boolean {
    this.#soundForNode ??= new SoundForNode(this.#nodeView(() => false));
    return this.#soundForNode.provenFrom(entry);
  }

  /** @param isOwn whether a file belongs to the checked package */
  #nodeView(isOwn: (file: FilePath) => boolean): NodeView {
    const { modules, resolver } = this.#context;
    return {
      resolver,
      record: (file) => modules.record(file),
      text: (file) => modules.text(file),
      scan: (file) => modules.scan(file),
      wrapperUses: (file) => modules.wrapperUses(file),
      inside(file) {
        if (isOwn(file)) return 'own';
        return resolver.workspacePackageOf(file) && !file.includes('node_modules/') ? 'other' : undefined;
      },
      entryOf: (file, request) => this.#entryAskedFor(file, request),
    };
  }

  /** As Node resolves it; undefined if the provider's own task checks the request. */
  #entryAskedFor(file: FilePath, request: ModuleRequest): FilePath | undefined {
    const { resolver } = this.#context;
    const mode = request.form === 'require' ? 'require' : 'import';
    const from = askedFrom(file, request);
    const found = resolver.resolve(request.specifier, from, { mode, phase: 'runtime' });
    if (found.kind !== 'package' || found.entry.outcome !== 'file') return undefined;
    const importer = resolver.workspacePackageOf(file);
    const elsewhere = importer && this.#context.checkedElsewhere(importer.project).has(found.pkg.project);
    return elsewhere ? undefined : found.entry.file;
  }

  /** What the package's output imports from installed packages that these do not have. */
  installedMismatches(pkg: WorkspacePackage): {
    readonly mismatches: readonly InstalledMismatch[];
    readonly unknownFacts: readonly UnknownFact[];
  } {
    const { disk, modules, resolver, surfaces, traces, runtimes, workspace } = this.#context;
    const view = {
      disk,
      surfaces,
      installed: this.#installed,
      settings: resolver.settings,
      record: (file: FilePath) => modules.record(file),
      inside: (file: FilePath) => resolver.owns(pkg, file),
      isInstalled: (specifier: string, from: FilePath, mode: Mode) =>
        resolver.resolve(specifier, from, { mode, phase: 'runtime' }).kind === 'external',
    };
    const { node, browser } = runtimes.of(pkg);
    const trace = traces.of(pkg);
    const more = listedModulesOf(disk, pkg).filter((file) => !trace.files.has(file));
    const entries = [...this.#nodeEntriesOf(pkg), ...more];
    const byNode =
      node && !browser
        ? reachedInside(
            this.#nodeView((file) => resolver.owns(pkg, file)),
            entries,
          )
        : new Set<FilePath>();
    const compared = [trace, ...(more.length > 0 ? [traces.from(pkg, more)] : [])].map((each) =>
      installedMismatches(view, each, byNode),
    );
    const styles = installedStyleMismatches(
      { disk, workspace, installed: this.#installed },
      pkg,
      trace.files,
    );
    return {
      mismatches: [...compared.flatMap(({ mismatches }) => mismatches), ...styles],
      unknownFacts: unknownOfInstalled(compared.flatMap(({ unknown }) => unknown)),
    };
  }

  /** Names that modules of the package, and of packages in a cycle with it, read too early, by the entry file that is loaded. */
  earlyReads(pkg: WorkspacePackage): readonly EarlyRead[] {
    const { modules, resolver, surfaces } = this.#context;
    const facts = new Map<FilePath, LoadFacts>();
    const orders = new Map<FilePath, LoadOrder>();
    const circle = this.#context.circleOf(pkg.project);
    const ownerOf = (file: FilePath): string | undefined => {
      if (resolver.owns(pkg, file)) return pkg.project;
      const owner = circle.size > 1 ? resolver.workspacePackageOf(file)?.project : undefined;
      return owner !== undefined && circle.has(owner) && !file.includes('node_modules/') ? owner : undefined;
    };
    const view = {
      surfaces,
      inside: (file: FilePath) => ownerOf(file) !== undefined,
      mayCross: (specifier: string) => circle.size > 1 || /^[.#]/.test(specifier),
      projectOf: (file: FilePath) => ownerOf(file) ?? pkg.project,
      loadFacts: (file: FilePath) => remembered(facts, file, () => modules.loadFacts(file)),
      loadOrder: (file: FilePath) => remembered(orders, file, () => modules.loadOrder(file)),
    };
    const entries = this.#rootsOf(pkg, ['entry-point', 'command', 'application']);
    const mayMix = this.#context.runtimes.of(pkg).node && (circle.size > 1 || this.#mixesFormats(pkg));
    return [
      ...earlyReads(view, entries),
      ...earlyUses(view, entries),
      ...(mayMix ? mixedCycles({ ...view, disk: resolver.disk }, entries) : []),
    ];
  }

  #mixesFormats(pkg: WorkspacePackage): boolean {
    const formats = new Set<boolean>();
    for (const record of this.#context.traces.modulesOf(pkg).values())
      if (record?.language === 'js') formats.add(record.hasModuleSyntax);
    return formats.size > 1;
  }

  #rootsOf(pkg: WorkspacePackage, kinds: readonly TraceRoot['kind'][]): readonly FilePath[] {
    return this.#context.traces.of(pkg).roots.flatMap(({ file, kind }) => (kinds.includes(kind) ? file : []));
  }
}

/**
 * Modules that a published package without `exports` lists one by one in `files`, such as `hook.mjs`. Others are meant to load them,
 * although no entry point names them.
 */
function listedModulesOf(
  disk: Disk,
  { published, publishedRoot, publication }: WorkspacePackage,
): readonly FilePath[] {
  const { exports, files } = (published?.json ?? {}) as PackageJson & { readonly files?: unknown };
  if (!publication.published || (exports ?? undefined) !== undefined || !Array.isArray(files)) return [];
  return files
    .filter((entry): entry is string => typeof entry === 'string' && /^[^!*]+\.[cm]?js$/.test(entry))
    .map((entry) => joinPath(publishedRoot, entry))
    .filter((file) => disk.isFile(file));
}

function withWildcards(all: readonly NodeRefusal[], named: readonly NodeRefusal[]): readonly NodeRefusal[] {
  if (all.length === named.length) return all;
  const keyOf = ({ kind, place }: NodeRefusal): string => `${kind} ${place.file} ${place.start}`;
  const known = new Set(named.map(keyOf));
  return [
    ...named,
    ...all
      .filter((refusal) => !known.has(keyOf(refusal)))
      .map((refusal): NodeRefusal => ({ ...refusal, byWildcard: true })),
  ];
}
