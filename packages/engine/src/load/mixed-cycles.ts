import { remembered } from '../collections/remembered.js';
import type { EarlyRead } from '../model/early-read.js';
import type { ModuleRequest } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import { formatOf } from '../read/package-scope.js';
import type { Disk } from '../read/disk.js';
import { IMPORT, REQUIRE } from '../surface/view.js';
import type { EvaluationView } from './early-reads.js';
import { inCycles } from './in-cycles.js';
import { isStatic } from './link-errors.js';

/** The search is recursive. Real output has far shorter chains. */
const DEEPEST = 500;

type MixedView = Pick<EvaluationView, 'surfaces' | 'inside' | 'mayCross' | 'projectOf'> & {
  readonly disk: Disk;
};

interface Edge {
  readonly request: ModuleRequest;
  readonly target: FilePath;
}

interface Loaded {
  readonly isEsm: boolean;
  /** The modules that it always loads, in their order. */
  readonly edges: readonly Edge[];
  /** Modules that a call in a function, a branch or a `try` may load. */
  readonly uncertain: readonly FilePath[];
}

/**
 * Follows the order in which Node loads ES modules and CommonJS modules that load each other. For each entry file, it reports the
 * first request that Node refuses with ERR_REQUIRE_CYCLE_MODULE:
 *
 * - a `require` of an ES module that is still being evaluated, or that imports such a module,
 * - an `import` of a CommonJS module that is still running, by an ES module that it requires.
 */
export function mixedCycles(view: MixedView, entries: readonly FilePath[]): readonly EarlyRead[] {
  const modules = new Map<FilePath, Loaded>();
  const loadedOf = (file: FilePath): Loaded => remembered(modules, file, () => readModule(view, file));
  return entries.flatMap((entry) => {
    const cyclic = inCycles(entry, (file) => loadedOf(file).edges.map(({ target }) => target));
    const kinds = new Set([...cyclic].map((file) => loadedOf(file).isEsm));
    // What a call in a branch loads changes the order.
    const isUncertain = [...cyclic].some((file) => loadedOf(file).uncertain.some((each) => cyclic.has(each)));
    if (kinds.size < 2 || isUncertain) return [];
    return new Loading(view, loadedOf, entry).firstRefusal() ?? [];
  });
}

class Loading {
  readonly #view: MixedView;
  readonly #loadedOf: (file: FilePath) => Loaded;
  readonly #entry: FilePath;
  /** The modules that have not ended yet, in the order in which they load each other. */
  readonly #running = new Set<FilePath>();
  readonly #started = new Set<FilePath>();
  #found: EarlyRead | undefined;

  constructor(view: MixedView, loadedOf: (file: FilePath) => Loaded, entry: FilePath) {
    this.#view = view;
    this.#loadedOf = loadedOf;
    this.#entry = entry;
  }

  firstRefusal(): EarlyRead | undefined {
    this.#load(this.#entry);
    return this.#found;
  }

  #load(file: FilePath): void {
    if (this.#started.has(file) || this.#running.size > DEEPEST) return;
    this.#started.add(file);
    this.#running.add(file);
    const { isEsm, edges } = this.#loadedOf(file);
    for (const { request, target } of edges) {
      const other = this.#loadedOf(target);
      const way = isEsm === other.isEsm ? undefined : this.#wayToRunning(target, other.isEsm);
      if (way === undefined) this.#load(target);
      else this.#found ??= this.#refusal(file, request, way);
      if (this.#found) return;
    }
    this.#running.delete(file);
  }

  /**
   * The modules from one to the first that still runs, both included; undefined if there is none.
   *
   * @param followed whether ES modules that the module imports count, too
   */
  #wayToRunning(start: FilePath, followed: boolean): readonly FilePath[] | undefined {
    const before = new Map<FilePath, FilePath | undefined>([[start, undefined]]);
    for (const file of before.keys()) {
      if (this.#running.has(file)) {
        const way = [file];
        for (let at = before.get(file); at !== undefined; at = before.get(at)) way.unshift(at);
        return way;
      }
      if (!followed) continue;
      for (const { target } of this.#loadedOf(file).edges)
        if (this.#loadedOf(target).isEsm && !before.has(target)) before.set(target, file);
    }
    return undefined;
  }

  #refusal(file: FilePath, request: ModuleRequest, way: readonly FilePath[]): EarlyRead {
    const running = [...this.#running];
    return {
      place: placeOf(file, request),
      name: request.specifier,
      format: 'mixed',
      project: this.#view.projectOf(file),
      origin: { file: way[0]!, start: 0, end: 0 },
      entry: this.#entry,
      path: [...running.slice(running.indexOf(way.at(-1)!)), ...way.slice(0, -1)],
    };
  }
}

function readModule({ surfaces, inside, mayCross, disk }: MixedView, file: FilePath): Loaded {
  const record = surfaces.host.record(file);
  if (record?.language !== 'js') return { isEsm: false, edges: [], uncertain: [] };
  const isEsm = formatOf(disk, file, record.hasModuleSyntax) === 'esm';
  const edges: Edge[] = [];
  const uncertain: FilePath[] = [];
  for (const request of record.requests.toSorted((a, b) => a.start - b.start)) {
    if ((isEsm ? !isStatic(request) : request.form !== 'require') || !mayCross(request.specifier)) continue;
    const target = surfaces.host.follow(file, request, isEsm ? IMPORT : REQUIRE);
    if (target.kind !== 'file' || !inside(target.file)) continue;
    if (request.guarded || request.deferred) uncertain.push(target.file);
    else edges.push({ request, target: target.file });
  }
  return { isEsm, edges, uncertain };
}
