import { remembered } from '../collections/remembered.js';
import type { WorkspaceView } from '../workspace-view.js';
import type { ReferenceKind } from '../model/bundle-trace.js';
import type { FilePath } from '../model/place.js';
import type {
  ContentsEvidence,
  DroppedModule,
  RequiredModule,
  Requirements,
  UnknownModule,
} from '../model/required-module.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { builtCounterpart } from '../resolve/built-counterpart.js';
import { staticImports } from '../trace/bare-imports.js';
import type { BundleContents } from './bundle-contents.js';
import type { LoadedModules } from './loaded-modules.js';
import type { Imported, ModuleView } from './module-view.js';
import { sideEffectsClaim } from './side-effects-claim.js';
import { mappedSources, sourceFile } from './source-map-sources.js';

/** A module that must be in the output, and why. */
export interface NeededModule extends RequiredModule {
  /** The importing module; absent if an option names the module. */
  readonly importer?: FilePath;
  /** The file that the import resolves to. If that is a barrel, `file` is a module behind it. */
  readonly target?: Imported;
  /** The importer belongs to the checked package. Otherwise it was bundled from another package. */
  readonly own: boolean;
}

interface ContentsContext {
  readonly view: WorkspaceView;
  readonly pkg: WorkspacePackage;
  readonly contents: BundleContents;
  readonly modules: ModuleView;
  readonly loaded: LoadedModules;
  /** Projects that the output still imports by name. */
  readonly kept: ReadonlySet<string>;
}

type Verdict =
  | { readonly kind: 'contained' | 'not-asked' }
  | { readonly kind: 'dropped'; readonly evidence: readonly ContentsEvidence[] }
  | { readonly kind: 'unknown'; readonly reason?: string };

const LOADED = new Set<ReferenceKind>(['module', 'worker', 'chunk', 'glob']);

/** Compares the needed modules with the contents of the output. */
export class ContainedModules {
  readonly #setting: ContentsContext;
  readonly #mapped = new Map<FilePath, readonly FilePath[]>();

  constructor(setting: ContentsContext) {
    this.#setting = setting;
  }

  compare(wanted: readonly NeededModule[]): Requirements {
    const dropped: DroppedModule[] = [];
    const unknown: UnknownModule[] = [];
    let contained = 0;
    for (const module of wanted) {
      const verdict = this.#verdictOn(module);
      const { place, file, specifier, direct } = module;
      const required = { place, file, direct, ...(specifier !== undefined && { specifier }) };
      if (verdict.kind === 'contained') contained += 1;
      if (verdict.kind === 'unknown')
        unknown.push({ ...required, ...(verdict.reason !== undefined && { reason: verdict.reason }) });
      if (verdict.kind === 'dropped') {
        const claim = sideEffectsClaim(this.#setting.view.run.disk, file);
        dropped.push({ ...required, evidence: verdict.evidence, ...(claim && { claim }) });
      }
    }
    return { contained, dropped, unknown };
  }

  #verdictOn(wanted: NeededModule): Verdict {
    const { contents, kept } = this.#setting;
    const { file, target, importer } = wanted;
    if (target?.pkg && kept.has(target.pkg.project)) return { kind: 'contained' };
    if (target?.installed !== undefined) return this.#verdictOnInstalled(target.installed, wanted);
    if (this.#has(file)) return { kind: 'contained' };
    const byFiles = wanted.own ? this.#verdictByFiles(wanted) : undefined;
    if (byFiles?.kind === 'contained') return byFiles;
    if (importer !== undefined && !this.#isLoaded(wanted, importer)) return { kind: 'not-asked' };
    // It may be in a missing file, which another rule reports.
    if (this.#lacksFiles()) return { kind: 'not-asked' };
    if (contents.open !== undefined) return byFiles ?? { kind: 'unknown', reason: contents.open };
    if (importer !== undefined && this.#setting.modules.effects(file)?.effect === 'unclear') {
      return { kind: 'unknown' };
    }
    return { kind: 'dropped', evidence: contents.evidence };
  }

  #lacksFiles(): boolean {
    const { view, pkg } = this.#setting;
    return view.traces
      .of(pkg)
      .missing.some(({ kind, typesOnly, fromSite }) => LOADED.has(kind) && !typesOnly && !fromSite);
  }

  #has(file: FilePath): boolean {
    const { contained } = this.#setting.contents;
    return contained.has(file) || this.#sourcesOf(file).some((source) => contained.has(source));
  }

  #isLoaded(wanted: NeededModule, importer: FilePath): boolean {
    const { loaded, contents } = this.#setting;
    if (loaded.has(importer)) return true;
    // The contents are unknown, so the output may contain everything that its sources import.
    if (wanted.own) return contents.open !== undefined && loaded.reaches(importer);
    return this.#sourcesOf(importer).some((source) => contents.listed.has(source));
  }

  /**
   * The sources of a built file of another package. A bundle's map names them if the bundler
   * applied the file's own map.
   */
  #sourcesOf(file: FilePath): readonly FilePath[] {
    return remembered(this.#mapped, file, () => this.#mappedSourcesOf(file));
  }

  #mappedSourcesOf(file: FilePath): readonly FilePath[] {
    const { disk } = this.#setting.view.run;
    const owner = this.#setting.view.resolver.workspacePackageOf(file);
    const isBuilt = owner !== undefined && owner !== this.#setting.pkg && /\.[cm]?js$/.test(file);
    const mapped = isBuilt ? mappedSources(disk, file) : undefined;
    if (mapped?.kind !== 'sources') return [];
    return mapped.sources.flatMap((source) => sourceFile(disk, owner!.root, mapped.map, source) ?? []);
  }

  /** The output keeps the import of an installed package, or contains the package's code. */
  #verdictOnInstalled(name: string, wanted: NeededModule): Verdict {
    const { contents, view, pkg } = this.#setting;
    if (contents.packages.has(name) || contents.contained.has(wanted.file)) return { kind: 'contained' };
    for (const record of view.traces.modulesOf(pkg).values()) {
      const asks =
        record?.language !== 'dts' &&
        record?.requests.some(({ specifier }) => specifier === name || specifier.startsWith(`${name}/`));
      if (asks) return { kind: 'contained' };
    }
    // Bundlers change other people's packages (aliases, removed polyfills), so these are not
    // checked.
    return { kind: 'not-asked' };
  }

  /**
   * Output with one file for each source. The importer's built file imports the module's file, or
   * the module has a built file. If it imports all other modules, and this module has no file, the
   * build dropped it.
   */
  #verdictByFiles({ importer, file }: NeededModule): Verdict | undefined {
    const { view, pkg, modules } = this.#setting;
    const { disk } = view.run;
    const built = builtCounterpart(disk, pkg, file, 'runtime');
    if (built.exists) return { kind: 'contained' };
    if (importer === undefined) return undefined;
    const builtImporter = builtCounterpart(disk, pkg, importer, 'runtime');
    const record = builtImporter.exists ? modules.record(builtImporter.file) : undefined;
    const sourceRecord = modules.record(importer);
    if (!record || !sourceRecord) return undefined;
    const asked = new Set(
      record.requests.flatMap(({ specifier }) => {
        const found = view.resolver.resolve(specifier, builtImporter.file, {
          mode: 'import',
          phase: 'runtime',
        });
        return found.kind === 'file' ? found.file : found.kind === 'missing' ? found.tried : [];
      }),
    );
    // Another rule reports the missing file.
    if (asked.has(built.file)) return { kind: 'contained' };
    const others = staticImports(sourceRecord).flatMap((request) => {
      const target = request.names.length > 0 ? modules.follow(importer, request) : undefined;
      if (!target || target.pkg || target.installed !== undefined) return [];
      return builtCounterpart(disk, pkg, target.file, 'runtime').file;
    });
    if (others.length === 0 || !others.every((other) => asked.has(other))) return undefined;
    const text = 'does not import it, and no built file corresponds to it';
    return { kind: 'dropped', evidence: [{ file: builtImporter.file, text }] };
  }
}
