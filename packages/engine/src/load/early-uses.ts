import { remembered } from '../collections/remembered.js';
import type { EarlyRead } from '../model/early-read.js';
import type { ModuleRequest } from '../model/module-record.js';
import type { FilePath } from '../model/place.js';
import type { LoadOrder } from '../parse/load-order.js';
import type { Surfaces } from '../surface/surfaces.js';
import { REQUIRE } from '../surface/view.js';
import { inCycles } from './in-cycles.js';
import type { EvaluationView } from './early-reads.js';

/**
 * Follows the order in which `require` loads the CommonJS modules of an entry file. It reports the first use of a name that a
 * module in a cycle exports only later, if the use throws: a call, a superclass, a member. The value is undefined at that time.
 */
export function earlyUses(view: EvaluationView, entries: readonly FilePath[]): readonly EarlyRead[] {
  const graph = new RequireGraph(view);
  return entries.flatMap((entry) => firstEarlyUse(view, graph, entry) ?? []);
}

interface Event {
  readonly kind: 'require' | 'use';
  readonly specifier: string;
  readonly name?: string;
  readonly start: number;
  readonly end: number;
}

interface Frame {
  readonly file: FilePath;
  readonly events: readonly Event[];
  readonly order: LoadOrder | undefined;
  next: number;
  /** The call of `require` that is running. */
  at: number;
}

function firstEarlyUse(view: EvaluationView, graph: RequireGraph, entry: FilePath): EarlyRead | undefined {
  const cyclic = graph.cyclicFrom(entry);
  if (cyclic.size === 0) return undefined;
  const loaded = new Set<FilePath>();
  const path: Frame[] = [];
  const enter = (file: FilePath): void => {
    loaded.add(file);
    const order = cyclic.has(file) || graph.mayLoadLate(file, cyclic) ? view.loadOrder(file) : undefined;
    path.push({ file, events: order ? eventsOf(order) : graph.requiresOf(file), order, next: 0, at: 0 });
  };
  enter(entry);
  for (let frame = path.at(-1); frame; frame = path.at(-1)) {
    const event = frame.events[frame.next++];
    const uncertainFrom = frame.order?.uncertainFrom ?? Infinity;
    // What a call in a branch loads changes the order of everything after it.
    if (uncertainFrom < (event?.start ?? Infinity)) return undefined;
    if (!event) {
      path.pop();
      continue;
    }
    const target = graph.targetOf(frame.file, event.specifier);
    if (target === undefined) continue;
    if (event.kind === 'require') {
      frame.at = event.start;
      if (!loaded.has(target)) enter(target);
      continue;
    }
    const waiting = path.findIndex(({ file }) => file === target);
    if (waiting < 0 || target === frame.file || !lacks(path[waiting]!, event.name!)) continue;
    const binding = view.surfaces.binding(target, event.name!, REQUIRE);
    if (binding.kind !== 'found') continue;
    return {
      place: { file: frame.file, start: event.start, end: event.end },
      name: event.name!,
      format: 'commonjs',
      project: view.projectOf(frame.file),
      origin: binding.offered.origin,
      entry,
      path: path.slice(waiting).map(({ file }) => file),
    };
  }
  return undefined;
}

function eventsOf({ requires, uses }: LoadOrder): readonly Event[] {
  return [
    ...requires.map((each) => ({ kind: 'require' as const, ...each })),
    ...uses.map((each) => ({ kind: 'use' as const, ...each })),
  ].toSorted((a, b) => a.start - b.start);
}

/** Whether a module that waits for a `require` call certainly has not exported a name yet. */
function lacks({ order, at }: Frame, name: string): boolean {
  if (!order || name in Object.prototype || (order.openFrom ?? Infinity) < at) return false;
  return !order.maybe.includes(name) && !order.exported.some((each) => each.name === name && each.end <= at);
}

/** Which files of the view `require` each other. */
class RequireGraph {
  readonly #view: EvaluationView;
  readonly #surfaces: Surfaces;
  readonly #targets = new Map<FilePath, ReadonlyMap<string, FilePath>>();

  constructor(view: EvaluationView) {
    this.#view = view;
    this.#surfaces = view.surfaces;
  }

  cyclicFrom(entry: FilePath): ReadonlySet<FilePath> {
    if (!this.#isCommonJs(entry)) return new Set();
    return inCycles(entry, (file) =>
      this.requiresOf(file).flatMap(({ specifier }) => this.targetOf(file, specifier) ?? []),
    );
  }

  /** The calls of `require` that always run. */
  requiresOf(file: FilePath): readonly Event[] {
    return this.#requestsOf(file)
      .filter(({ guarded, deferred }) => !guarded && !deferred)
      .map(({ specifier, start, end }) => ({ kind: 'require' as const, specifier, start, end }))
      .toSorted((a, b) => a.start - b.start);
  }

  /** Whether a call in a function, a branch or a `try` may load one of some modules. */
  mayLoadLate(file: FilePath, modules: ReadonlySet<FilePath>): boolean {
    return this.#requestsOf(file).some(
      ({ guarded, deferred, specifier }) =>
        (guarded || deferred) && modules.has(this.targetOf(file, specifier) ?? ''),
    );
  }

  targetOf(file: FilePath, specifier: string): FilePath | undefined {
    return remembered(this.#targets, file, () => this.#readTargets(file)).get(specifier);
  }

  #readTargets(file: FilePath): ReadonlyMap<string, FilePath> {
    const found = new Map<string, FilePath>();
    for (const request of this.#requestsOf(file)) {
      if (!this.#view.mayCross(request.specifier) || found.has(request.specifier)) continue;
      const target = this.#surfaces.host.follow(file, request, REQUIRE);
      if (target.kind === 'file' && this.#view.inside(target.file) && this.#isCommonJs(target.file))
        found.set(request.specifier, target.file);
    }
    return found;
  }

  #requestsOf(file: FilePath): readonly ModuleRequest[] {
    return this.#surfaces.host.record(file)?.requests.filter(({ form }) => form === 'require') ?? [];
  }

  #isCommonJs(file: FilePath): boolean {
    const record = this.#surfaces.host.record(file);
    return record?.language === 'js' && record.commonjs !== undefined && !record.hasModuleSyntax;
  }
}
