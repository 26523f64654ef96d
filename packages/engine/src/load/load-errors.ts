import { remembered } from '../collections/remembered.js';
import type { TraceRoot } from '../model/bundle-trace.js';
import type { LinkError } from '../model/demand.js';
import type { EarlyRead } from '../model/early-read.js';
import type { ModuleRequest } from '../model/module-record.js';
import type { NodeRefusal } from '../model/node-refusal.js';
import type { FilePath } from '../model/place.js';
import type { EntryPoint, WorkspacePackage } from '../model/workspace.js';
import { loadFacts } from '../parse/load-facts.js';
import type { LoadFacts } from '../parse/load-facts.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import type { Resolver } from '../resolve/resolver.js';
import type { Surfaces } from '../surface/surfaces.js';
import type { PackageRuntimes } from '../trace/package-runtimes.js';
import type { Traces } from '../trace/traces.js';
import { earlyReads } from './early-reads.js';
import { linkErrorsFrom, linkErrorsOf } from './link-errors.js';
import { nodeRefusals } from './node-refusals.js';
import type { NodeView } from './node-refusals.js';
import { SoundForNode } from './sound-for-node.js';
import { SoundLinks } from './sound-links.js';

/** What the search for load errors needs from the workspace. */
export interface LoadContext {
  readonly disk: Disk;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  readonly surfaces: Surfaces;
  readonly traces: Pick<Traces, 'of'>;
  readonly runtimes: PackageRuntimes;
  entryPointsOf(pkg: WorkspacePackage): readonly EntryPoint[];
  /** The specifiers of workspace packages that a text may contain. */
  mentioned(text: string): ReadonlySet<string>;
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
  readonly #errorsFrom = new Map<FilePath, readonly LinkError[]>();
  readonly #soundLinks: SoundLinks;
  #soundForNode: SoundForNode | undefined;

  constructor(context: LoadContext) {
    this.#context = context;
    this.#soundLinks = new SoundLinks({
      surfaces: context.surfaces,
      text: (file) => context.modules.text(file),
      hasErrors: (file) => this.#linkErrorsOf(file).length > 0,
    });
  }

  /** Why an entry file of a package does not link. */
  linkErrors(pkg: WorkspacePackage, entry: FilePath): readonly LinkError[] {
    const known = this.#errorsFrom.get(entry);
    if (known) return known;
    const { resolver, surfaces, runtimes } = this.#context;
    const inside = (file: FilePath): boolean => resolver.owns(pkg, file);
    if (this.#soundLinks.provenFrom(entry, inside)) return [];
    const errors = linkErrorsFrom(surfaces, entry, inside, (file) => this.#linkErrorsOf(file)).filter(
      (error) => !(error.kind === 'missing-module' && error.nodeOnly) || runtimes.of(pkg).node,
    );
    this.#errorsFrom.set(entry, errors);
    return errors;
  }

  #linkErrorsOf(file: FilePath): readonly LinkError[] {
    return remembered(this.#errorsOf, file, () => linkErrorsOf(this.#context.surfaces, file));
  }

  /**
   * What Node refuses in the output that it loads through the package's literal entry points, its
   * commands, or as an application.
   */
  nodeRefusals(pkg: WorkspacePackage): readonly NodeRefusal[] {
    const { resolver } = this.#context;
    const literal = this.#context.entryPointsOf(pkg).filter(({ subpath }) => !subpath.includes('*'));
    const reached = literal.flatMap(({ subpath }) =>
      (['import', 'require'] as const).flatMap((mode) => {
        const entry = resolver.resolveEntry(pkg, subpath, { mode, phase: 'runtime' });
        return entry.outcome === 'file' ? entry.file : [];
      }),
    );
    const programs = this.#rootsOf(pkg, literal.length > 0 ? ['command'] : ['command', 'application']);
    const view = this.#nodeView((file) => resolver.owns(pkg, file));
    const runsOnNode = this.#context.runtimes.of(pkg).node;
    return nodeRefusals(view, [...reached, ...programs], runsOnNode, (entry) => this.#provenForNode(entry));
  }

  #provenForNode(entry: FilePath): boolean {
    this.#soundForNode ??= new SoundForNode(
      this.#nodeView(() => false),
      (text) => this.#context.mentioned(text),
    );
    return this.#soundForNode.provenFrom(entry);
  }

  /** @param isOwn whether a file belongs to the checked package */
  #nodeView(isOwn: (file: FilePath) => boolean): NodeView {
    const { modules, resolver } = this.#context;
    return {
      resolver,
      record: (file) => modules.record(file),
      text: (file) => modules.text(file),
      wrapperUses: (file) => modules.wrapperUses(file),
      inside(file) {
        if (isOwn(file)) return 'own';
        return resolver.workspacePackageOf(file) && !file.includes('node_modules/') ? 'other' : undefined;
      },
      entryOf: (file, request) => this.#entryAskedFor(file, request),
    };
  }

  /** As Node resolves it; undefined if the provider's own task checks the request. */
  #entryAskedFor(file: FilePath, { specifier, form }: ModuleRequest): FilePath | undefined {
    const { resolver } = this.#context;
    const mode = form === 'require' ? 'require' : 'import';
    const found = resolver.resolve(specifier, file, { mode, phase: 'runtime' });
    if (found.kind !== 'package' || found.entry.outcome !== 'file') return undefined;
    const importer = resolver.workspacePackageOf(file);
    const elsewhere = importer && this.#context.checkedElsewhere(importer.project).has(found.pkg.project);
    return elsewhere ? undefined : found.entry.file;
  }

  /** Names that the package's ES modules read too early, by the entry file that is loaded. */
  earlyReads(pkg: WorkspacePackage): readonly EarlyRead[] {
    const { disk, resolver, surfaces } = this.#context;
    const facts = new Map<FilePath, LoadFacts>();
    const view = {
      surfaces,
      inside: (file: FilePath) => resolver.owns(pkg, file),
      loadFacts: (file: FilePath) => {
        const extension = /[^.]*$/.exec(file)![0];
        return remembered(facts, file, () => loadFacts(disk.readText(file) ?? '', extension));
      },
    };
    return earlyReads(view, this.#rootsOf(pkg, ['entry-point', 'command', 'application']));
  }

  #rootsOf(pkg: WorkspacePackage, kinds: readonly TraceRoot['kind'][]): readonly FilePath[] {
    return this.#context.traces.of(pkg).roots.flatMap(({ file, kind }) => (kinds.includes(kind) ? file : []));
  }
}
