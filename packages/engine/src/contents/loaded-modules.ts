import { reachedFrom } from '../collections/reached-from.js';
import type { FilePath } from '../model/place.js';
import type { ModuleRequest } from '../model/module-record.js';
import type { BundleContents } from './bundle-contents.js';
import { staticImports } from '../trace/bare-imports.js';
import type { ModuleView } from './module-view.js';

/**
 * The sources that take part in the built output: those that the bundler lists, those behind entry
 * points, and the barrels that these import. A barrel leaves nothing in a bundle, so source maps do
 * not list it.
 */
export class LoadedModules {
  readonly #contents: BundleContents;
  readonly #entries: ReadonlySet<FilePath>;
  readonly #modules: ModuleView;
  #barrels: ReadonlySet<FilePath> | undefined;
  #reached: ReadonlySet<FilePath> | undefined;

  constructor(contents: BundleContents, entries: ReadonlySet<FilePath>, modules: ModuleView) {
    this.#contents = contents;
    this.#entries = entries;
    this.#modules = modules;
  }

  has(file: FilePath): boolean {
    if (this.#contents.listed.has(file) || this.#entries.has(file)) return true;
    if (this.#modules.effects(file)?.hasCode !== false) return false;
    this.#barrels ??= this.#findBarrels();
    return this.#barrels.has(file);
  }

  /** Whether the entry points' sources reach a module. It is true if those sources are unknown. */
  reaches(file: FilePath): boolean {
    this.#reached ??= this.#reach();
    return this.#entries.size === 0 || this.#reached.has(file);
  }

  #reach(): ReadonlySet<FilePath> {
    return reachedFrom(this.#entries, (file) =>
      (this.#modules.record(file)?.requests ?? []).flatMap((request) => {
        const target = request.typeOnly ? undefined : this.#modules.follow(file, request);
        return !target || target.pkg || target.installed !== undefined ? [] : target.file;
      }),
    );
  }

  #findBarrels(): ReadonlySet<FilePath> {
    const barrels = new Set<FilePath>();
    const pending = [...this.#entries, ...this.#contents.contained];
    const seen = new Set(pending);
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      const record = this.#modules.record(file);
      if (!record) continue;
      for (const request of staticImports(record)) {
        const target = this.#modules.follow(file, request);
        if (!target || target.installed !== undefined || seen.has(target.file)) continue;
        if (this.#modules.effects(target.file)?.hasCode !== false || !this.#loads(request, target.file))
          continue;
        seen.add(target.file);
        barrels.add(target.file);
        pending.push(target.file);
      }
    }
    return barrels;
  }

  /**
   * An import of names may import only types, which the compiler removes. So a module behind it
   * must exist in the output.
   */
  #loads(request: ModuleRequest, barrel: FilePath): boolean {
    return request.names.length === 0 || this.#somethingBehind(barrel, new Set());
  }

  #somethingBehind(file: FilePath, seen: Set<FilePath>): boolean {
    if (this.#contents.contained.has(file)) return true;
    if (seen.has(file)) return false;
    seen.add(file);
    const record = this.#modules.effects(file)?.hasCode === false ? this.#modules.record(file) : undefined;
    if (!record) return false;
    return staticImports(record).some((request) => {
      const target = this.#modules.follow(file, request);
      return target !== undefined && this.#somethingBehind(target.file, seen);
    });
  }
}
