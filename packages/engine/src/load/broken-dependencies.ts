import { reachedFrom } from '../collections/reached-from.js';
import { remembered } from '../collections/remembered.js';
import type { Answer, Demand, Unmet } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT } from '../surface/view.js';
import type { KeptClosures } from './kept-closures.js';
import { isBuilt, isLoaded, loadedWith } from './link-errors.js';
import type { TextScan } from '../text-scan/scan-text.js';

/** What the search through packages needs. */
export interface PackagesView {
  readonly surfaces: Surfaces;
  scan(file: FilePath): TextScan | undefined;
  packageOf(project: string): WorkspacePackage;
  inside(pkg: WorkspacePackage, file: FilePath): boolean;
  /** What one built file imports from workspace packages. */
  demandsOf(pkg: WorkspacePackage, file: FilePath): readonly Demand[];
  /** Compares an import with its own provider only. */
  answer(demand: Demand): Answer;
  /** The file that an import resolves to. */
  entryOf(demand: Demand): FilePath | undefined;
  /**
   * The files of workspace packages that a CommonJS text loads; undefined unless all of them exist
   * and link.
   */
  linkedByText(file: FilePath): readonly Entry[] | undefined;
  /** Whether an entry file has no link errors in its own package. */
  links(pkg: WorkspacePackage, file: FilePath): boolean;
  readonly closures: KeptClosures;
}

/** A built entry file of a package. */
export interface Entry {
  readonly pkg: WorkspacePackage;
  readonly file: FilePath;
}

/**
 * Finds imports that keep an entry file from loading: it loads code that imports something that
 * another package does not have.
 *
 * The first step looks at every file that the entry may load, found by the paths in its text. Files
 * that mention no workspace package are not parsed, and neither is CommonJS, which needs no names
 * to load. Valid files are remembered. The second step looks only at what loads, and only if
 * something is unmet.
 */
export class BrokenDependencies {
  readonly #view: PackagesView;
  readonly #sound = new Set<FilePath>();
  readonly #broken = new Map<FilePath, readonly Answer[]>();
  readonly #answers = new Map<FilePath, readonly Answer[]>();
  /**
   * By entry files of packages. If one is broken, every package that reaches it is searched again.
   */
  readonly #mayLoadFrom = new Map<FilePath, readonly FilePath[]>();
  /** The entry files that an entry file's own imports resolve to. */
  readonly #targetsOf = new Map<FilePath, FilePath[]>();
  /** Entry files with imports that resolve to no file. */
  readonly #open = new Set<FilePath>();
  /** All files that an entry file may load from its own package. */
  readonly #visitedFrom = new Map<FilePath, ReadonlySet<FilePath>>();
  readonly #loadedFrom = new Map<FilePath, readonly FilePath[]>();

  constructor(view: PackagesView) {
    this.#view = view;
  }

  /** The imports in loaded packages that keep an entry file from loading. */
  below(pkg: WorkspacePackage, file: FilePath): readonly Answer[] {
    if (this.#sound.has(file)) return [];
    const { closures } = this.#view;
    if (closures.proves(file) || closures.isBehindProof(file)) {
      this.#sound.add(file);
      return [];
    }
    let broken = this.#broken.get(file);
    if (!broken) {
      const mayLoad = (entry: Entry): readonly FilePath[] =>
        remembered(this.#mayLoadFrom, entry.file, () => this.#mayLoad(entry));
      const rough = this.#search({ pkg, file }, mayLoad, (asking) => this.#view.linkedByText(asking));
      const loads = (entry: Entry): readonly FilePath[] =>
        remembered(this.#loadedFrom, entry.file, () => this.#loads(entry));
      broken = rough.unmet.length > 0 ? this.#search({ pkg, file }, loads).unmet : [];
      if (rough.unmet.length === 0) {
        for (const seen of rough.entries) this.#sound.add(seen);
        const entries = this.#closureOf(file);
        if (entries && this.#view.links(pkg, file))
          closures.keep({ entry: file, entries, files: this.#visitedFrom });
      }
      this.#broken.set(file, broken);
    }
    return broken;
  }

  #search(
    start: Entry,
    filesOf: (entry: Entry) => readonly FilePath[],
    linkedBy: (file: FilePath) => readonly Entry[] | undefined = () => undefined,
  ): { readonly unmet: readonly Answer[]; readonly entries: ReadonlySet<FilePath> } {
    const entries = new Set<FilePath>();
    const unmet: Answer[] = [];
    const pending = [start];
    for (let entry = pending.pop(); entry; entry = pending.pop()) {
      if (entries.has(entry.file) || this.#sound.has(entry.file)) continue;
      entries.add(entry.file);
      const targets: FilePath[] = [];
      this.#targetsOf.set(entry.file, targets);
      for (const file of filesOf(entry)) {
        const linked = linkedBy(file);
        pending.push(...(linked ?? []));
        targets.push(...(linked ?? []).map((target) => target.file));
        if (linked) continue;
        for (const answer of this.#answersIn(entry.pkg, file)) {
          if (answer.verdict === 'unmet') unmet.push(answer);
          const target = this.#view.entryOf(answer.demand);
          if (target === undefined) {
            this.#open.add(entry.file);
            continue;
          }
          targets.push(target);
          pending.push({ pkg: this.#view.packageOf(answer.demand.provider), file: target });
        }
      }
    }
    return { unmet, entries };
  }

  /** All entry files that are reached from one; undefined if an import on the way resolves to none. */
  #closureOf(start: FilePath): ReadonlySet<FilePath> | undefined {
    const entries = reachedFrom([start], (file) =>
      this.#view.closures.isBehindProof(file) ? [] : (this.#targetsOf.get(file) ?? []),
    );
    return [...entries].some((file) => this.#open.has(file)) ? undefined : entries;
  }

  #loads({ pkg, file }: Entry): readonly FilePath[] {
    return loadedWith(this.#view.surfaces, file, (other) => this.#view.inside(pkg, other));
  }

  /** At least all files that load with an entry and may import workspace packages. */
  #mayLoad({ pkg, file: start }: Entry): readonly FilePath[] {
    const { host } = this.#view.surfaces;
    const asking: FilePath[] = [];
    const visited = reachedFrom([start], (file) => {
      const scan = this.#view.inside(pkg, file) ? this.#view.scan(file) : undefined;
      if (!scan) return undefined;
      if (scan.mentions) asking.push(file);
      return scan.localPaths.flatMap((specifier) => {
        const target = host.follow(file, { specifier, form: 'import', start: 0, end: 0 }, IMPORT);
        return target.kind === 'file' ? target.file : [];
      });
    });
    this.#visitedFrom.set(start, visited);
    return asking;
  }

  /**
   * The answers for what a file imports when it loads. Only unmet ones that keep it from loading.
   */
  #answersIn(pkg: WorkspacePackage, file: FilePath): readonly Answer[] {
    const known = this.#answers.get(file);
    if (known) return known;
    const record = this.#view.surfaces.host.record(file);
    const loaded = new Set(
      record && isBuilt(record)
        ? record.requests.filter((request) => isLoaded(record, request)).map(({ start }) => start)
        : [],
    );
    const demands = loaded.size > 0 ? this.#view.demandsOf(pkg, file) : [];
    const answers = demands
      .filter(({ specifierPlace }) => loaded.has(specifierPlace.start))
      .map((demand) => onlyFatal(this.#view.answer(demand)));
    this.#answers.set(file, answers);
    return answers;
  }
}

/** Without the name, an ES module does not link. CommonJS continues with undefined. */
const OF_NAMES: ReadonlySet<Unmet['kind']> = new Set([
  'missing-export',
  'ambiguous-export',
  'undetectable-cjs-export',
]);

function onlyFatal(answer: Answer): Answer {
  const { demand } = answer;
  if (answer.verdict !== 'unmet') return answer;
  const { why } = answer;
  const linked = demand.linked === true && !(why.kind === 'missing-export' && why.lost);
  const fatal = !OF_NAMES.has(why.kind) || linked;
  return fatal && !demand.soft ? answer : { demand, verdict: 'met' };
}
