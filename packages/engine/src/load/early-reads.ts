import { remembered } from '../collections/remembered.js';
import type { EarlyRead } from '../model/early-read.js';
import type { ModuleRecord } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { LoadFacts } from '../parse/load-facts.js';
import type { LoadOrder } from '../parse/load-order.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT } from '../surface/view.js';
import { isStatic } from './link-errors.js';

export interface EvaluationView {
  readonly surfaces: Surfaces;
  /** Whether the search enters a file. */
  inside(file: FilePath): boolean;
  /** Whether a specifier may resolve to such a file: other packages only matter if they form a cycle with this one. */
  mayCross(specifier: string): boolean;
  projectOf(file: FilePath): string;
  loadOrder(file: FilePath): LoadOrder;
  /** Read only for modules in a cycle. */
  loadFacts(file: FilePath): LoadFacts;
}

/**
 * Follows the order in which ECMA-262 16.2.1.6.1.3 (InnerModuleEvaluation) evaluates a package's ES
 * modules. It reports the first read of a `let`, `const` or `class` whose module has not run, for
 * each entry file. Modules outside of cycles are not read.
 *
 * It does not cover functions of another module that are called early, modules with top-level await
 * (their order differs), or CommonJS (see `earlyUses`).
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
  readonly #open: FilePath[] = [];
  readonly #isOpen = new Set<FilePath>();
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
   * Tarjan's search for strongly connected components, in which a module is evaluated when all of its imports were visited.
   * It needs no recursion, because modules may form long chains.
   */
  #evaluate(entry: FilePath): void {
    const lowest: number[] = [];
    const ways: Iterator<FilePath>[] = [];
    const enter = (file: FilePath): void => {
      lowest.push(this.#numbers.size);
      this.#numbers.set(file, this.#numbers.size);
      this.#path.push(file);
      this.#open.push(file);
      this.#isOpen.add(file);
      ways.push(this.#importsOf(file).values());
    };
    enter(entry);
    for (let way = ways.at(-1); way; way = ways.at(-1)) {
      const { value: target, done } = way.next();
      const last = lowest.length - 1;
      if (!done) {
        if (!this.#numbers.has(target)) enter(target);
        else if (this.#isOpen.has(target)) lowest[last] = Math.min(lowest[last]!, this.#numbers.get(target)!);
        continue;
      }
      const file = this.#path.at(-1)!;
      const number = this.#numbers.get(file)!;
      const low = lowest.pop()!;
      ways.pop();
      if (low < number) this.#found = this.#readTooEarlyBy(file);
      if (this.#found) return;
      this.#path.pop();
      if (low === number)
        for (const other of this.#open.splice(this.#open.lastIndexOf(file))) this.#isOpen.delete(other);
      if (lowest.length > 0) lowest[last - 1] = Math.min(lowest[last - 1]!, low);
    }
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
        format: 'esm',
        project: this.#view.projectOf(file),
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
    const { surfaces, inside, mayCross } = this.#view;
    const record = surfaces.host.record(file);
    const requests = record && isEsModule(record) ? record.requests.filter(isStatic) : [];
    const targets = requests.flatMap((request) => {
      if (!mayCross(request.specifier)) return [];
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
