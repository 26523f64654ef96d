import { remembered } from '../collections/remembered.js';
import type { EarlyRead } from '../model/early-read.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { LoadFacts } from '../parse/load-facts.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT } from '../surface/view.js';

export interface EvaluationView {
  readonly surfaces: Surfaces;
  inside(file: FilePath): boolean;
  /** Read only for modules in a cycle. */
  loadFacts(file: FilePath): LoadFacts;
}

/**
 * Follows the order in which ECMA-262 16.2.1.6.1.3 (InnerModuleEvaluation) evaluates a package's ES
 * modules. It reports the first read of a `let`, `const` or `class` whose module has not run, for
 * each entry file. Modules outside of cycles are not read.
 *
 * It does not cover functions of another module that are called early, modules with top-level await
 * (their order differs), or CommonJS (the name is undefined and nothing throws).
 */
export function earlyReads(view: EvaluationView, entries: readonly FilePath[]): readonly EarlyRead[] {
  const graph = new Map<FilePath, readonly FilePath[]>();
  return entries.flatMap((entry) => new Evaluation(view, graph, entry).firstEarlyRead() ?? []);
}

class Evaluation {
  readonly #view: EvaluationView;
  readonly #graph: Map<FilePath, readonly FilePath[]>;
  readonly #entry: FilePath;
  /** In the order of the first visit. A module that has run keeps its number. */
  readonly #numbers = new Map<FilePath, number>();
  /** The modules whose imports are being evaluated, starting at the entry. */
  readonly #path: FilePath[] = [];
  /** Modules in a cycle that is not complete yet; they have run, or wait. */
  readonly #open = new Set<FilePath>();
  #found: EarlyRead | undefined;

  constructor(view: EvaluationView, graph: Map<FilePath, readonly FilePath[]>, entry: FilePath) {
    this.#view = view;
    this.#graph = graph;
    this.#entry = entry;
  }

  firstEarlyRead(): EarlyRead | undefined {
    this.#evaluate(this.#entry);
    return this.#found;
  }

  /**
   * @returns the lowest number that the module's imports reach, as in Tarjan's search for strongly
   *   connected components
   */
  #evaluate(file: FilePath): number {
    const number = this.#numbers.size;
    let lowest = number;
    this.#numbers.set(file, number);
    this.#path.push(file);
    this.#open.add(file);
    for (const target of this.#importsOf(file)) {
      if (this.#found) break;
      if (!this.#numbers.has(target)) lowest = Math.min(lowest, this.#evaluate(target));
      else if (this.#open.has(target)) lowest = Math.min(lowest, this.#numbers.get(target)!);
    }
    if (!this.#found && lowest < number) this.#found = this.#readTooEarlyBy(file);
    this.#path.pop();
    if (lowest === number)
      for (const other of this.#open) if (this.#numbers.get(other)! >= number) this.#open.delete(other);
    return lowest;
  }

  #readTooEarlyBy(file: FilePath): EarlyRead | undefined {
    const { surfaces, loadFacts } = this.#view;
    const record = surfaces.host.record(file)!;
    for (const { specifier, name, start, end } of loadFacts(file).reads) {
      const request = record.requests.find(
        (other) => other.specifier === specifier && other.form === 'import',
      );
      const target = request && surfaces.host.follow(file, request, IMPORT);
      if (target?.kind !== 'file') continue;
      const binding = surfaces.binding(target.file, name, IMPORT);
      if (binding.kind !== 'found') continue;
      const declaring = binding.offered.origin.file;
      const waiting = this.#path.indexOf(declaring);
      if (waiting < 0 || declaring === file) continue;
      if (!loadFacts(declaring).lexical.has(binding.id.slice(declaring.length + 1))) continue;
      const place = { file, start, end };
      return {
        place,
        name,
        origin: binding.offered.origin,
        entry: this.#entry,
        path: this.#path.slice(waiting),
      };
    }
    return undefined;
  }

  #importsOf(file: FilePath): readonly FilePath[] {
    return remembered(this.#graph, file, () => this.#readImportsOf(file));
  }

  #readImportsOf(file: FilePath): readonly FilePath[] {
    const { surfaces, inside } = this.#view;
    const record = surfaces.host.record(file);
    const requests = record && isEsModule(record) ? record.requests.filter(isStatic) : [];
    const targets = requests.flatMap((request) => {
      if (!/^[.#]/.test(request.specifier)) return [];
      const target = surfaces.host.follow(file, request, IMPORT);
      return target.kind === 'file' && inside(target.file) && isEsModule(surfaces.host.record(target.file))
        ? target.file
        : [];
    });
    return [...new Set(targets)];
  }
}

function isEsModule(record: ModuleRecord | undefined): boolean {
  return record?.language === 'js' && record.hasModuleSyntax;
}

function isStatic({ form }: ModuleRecord['requests'][number]): boolean {
  return form === 'import' || form === 'export-from' || form === 'export-star';
}
