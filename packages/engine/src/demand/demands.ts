import { remembered } from '../collections/remembered.js';
import type { Demand, Mode } from '../model/demand.js';
import type { ModuleDemands, SourceDemands } from '../model/module-demands.js';
import type { ModuleRecord, ModuleRequest } from '../model/module-record.js';
import type { FilePath, Place } from '../model/place.js';
import type { UnknownFact } from '../model/surface.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import { sourceFilesOf, styleFilesOf } from '../read/package-files.js';
import { askedFrom } from '../resolve/asked-from.js';
import type { Resolver } from '../resolve/resolver.js';
import { unparsedFact } from '../surface/unparsed-fact.js';
import type { TextScan } from '../text-scan/scan-text.js';
import { isBuiltModule } from '../trace/package-runtimes.js';
import type { PackageRuntimes } from '../trace/package-runtimes.js';
import type { Traces } from '../trace/traces.js';
import { collectDemands } from './collect-demands.js';
import type { Asker, ProviderOf } from './collect-demands.js';
import { importModeOf, outputFormatOf, typesResolutionOf } from './import-mode.js';
import { mayHaveStyles, styleDemands } from './style-demands.js';

/** What collecting imports needs from the workspace. */
export interface DemandContext {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  readonly traces: Pick<Traces, 'modulesOf' | 'of' | 'scriptsOf' | 'rootScriptsOf'>;
  readonly runtimes: PackageRuntimes;
  /** Whether a text may import a workspace package. */
  mentions(text: string): boolean;
  /** Makes a test for texts that may import one package. */
  mentionsOf(pkg: WorkspacePackage): (scan: TextScan) => boolean;
}

/** What one source imports from workspace packages. */
interface OfSource {
  readonly demands: readonly Demand[];
  readonly unparsed: UnknownFact | undefined;
}

const AUGMENTS = /\bdeclare\s+module\s*['"]\./;

/** What projects import from workspace packages. Each project's modules are read once. */
export class Demands {
  readonly #context: DemandContext;
  readonly #augmenting = new Map<string, readonly FilePath[]>();
  readonly #ofSources = new Map<string, SourceDemands>();
  /** By project, then by source. A source may be read for one provider after another. */
  readonly #ofSource = new Map<string, Map<FilePath, OfSource | undefined>>();
  readonly #ofStyles = new Map<string, readonly Demand[]>();
  readonly #outputFormats = new Map<string, Mode | undefined>();

  constructor(context: DemandContext) {
    this.#context = context;
  }

  /**
   * What a project imports from workspace packages, in its sources and in its built output. A file
   * that is both counts as output.
   */
  of(pkg: WorkspacePackage): ModuleDemands {
    const output = this.ofOutput(pkg);
    const sources = this.ofSources(pkg);
    const traced = this.#context.traces.modulesOf(pkg);
    const only = <T extends { readonly place: Place }>(found: readonly T[]): readonly T[] =>
      found.filter(({ place }) => !traced.has(place.file));
    return {
      demands: [...only(sources.demands), ...output.demands],
      unparsed: [...output.unparsed, ...only(sources.unparsed)],
      modules: sources.modules + (pkg.outputs.length > 0 ? output.modules : 0),
    };
  }

  /**
   * What a project's sources import from workspace packages. Files that mention none are not
   * parsed.
   */
  ofSources(pkg: WorkspacePackage): SourceDemands {
    return remembered(this.#ofSources, pkg.project, () => this.#readSources(pkg));
  }

  /**
   * What a dependent's sources import from one provider. Files that do not mention it are not
   * parsed.
   */
  ofSourcesOn(provider: WorkspacePackage, pkg: WorkspacePackage): readonly Demand[] {
    const { disk, workspace, modules } = this.#context;
    const isWanted = this.#context.mentionsOf(provider);
    const demands = sourceFilesOf(disk, workspace, pkg).flatMap((file) => {
      const scan = modules.scan(file);
      return scan && isWanted(scan) ? (this.#sourceOf(pkg, file)?.demands ?? []) : [];
    });
    return [...demands, ...this.#stylesOf(pkg)].filter((demand) => demand.provider === provider.project);
  }

  /**
   * What a project's built output imports from workspace packages, in the files that its entry
   * points reach.
   */
  ofOutput(pkg: WorkspacePackage): ModuleDemands {
    const demands: Demand[] = [];
    const unparsed: UnknownFact[] = [];
    const traced = this.#context.traces.modulesOf(pkg);
    for (const [file, record] of traced) {
      if (!record) continue;
      const unknownFact = unparsedFact(file, record);
      if (unknownFact) unparsed.push(unknownFact);
      demands.push(...this.#collect(this.#asker(pkg, file, record, 'output')));
    }
    for (const file of this.#context.traces.of(pkg).files.keys()) {
      if (!file.endsWith('.css')) continue;
      demands.push(...styleDemands(this.#context, pkg, file, 'output'));
    }
    return { demands, unparsed, modules: traced.size };
  }

  /** The declarations that a package's entry points reach and that add names to another file of the package. */
  filesThatAugment(pkg: WorkspacePackage): readonly FilePath[] {
    const { modules, traces } = this.#context;
    return remembered(this.#augmenting, pkg.project, () =>
      [...traces.of(pkg).files.keys()].filter(
        (file) => /\.d\.[cm]?ts$/.test(file) && AUGMENTS.test(modules.text(file) ?? ''),
      ),
    );
  }

  /**
   * What one built file imports from workspace packages. It leaves `onNode` out, because that takes
   * a trace of the whole package.
   */
  ofOutputFile(pkg: WorkspacePackage, file: FilePath): readonly Demand[] {
    const record = this.#context.modules.record(file);
    if (!record) return [];
    const importMode = importModeOf(this.#context.disk, pkg, { file, record, origin: 'output' });
    return this.#collect({ project: pkg.project, file, record, origin: 'output', importMode });
  }

  #readSources(pkg: WorkspacePackage): SourceDemands {
    const { disk, workspace, modules } = this.#context;
    const demands: Demand[] = [];
    const unparsed: UnknownFact[] = [];
    const bareImporters: FilePath[] = [];
    const files = sourceFilesOf(disk, workspace, pkg);
    for (const file of files) {
      const scan = modules.scan(file);
      if (scan?.importsBare) bareImporters.push(file);
      if (!scan?.mentions) continue;
      const found = this.#sourceOf(pkg, file);
      if (found?.unparsed) unparsed.push({ ...found.unparsed, inSource: true });
      demands.push(...(found?.demands ?? []));
    }
    demands.push(...this.#stylesOf(pkg));
    return { demands, unparsed, bareImporters, modules: files.length };
  }

  /** What one source imports; undefined if it does not exist. */
  #sourceOf(pkg: WorkspacePackage, file: FilePath): OfSource | undefined {
    const ofPackage = remembered(
      this.#ofSource,
      pkg.project,
      () => new Map<FilePath, OfSource | undefined>(),
    );
    return remembered(ofPackage, file, () => {
      const record = this.#context.modules.record(file);
      if (!record) return undefined;
      const demands = this.#collect(this.#asker(pkg, file, record, 'source'));
      return { demands, unparsed: unparsedFact(file, record) };
    });
  }

  /**
   * What a project's style sheets import. They write package names without quotes and with a tilde
   * too, so that their texts need no test before.
   */
  #stylesOf(pkg: WorkspacePackage): readonly Demand[] {
    const { disk, workspace } = this.#context;
    return remembered(this.#ofStyles, pkg.project, () => {
      const components = sourceFilesOf(disk, workspace, pkg).filter(mayHaveStyles);
      const files = [...styleFilesOf(disk, workspace, pkg), ...components];
      return files.flatMap((file) => styleDemands(this.#context, pkg, file, 'source'));
    });
  }

  #asker(pkg: WorkspacePackage, file: FilePath, record: ModuleRecord, origin: Asker['origin']): Asker {
    const { disk } = this.#context;
    const module = { file, record, origin };
    const resolution = typesResolutionOf(disk, pkg, module);
    return {
      project: pkg.project,
      ...module,
      importMode: importModeOf(disk, pkg, module, () => this.#outputFormatOf(pkg)),
      typesResolution: resolution && ((request) => resolution(request, () => this.#textWithModes(file))),
      onNode: origin === 'output' && isBuiltModule(record) && this.#context.runtimes.of(pkg).node,
    };
  }

  /** The text of a file that may say in which mode an import is resolved; undefined for others. */
  #textWithModes(file: FilePath): string | undefined {
    const { disk, modules } = this.#context;
    return modules.scan(file)?.setsMode ? disk.readText(file) : undefined;
  }

  /** What the build makes of the import statements in a package's sources. */
  #outputFormatOf(pkg: WorkspacePackage): Mode | undefined {
    return remembered(this.#outputFormats, pkg.project, () => {
      const { runtimes, traces } = this.#context;
      // Scripts for browsers come from a bundler, which resolves import statements before it turns them into anything else.
      if (runtimes.onlyBrowsers(pkg)) return 'import';
      const isMixed = outputFormatOf(traces.rootScriptsOf(pkg)) === 'both';
      const format = isMixed ? 'both' : outputFormatOf(traces.scriptsOf(pkg));
      return format === 'both' ? undefined : format;
    });
  }

  #collect(asker: Asker): readonly Demand[] {
    return collectDemands(asker, (request, from) => this.#providerOf(request, from));
  }

  #providerOf(request: ModuleRequest, asker: Asker): ReturnType<ProviderOf> {
    const { specifier } = request;
    if (isLocal(specifier)) return undefined;
    const { resolver } = this.#context;
    const from = askedFrom(asker.file, request);
    // Such a request looks in another package, for what that package declares.
    if (from !== asker.file && resolver.workspacePackageOf(from)?.project !== asker.project) return undefined;
    const phase = asker.record.language === 'dts' ? 'types' : 'runtime';
    const resolution = resolver.resolve(specifier, from, { phase, mode: 'import' });
    if (resolution.kind !== 'package') return undefined;
    const { pkg, subpath, entry } = resolution;
    const isRemote = entry.outcome === 'not-listed' && entry.exposed === true;
    return { project: pkg.project, subpath, ...(isRemote && { remote: true }) };
  }
}

function isLocal(specifier: string): boolean {
  return specifier.startsWith('.') || specifier.startsWith('/');
}
