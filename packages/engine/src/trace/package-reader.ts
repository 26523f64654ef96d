import type { TraceRoot } from '../model/bundle-trace.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath, Span } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import { extensionOf, languageOf } from '../parse/language-of.js';
import type { ModuleStore } from '../parse/module-store.js';
import { parseModule } from '../parse/parse-module.js';
import type { Disk } from '../read/disk.js';
import { folderOf, isWithin } from '../read/file-path.js';
import type { Resolver } from '../resolve/resolver.js';
import { chunkReferences } from './chunk-references.js';
import type { ChunkRuntime } from './chunk-references.js';
import { declaredIn } from './declared-packages.js';
import { fileReferences } from './resolve-file-references.js';
import type { FoundReference } from './found-reference.js';
import type { Page } from './page.js';
import { Redirects } from './redirects.js';
import { isUntyped, requestReferences } from './request-references.js';
import { Site } from './site.js';
import type { ReadFile, TraceHost } from './trace-bundle.js';
import { pageReferences, parsePage, styleReferences } from './written-references.js';

/** What reading a package's output needs. */
export interface ReaderContext {
  readonly disk: Disk;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  /**
   * The relative specifiers of a file, if its text shows that nothing else in it matters; undefined
   * if it must be parsed.
   */
  skim(file: FilePath): readonly string[] | undefined;
}

/** Finds the references of the files of one package. */
export class PackageReader implements TraceHost {
  readonly #context: ReaderContext;
  readonly #pkg: WorkspacePackage;
  readonly #sites = new Map<string, Site>();
  readonly #pages = new Map<FilePath, Page>();
  /** By the chunks that they load. */
  readonly #runtimes = new Map<FilePath, ChunkRuntime>();
  readonly #redirects: Redirects;
  #lastRuntime: ChunkRuntime | undefined;

  constructor(context: ReaderContext, pkg: WorkspacePackage) {
    this.#context = context;
    this.#pkg = pkg;
    this.#redirects = new Redirects(context.disk, (name) => declaredIn(pkg.published, name) === 'installed');
  }

  inside(file: FilePath): boolean {
    const { disk, resolver } = this.#context;
    return resolver.owns(this.#pkg, file) && disk.isFile(file);
  }

  absentFolder(file: FilePath): FilePath | undefined {
    let absent: FilePath | undefined;
    for (let folder = folderOf(file); folder !== undefined; folder = folderOf(folder)) {
      if (this.#context.disk.kindOf(folder) !== undefined) break;
      absent = folder;
    }
    return absent;
  }

  read(file: FilePath, root: TraceRoot): ReadFile | undefined {
    const { disk, modules } = this.#context;
    const extension = extensionOf(file);
    if (extension === 'html' || extension === 'htm')
      return { kind: 'other', references: root.file === file ? this.#page(file, root) : [] };
    if (extension === 'css')
      return { kind: 'other', references: styleReferences(disk, file, this.#siteOf(file, root), root) };
    if (languageOf(file) === 'asset') return { kind: 'other', references: [] };
    const skimmed = this.#skimmed(file);
    if (skimmed) return { kind: 'module', references: skimmed };
    const record = modules.record(file);
    if (!record) return undefined;
    this.#redirects.add(file, record.redirects ?? []);
    const references = this.#module(file, record, root);
    return { kind: 'module', record: this.#redirects.applied(file, record), references };
  }

  #module(file: FilePath, record: ModuleRecord, root: TraceRoot): readonly FoundReference[] {
    const { disk, resolver } = this.#context;
    const site = this.#siteOf(file, root);
    const mapped = this.#pages.get(root.file)?.mapped;
    const found = [
      ...requestReferences({ resolver, site, redirects: this.#redirects }, file, record),
      ...fileReferences(disk, site, root, file, record),
      ...this.#chunks(file, record),
    ];
    return mapped?.size
      ? found.filter((one) => one.outcome !== 'external' || !isMapped(mapped, one.reference.specifier))
      : found;
  }

  #chunks(file: FilePath, { chunks }: ModuleRecord): readonly FoundReference[] {
    if (!chunks) return [];
    const own = chunks.scripts ? { file, chunks } : undefined;
    if (own) this.#lastRuntime = own;
    const runtime = own ?? this.#runtimes.get(file) ?? this.#lastRuntime;
    const site = this.#site(folderOf(runtime?.file ?? file) ?? '.', file);
    const found = chunkReferences(file, chunks, runtime, site);
    for (const one of found) if (runtime && one.outcome === 'file') this.#runtimes.set(one.file, runtime);
    return found;
  }

  #page(file: FilePath, root: TraceRoot): readonly FoundReference[] {
    const { disk } = this.#context;
    const page = parsePage(disk, file);
    this.#pages.set(file, page);
    const site = this.#siteOf(file, root);
    const scripts = page.scripts.flatMap((span) => this.#inlineScript(file, span, root));
    return [...pageReferences(disk, file, page, site), ...scripts];
  }

  /** The imports of an inline module, at its place in the page. */
  #inlineScript(file: FilePath, { start, end }: Span, root: TraceRoot): readonly FoundReference[] {
    const text = this.#context.disk.readText(file) ?? '';
    const blank = text.slice(0, start).replace(/[^\n]/g, ' ');
    return this.#module(file, parseModule(`${file}.mjs`, blank + text.slice(start, end)), root);
  }

  #siteOf(file: FilePath, root: TraceRoot): Site {
    if (root.kind !== 'page') return this.#site(folderOf(file) ?? '.', file);
    const page = this.#pages.get(root.file);
    const paths = page?.urls.flatMap(({ url }) => (url.startsWith('/') ? url : [])) ?? [];
    const base = page?.base?.startsWith('/') ? page.base : undefined;
    return this.#site(folderOf(root.file) ?? '.', root.file, { paths, ...(base !== undefined && { base }) });
  }

  #site(
    start: FilePath,
    file: FilePath,
    page?: { readonly paths: readonly string[]; readonly base?: string },
  ): Site {
    const key = page ? file : `${start}/`;
    let site = this.#sites.get(key);
    if (!site) {
      const output = this.#pkg.outputs.find((folder) => isWithin(folder, file)) ?? this.#pkg.publishedRoot;
      this.#sites.set(key, (site = new Site(this.#context.disk, start, output, page)));
    }
    return site;
  }

  /**
   * Not every quoted path is an import, so a file with a quoted path to a missing file must be
   * parsed.
   */
  #skimmed(file: FilePath): readonly FoundReference[] | undefined {
    const specifiers = this.#context.skim(file);
    if (!specifiers) return undefined;
    const found: FoundReference[] = [];
    for (const specifier of specifiers) {
      const resolution = this.#context.resolver.resolve(specifier, file, { phase: 'types', mode: 'import' });
      if (resolution.kind !== 'file' || isUntyped(resolution.file)) return undefined;
      const place = { file, start: 0, end: 0 };
      const reference = { place, specifier, kind: 'types' as const, soft: false, typesOnly: true };
      found.push({ outcome: 'file', reference, file: resolution.file });
    }
    return found;
  }
}

function isMapped(mapped: ReadonlySet<string>, specifier: string): boolean {
  return (
    mapped.has(specifier) || [...mapped].some((name) => name.endsWith('/') && specifier.startsWith(name))
  );
}
