import type { TraceRoot } from '../model/bundle-trace.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { languageOf } from '../parse/language-of.js';
import type { ModuleStore } from '../parse/module-store.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin } from '../read/file-path.js';
import type { Resolver } from '../resolve/resolver.js';
import type { FoundReference } from './found-reference.js';
import { requestReferences } from './request-references.js';
import { Site } from './site.js';
import type { ReadFile, TraceHost } from './trace-bundle.js';

/** What reading a package's output takes. */
export interface ReaderContext {
  readonly disk: Disk;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  /** The relative specifiers of a file, where its text tells that nothing else of it matters; undefined where it has to be parsed. */
  skim(file: FilePath): readonly string[] | undefined;
}

/** Turns the files of one package into what they refer to. */
export class PackageReader implements TraceHost {
  readonly #context: ReaderContext;
  readonly #pkg: WorkspacePackage;
  readonly #sites = new Map<FilePath, Site>();

  constructor(context: ReaderContext, pkg: WorkspacePackage) {
    this.#context = context;
    this.#pkg = pkg;
  }

  inside(file: FilePath): boolean {
    const { disk, resolver } = this.#context;
    return (
      !file.includes('node_modules/') &&
      resolver.workspacePackageOf(file)?.project === this.#pkg.project &&
      disk.isFile(file)
    );
  }

  read(file: FilePath, root: TraceRoot): ReadFile | undefined {
    if (languageOf(file) === 'asset') return { kind: 'other', references: [] };
    const skimmed = this.#skimmed(file);
    if (skimmed) return { kind: 'module', references: skimmed };
    const record = this.#context.modules.record(file);
    if (!record) return undefined;
    const site = this.#siteOf(file, root);
    return {
      kind: 'module',
      record,
      references: requestReferences(this.#context.resolver, site, file, record),
    };
  }

  #siteOf(file: FilePath, root: TraceRoot): Site {
    const start = folderOf(root.kind === 'page' ? root.file : file) ?? '.';
    let site = this.#sites.get(start);
    if (!site) {
      const output = this.#pkg.outputs.find((folder) => isWithin(folder, file)) ?? this.#pkg.publishedRoot;
      this.#sites.set(start, (site = new Site(this.#context.disk, start, output)));
    }
    return site;
  }

  /** Not every quoted path is an import: a file with one that leads nowhere has to be parsed. */
  #skimmed(file: FilePath): readonly FoundReference[] | undefined {
    const found: FoundReference[] = [];
    for (const specifier of this.#context.skim(file) ?? [undefined]) {
      if (specifier === undefined) return undefined;
      const resolution = this.#context.resolver.resolve(specifier, file, { phase: 'types', mode: 'import' });
      if (resolution.kind !== 'file') return undefined;
      const place = { file, start: 0, end: 0 };
      const reference = { place, specifier, kind: 'types' as const, soft: false, typesOnly: true };
      found.push({ outcome: 'file', reference, file: resolution.file });
    }
    return found;
  }
}
