import type { Demand, LinkError, Mode } from './model/demand.js';
import type { FilePath, Place } from './model/place.js';
import type { Opening } from './model/surface.js';
import type { EntryPoint, Workspace, WorkspaceInput, WorkspacePackage } from './model/workspace.js';
import { collectDemands } from './demand/collect-demands.js';
import type { Asker } from './demand/collect-demands.js';
import { mentionsAny } from './demand/mentions.js';
import { linkErrorsFrom, linkErrorsOf, outputClosure, relativeStrings } from './demand/output-closure.js';
import type { OutputClosure } from './demand/output-closure.js';
import { createLinkHost } from './link-host.js';
import { languageOf } from './parse/language-of.js';
import { ModuleStore } from './parse/module-store.js';
import { Disk } from './read/disk.js';
import { outputFilesOf, sourceFilesOf } from './read/package-files.js';
import { commandFilesOf } from './read/command-files.js';
import { formatOf } from './read/package-scope.js';
import { readWorkspace } from './read/read-workspace.js';
import { entryPointsOf } from './resolve/entry-points.js';
import { Resolver } from './resolve/resolver.js';
import { Surfaces } from './surface/surfaces.js';
import { unparsedOpening } from './surface/unparsed-opening.js';

/**
 * One look at a workspace: everything that is read, parsed or linked is kept, so that judging many projects costs little more
 * than judging one. What is on disk must not change while a run is in use.
 */
export class Run {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  readonly mentions: (text: string) => boolean;
  readonly #lenses = new Map<string, Lens>();
  readonly #byProject: ReadonlyMap<string, WorkspacePackage>;
  readonly #entryPoints = new Map<string, readonly EntryPoint[]>();

  constructor(input: WorkspaceInput) {
    this.disk = new Disk(input.root);
    this.workspace = readWorkspace(this.disk, input);
    this.modules = new ModuleStore(this.disk);
    this.mentions = mentionsAny(namesOf(this.workspace));
    this.#byProject = new Map(this.workspace.packages.map((pkg) => [pkg.project, pkg]));
  }

  packageOf(project: string): WorkspacePackage | undefined {
    return this.#byProject.get(project);
  }

  entryPointsOf(pkg: WorkspacePackage): readonly EntryPoint[] {
    const known = this.#entryPoints.get(pkg.project);
    if (known) return known;
    const entryPoints = entryPointsOf(this.disk, pkg, this.workspace.pathAliases);
    this.#entryPoints.set(pkg.project, entryPoints);
    return entryPoints;
  }

  /** The workspace as consumers see it who set the given conditions. */
  through(conditions: readonly string[]): Lens {
    const key = conditions.join(',');
    const known = this.#lenses.get(key);
    if (known) return known;
    const lens = new Lens(this, conditions);
    this.#lenses.set(key, lens);
    return lens;
  }
}

/** Reads a workspace. @throws VerifyError when its root cannot be read at all */
export function openRun(input: WorkspaceInput): Run {
  return new Run(input);
}

function namesOf(workspace: Workspace): readonly string[] {
  const names = workspace.packages.flatMap(({ name }) => name ?? []);
  return [...names, ...workspace.pathAliases.map(({ pattern }) => pattern.replace(/\*.*$/, ''))].filter(
    Boolean,
  );
}

/** What depends on the conditions that consumers set: resolving, linking, demands. Memoised per project and file. */
export class Lens {
  readonly run: Run;
  readonly resolver: Resolver;
  readonly surfaces: Surfaces;
  readonly #sourceDemands = new Map<string, ModuleDemands>();
  readonly #closures = new Map<string, OutputClosure>();
  readonly #errorsOf = new Map<FilePath, readonly LinkError[]>();
  readonly #errorsFrom = new Map<FilePath, readonly LinkError[]>();

  constructor(run: Run, conditions: readonly string[]) {
    this.run = run;
    this.resolver = new Resolver(run.disk, run.workspace, conditions);
    this.surfaces = new Surfaces(createLinkHost(run.disk, run.modules, this.resolver));
  }

  /** What a project's sources ask of workspace packages; files that mention none are read but not parsed. */
  sourceDemands(pkg: WorkspacePackage): ModuleDemands {
    const known = this.#sourceDemands.get(pkg.project);
    if (known) return known;
    const demands: Demand[] = [];
    const unparsed: Opening[] = [];
    const files = sourceFilesOf(this.run.disk, this.run.workspace, pkg);
    for (const file of files) {
      const text = this.run.disk.readText(file);
      if (text === undefined || !this.run.mentions(text)) continue;
      const record = this.run.modules.record(file, text);
      if (!record) continue;
      const opening = unparsedOpening(file, record);
      if (opening) unparsed.push({ ...opening, inSource: true });
      const asker = this.#asker(pkg, file, record, 'source');
      demands.push(...collectDemands(asker, (specifier, from) => this.#providerOf(specifier, from)));
    }
    const made = { demands, unparsed, modules: files.length };
    this.#sourceDemands.set(pkg.project, made);
    return made;
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

  closureOf(pkg: WorkspacePackage): OutputClosure {
    const known = this.#closures.get(pkg.project);
    if (known) return known;
    const entries = this.#entryFilesOf(pkg);
    const inside = (file: FilePath): boolean => this.#inside(pkg, file);
    const closure = outputClosure(this.surfaces.host, entries, inside, (file) => this.#skim(file));
    this.#closures.set(pkg.project, closure);
    return closure;
  }

  /** Declarations that mention no workspace package ask for none, and are parsed only if somebody asks them for a name. */
  #skim(file: FilePath): readonly string[] | undefined {
    if (languageOf(file) !== 'dts') return undefined;
    const text = this.run.disk.readText(file);
    // `#x` may lead anywhere, and references are not written as imports.
    if (text === undefined || this.run.mentions(text) || /["']#|<reference/.test(text)) return undefined;
    return relativeStrings(text);
  }

  /**
   * Where a package's output is entered: at its entry points and commands. An application that nobody imports has neither;
   * then every built script counts.
   */
  #entryFilesOf(pkg: WorkspacePackage): readonly FilePath[] {
    const variants = this.run.entryPointsOf(pkg).flatMap((entryPoint) => entryPoint.variants);
    const entries = [
      ...variants.filter(({ exists }) => exists).map(({ file }) => file),
      ...commandFilesOf(this.run.disk, pkg),
    ];
    if (entries.length > 0 || pkg.outputs.length === 0) return entries;
    return outputFilesOf(this.run.disk, this.run.workspace, pkg).filter((file) => /\.[cm]?js$/.test(file));
  }

  /** Why an entry file of a package would not link. */
  linkErrors(pkg: WorkspacePackage, entry: FilePath): readonly LinkError[] {
    const known = this.#errorsFrom.get(entry);
    if (known) return known;
    const errors = linkErrorsFrom(
      this.surfaces,
      entry,
      (file) => this.#inside(pkg, file),
      (file) => this.#linkErrorsOf(file),
    );
    this.#errorsFrom.set(entry, errors);
    return errors;
  }

  #linkErrorsOf(file: FilePath): readonly LinkError[] {
    const known = this.#errorsOf.get(file);
    if (known) return known;
    const errors = linkErrorsOf(this.surfaces, file);
    this.#errorsOf.set(file, errors);
    return errors;
  }

  #inside(pkg: WorkspacePackage, file: FilePath): boolean {
    return !file.includes('node_modules/') && this.resolver.workspacePackageOf(file)?.project === pkg.project;
  }

  #asker(pkg: WorkspacePackage, file: FilePath, record: Asker['record'], origin: Asker['origin']): Asker {
    return {
      project: pkg.project,
      file,
      record,
      origin,
      importMode: this.#importMode(pkg, file, record, origin),
    };
  }

  /** What an import statement becomes when the file runs (see `Demand.mode`). */
  #importMode(
    pkg: WorkspacePackage,
    file: FilePath,
    record: Asker['record'],
    origin: Asker['origin'],
  ): Mode | 'either' {
    if (/\.m[tj]s$/.test(file)) return 'import';
    if (file.endsWith('.cts')) return 'require';
    const format = formatOf(this.run.disk, file, record.hasModuleSyntax);
    const runsAsWritten = origin === 'output' || pkg.outputs.length === 0;
    if (record.language === 'js' || record.language === 'jsx') return runsAsWritten ? 'import' : 'either';
    if (record.language === 'dts' || runsAsWritten)
      return format === 'esm' && declaresModule(this.run, file) ? 'import' : 'either';
    return 'either';
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

/** What modules of a project ask for, and those of them that could not be read. */
export interface ModuleDemands {
  readonly demands: readonly Demand[];
  readonly unparsed: readonly Opening[];
  /** How many modules were looked at. */
  readonly modules: number;
}

function isLocal(specifier: string): boolean {
  return specifier.startsWith('.') || specifier.startsWith('/');
}

function declaresModule(run: Run, file: FilePath): boolean {
  // Without module syntax, Node's answer depends on the package's "type" alone.
  return formatOf(run.disk, file, false) === 'esm';
}
