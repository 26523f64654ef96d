import { isBuiltin } from 'node:module';
import { mayImportBare } from './text-scan/may-import-bare.js';
import type { BrokenDependencies } from './load/broken-dependencies.js';
import { collectDemands } from './demand/collect-demands.js';
import type { Asker } from './demand/collect-demands.js';
import { importModeOf } from './demand/import-mode.js';
import { linkErrorsFrom, linkErrorsOf } from './load/link-errors.js';
import { SoundForNode } from './load/sound-for-node.js';
import { SoundLinks } from './load/sound-links.js';
import { PackageReader } from './trace/package-reader.js';
import { skimmed } from './trace/skim.js';
import { traceBundle } from './trace/trace-bundle.js';
import type { TracedModules } from './trace/trace-bundle.js';
import { traceRootsOf } from './trace/trace-roots.js';
import { createLinkHost } from './surface/link-host.js';
import { brokenDependenciesOf } from './answer/workspace-facts.js';
import type { BundleTrace } from './model/bundle-trace.js';
import type { Demand, LinkError } from './model/demand.js';
import type { ModuleDemands, SourceDemands } from './model/module-demands.js';
import type { FilePath, Place } from './model/place.js';
import type { Opening } from './model/surface.js';
import type { WorkspacePackage } from './model/workspace.js';
import { sourceFilesOf } from './read/package-files.js';
import { Resolver } from './resolve/resolver.js';
import type { Run } from './session.js';
import { nodeViewOf } from './load/running-output.js';
import { Surfaces } from './surface/surfaces.js';
import { unparsedOpening } from './surface/unparsed-opening.js';

/** What depends on the conditions that consumers set: resolving, linking, demands. Memoised per project and file. */
export class Lens {
  readonly run: Run;
  readonly resolver: Resolver;
  readonly surfaces: Surfaces;
  readonly #sourceDemands = new Map<string, SourceDemands>();
  readonly #traces = new Map<string, { readonly trace: BundleTrace; readonly modules: TracedModules }>();
  readonly #onNode = new Map<string, boolean>();
  readonly #errorsOf = new Map<FilePath, readonly LinkError[]>();
  readonly #errorsFrom = new Map<FilePath, readonly LinkError[]>();
  readonly #soundLinks: SoundLinks;
  #brokenDependencies: BrokenDependencies | undefined;
  #soundForNode: SoundForNode | undefined;

  constructor(run: Run, conditions: readonly string[]) {
    this.run = run;
    this.resolver = new Resolver(run.disk, run.workspace, conditions);
    this.surfaces = new Surfaces(createLinkHost(run.disk, run.modules, this.resolver));
    this.#soundLinks = new SoundLinks({
      surfaces: this.surfaces,
      text: (file) => run.modules.text(file),
      hasErrors: (file) => this.#linkErrorsOf(file).length > 0,
    });
  }

  /** What a project's sources ask of workspace packages; files that mention none are read but not parsed. */
  sourceDemands(pkg: WorkspacePackage): SourceDemands {
    const known = this.#sourceDemands.get(pkg.project);
    if (known) return known;
    const made = this.#readSourceDemands(pkg, this.run.mentions);
    this.#sourceDemands.set(pkg.project, made);
    return made;
  }

  #readSourceDemands(pkg: WorkspacePackage, mentions: (text: string) => boolean): SourceDemands {
    const demands: Demand[] = [];
    const unparsed: Opening[] = [];
    const bareImporters: FilePath[] = [];
    const files = sourceFilesOf(this.run.disk, this.run.workspace, pkg);
    for (const file of files) {
      const text = this.run.disk.readText(file);
      if (text !== undefined && mayImportBare(text)) bareImporters.push(file);
      if (text === undefined || !mentions(text)) continue;
      const record = this.run.modules.record(file, text);
      if (!record) continue;
      const opening = unparsedOpening(file, record);
      if (opening) unparsed.push({ ...opening, inSource: true });
      const asker = this.#asker(pkg, file, record, 'source');
      demands.push(...collectDemands(asker, (specifier, from) => this.#providerOf(specifier, from)));
    }
    return { demands, unparsed, bareImporters, modules: files.length };
  }

  /** What a dependent's sources ask of one provider; of files that do not name it nothing is parsed for that. */
  sourceDemandsOn(provider: WorkspacePackage, pkg: WorkspacePackage): readonly Demand[] {
    const known = this.#sourceDemands.get(pkg.project);
    const read = known ?? this.#readSourceDemands(pkg, this.run.mentionsOf(provider));
    return read.demands.filter((demand) => demand.provider === provider.project);
  }

  /**
   * What a project asks of workspace packages, by its sources and by its built output. A file that is both counts as output.
   */
  ownDemands(pkg: WorkspacePackage): ModuleDemands {
    const output = this.outputDemands(pkg);
    const sources = this.sourceDemands(pkg);
    const closure = this.closureOf(pkg);
    const only = <T extends { readonly place: Place }>(found: readonly T[]): readonly T[] =>
      found.filter(({ place }) => !closure.has(place.file));
    return {
      demands: [...only(sources.demands), ...output.demands],
      unparsed: [...output.unparsed, ...only(sources.unparsed)],
      modules: sources.modules + (pkg.outputs.length > 0 ? output.modules : 0),
    };
  }

  /** What a project's built output, as far as its entry points lead to it, asks of workspace packages. */
  outputDemands(pkg: WorkspacePackage): ModuleDemands {
    const demands: Demand[] = [];
    const unparsed: Opening[] = [];
    const closure = this.closureOf(pkg);
    for (const [file, record] of closure) {
      if (!record) continue;
      const opening = unparsedOpening(file, record);
      if (opening) unparsed.push(opening);
      const asker = this.#asker(pkg, file, record, 'output');
      demands.push(...collectDemands(asker, (specifier, from) => this.#providerOf(specifier, from)));
    }
    return { demands, unparsed, modules: closure.size };
  }

  /** What a project's built output contains and still needs: everything that its roots lead to. */
  traceOf(pkg: WorkspacePackage): BundleTrace {
    return this.#traced(pkg).trace;
  }

  /** What some of a package's files lead to, whatever else its output is entered by. */
  traceFrom(pkg: WorkspacePackage, entries: readonly FilePath[]): BundleTrace {
    const roots = entries.map((file) => ({ file, kind: 'entry-point' as const }));
    return traceBundle(this.#readerOf(pkg), roots).trace;
  }

  /** The modules of that trace, each with its record; without one where skimming told that it asks for no package. */
  closureOf(pkg: WorkspacePackage): TracedModules {
    return this.#traced(pkg).modules;
  }

  #traced(pkg: WorkspacePackage): { readonly trace: BundleTrace; readonly modules: TracedModules } {
    let traced = this.#traces.get(pkg.project);
    if (!traced) {
      const { disk, workspace } = this.run;
      const roots = traceRootsOf(disk, workspace, pkg, this.run.entryPointsOf(pkg));
      traced = traceBundle(this.#readerOf(pkg), roots);
      this.#traces.set(pkg.project, traced);
    }
    return traced;
  }

  #readerOf(pkg: WorkspacePackage): PackageReader {
    const { disk, modules } = this.run;
    const skim = (file: FilePath): readonly string[] | undefined => skimmed(this.run, pkg, file);
    return new PackageReader({ disk, modules, resolver: this.resolver, skim }, pkg);
  }

  /** Why an entry file of a package would not link. */
  linkErrors(pkg: WorkspacePackage, entry: FilePath): readonly LinkError[] {
    const known = this.#errorsFrom.get(entry);
    if (known) return known;
    const inside = (file: FilePath): boolean => this.inside(pkg, file);
    if (this.#soundLinks.provenFrom(entry, inside)) return [];
    const errors = linkErrorsFrom(this.surfaces, entry, inside, (file) => this.#linkErrorsOf(file)).filter(
      (error) => !(error.kind === 'missing-module' && error.nodeOnly) || this.#runsOnNode(pkg),
    );
    this.#errorsFrom.set(entry, errors);
    return errors;
  }

  /** What keeps packages from loading in other packages. */
  get brokenDependencies(): BrokenDependencies {
    return (this.#brokenDependencies ??= brokenDependenciesOf(this, {
      inside: (pkg, file) => this.inside(pkg, file),
      demandsOf: (pkg, file) => {
        const record = this.run.modules.record(file);
        if (!record) return [];
        // Whether Node runs the package takes a look at all of it.
        const importMode = importModeOf(this.run.disk, pkg, { file, record, origin: 'output' });
        const asker: Asker = { project: pkg.project, file, record, origin: 'output', importMode };
        const elsewhere = this.run.judgedElsewhere(pkg.project);
        return collectDemands(asker, (specifier, from) => this.#providerOf(specifier, from)).filter(
          ({ provider }) => !elsewhere.has(provider),
        );
      },
    }));
  }

  /** What is known to hold nothing that Node refuses. */
  get soundForNode(): SoundForNode {
    return (this.#soundForNode ??= new SoundForNode(
      nodeViewOf(this, () => false),
      this.run.mentioned,
    ));
  }

  #linkErrorsOf(file: FilePath): readonly LinkError[] {
    const known = this.#errorsOf.get(file);
    if (known) return known;
    const errors = linkErrorsOf(this.surfaces, file);
    this.#errorsOf.set(file, errors);
    return errors;
  }

  /** Whether a file is the package's own, as source or output. */
  inside(pkg: WorkspacePackage, file: FilePath): boolean {
    return !file.includes('node_modules/') && this.resolver.workspacePackageOf(file)?.project === pkg.project;
  }

  #asker(pkg: WorkspacePackage, file: FilePath, record: Asker['record'], origin: Asker['origin']): Asker {
    return {
      project: pkg.project,
      file,
      record,
      origin,
      importMode: importModeOf(this.run.disk, pkg, { file, record, origin }),
      onNode: origin === 'output' && isBuiltModule(record) && this.#runsOnNode(pkg),
    };
  }

  /** Built output that asks for Node's own modules is run by Node; other output may be on its way to a bundler. */
  #runsOnNode(pkg: WorkspacePackage): boolean {
    let runs = this.#onNode.get(pkg.project);
    if (runs === undefined) {
      const records = [...this.closureOf(pkg).values()];
      runs = records.some(
        (record) =>
          record !== undefined &&
          isBuiltModule(record) &&
          record.requests.some(({ specifier, guarded }) => !guarded && isBuiltin(specifier)),
      );
      this.#onNode.set(pkg.project, runs);
    }
    return runs;
  }

  #providerOf(specifier: string, asker: Asker): { project: string; subpath: string } | undefined {
    if (isLocal(specifier)) return undefined;
    const phase = asker.record.language === 'dts' ? 'types' : 'runtime';
    const resolution = this.resolver.resolve(specifier, asker.file, { phase, mode: 'import' });
    return resolution.kind === 'package'
      ? { project: resolution.pkg.project, subpath: resolution.subpath }
      : undefined;
  }
}

/** An ES module as it stands, with nothing left to compile. */
function isBuiltModule(record: Asker['record']): boolean {
  return record.hasModuleSyntax && record.language === 'js';
}

function isLocal(specifier: string): boolean {
  return specifier.startsWith('.') || specifier.startsWith('/');
}
