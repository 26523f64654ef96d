import { remembered } from '../collections/remembered.js';
import type { BundleTrace, TraceRoot } from '../model/bundle-trace.js';
import type { FilePath } from '../model/place.js';
import type { EntryPoint, Workspace, WorkspacePackage } from '../model/workspace.js';
import { languageOf } from '../parse/language-of.js';
import type { Disk } from '../read/disk.js';
import type { Resolver } from '../resolve/resolver.js';
import { PackageReader } from './package-reader.js';
import { skimmed } from './skim.js';
import type { SkimContext } from './skim.js';
import { traceBundle } from './trace-bundle.js';
import type { TracedModules, TraceHost } from './trace-bundle.js';
import { traceRootsOf } from './trace-roots.js';

/** What tracing needs from the workspace. */
export interface TraceContext extends SkimContext {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly resolver: Resolver;
  entryPointsOf(pkg: WorkspacePackage): readonly EntryPoint[];
}

/** The output graphs of packages; each package is walked once. */
export class Traces {
  readonly #context: TraceContext;
  readonly #roots = new Map<string, readonly TraceRoot[]>();
  readonly #traced = new Map<string, { readonly trace: BundleTrace; readonly modules: TracedModules }>();
  readonly #scripts = new Map<string, TracedModules>();

  constructor(context: TraceContext) {
    this.#context = context;
  }

  /** What a project's built output contains and still needs: everything that its roots reach. */
  of(pkg: WorkspacePackage): BundleTrace {
    return this.#walked(pkg).trace;
  }

  /** What some of a package's files reach, independent of other roots. */
  from(pkg: WorkspacePackage, entries: readonly FilePath[]): BundleTrace {
    const roots = entries.map((file) => ({ file, kind: 'entry-point' as const }));
    return traceBundle(this.#readerOf(pkg), roots).trace;
  }

  /**
   * The modules of that trace, each with its record. A module has none if a scan showed that it
   * imports no package.
   */
  modulesOf(pkg: WorkspacePackage): TracedModules {
    return this.#walked(pkg).modules;
  }

  /**
   * The modules that can run: those that the roots reach without declarations. To check a project,
   * much less of its dependents is read for this than for their whole traces.
   */
  scriptsOf(pkg: WorkspacePackage): TracedModules {
    return remembered(this.#scripts, pkg.project, () => {
      const reader = this.#readerOf(pkg);
      const roots = this.#rootsOf(pkg).filter(({ kind }) => kind !== 'types');
      return traceBundle(withoutDeclarations(reader), roots).modules;
    });
  }

  /** Some of those modules: the files at which the walk starts. They are often enough, and take no walk. */
  rootScriptsOf(pkg: WorkspacePackage): TracedModules {
    const walked = this.#scripts.get(pkg.project);
    if (walked) return walked;
    const { modules } = this.#context;
    const reader = this.#readerOf(pkg);
    const files = this.#rootsOf(pkg).flatMap(({ file, kind }) =>
      kind !== 'script' && isScript(file) && reader.inside(file) ? file : [],
    );
    return new Map(files.map((file) => [file, modules.record(file)]));
  }

  #walked(pkg: WorkspacePackage): { readonly trace: BundleTrace; readonly modules: TracedModules } {
    return remembered(this.#traced, pkg.project, () => traceBundle(this.#readerOf(pkg), this.#rootsOf(pkg)));
  }

  #rootsOf(pkg: WorkspacePackage): readonly TraceRoot[] {
    const { disk, workspace } = this.#context;
    return remembered(this.#roots, pkg.project, () =>
      traceRootsOf(disk, workspace, pkg, this.#context.entryPointsOf(pkg)),
    );
  }

  #readerOf(pkg: WorkspacePackage): PackageReader {
    const { disk, modules, resolver } = this.#context;
    const skim = (file: FilePath): readonly string[] | undefined => skimmed(this.#context, pkg, file);
    return new PackageReader({ disk, modules, resolver, skim }, pkg);
  }
}

function withoutDeclarations(host: TraceHost): TraceHost {
  return {
    inside: (file) => languageOf(file) !== 'dts' && host.inside(file),
    absentFolder: (file) => host.absentFolder(file),
    read: (file, root) => host.read(file, root),
  };
}

function isScript(file: FilePath): boolean {
  return /\.[cm]?js$/.test(file);
}
