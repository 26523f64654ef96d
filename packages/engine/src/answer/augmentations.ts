import { remembered } from '../collections/remembered.js';
import { reachedFrom } from '../collections/reached-from.js';
import type { Demand } from '../model/demand.js';
import type { AmbientModule, ExportEntry } from '../model/module-record.js';
import { placeOf } from '../model/place.js';
import type { FilePath } from '../model/place.js';
import type { OfferedName, UnknownFact } from '../model/surface.js';
import type { Demands } from '../demand/demands.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { ModuleStore } from '../parse/module-store.js';
import { packagesByName } from '../read/packages-by-name.js';
import { packageNameIn } from '../resolve/path-alias.js';

/** What the search for augmentations needs from the workspace. */
export interface AugmentationContext {
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  readonly demands: Pick<Demands, 'of' | 'ofOutput' | 'filesThatAugment'>;
  packageOf(project: string): WorkspacePackage | undefined;
}

/** A name that a `declare module` block adds. */
interface AddedName {
  /** The module that gets it, as the block names it. */
  readonly specifier: string;
  readonly offered: OfferedName;
}

/**
 * Names that modules add to others with `declare module 'x' { … }`. TypeScript sees those of the
 * importing package, and those in the declarations of the packages that it loads from there. They
 * are read only if a name is missing.
 */
export class Augmentations {
  readonly #context: AugmentationContext;
  /** By project: the files with blocks among the modules of all demands. */
  readonly #files = new Map<string, Set<FilePath>>();
  readonly #asked = new Map<string, Set<string>>();
  readonly #own = new Map<string, readonly AddedName[]>();
  readonly #built = new Map<string, Built>();
  readonly #declared = new Map<string, readonly string[]>();
  readonly #project: string | undefined;

  /**
   * @param demands all imports of all projects: they show who imports whom, and the augmentations
   *   of their modules count
   * @param project the one that is checked; absent if all are. Of the others only some imports are known, so every augmentation counts for
   *   them, and their own tasks decide.
   */
  constructor(context: AugmentationContext, demands: readonly Demand[], project?: string) {
    this.#context = context;
    this.#project = project;
    for (const { dependent, provider, form, place } of demands) {
      add(this.#asked, dependent, provider);
      if (form === 'augmentation') add(this.#files, dependent, place.file);
    }
  }

  /** What an augmentation that TypeScript sees adds under the imported name. */
  added(demand: Demand): OfferedName | undefined {
    const { dependent } = demand;
    const isForeign = this.#isForeign(demand);
    const sources = isForeign ? [...this.#files.keys()] : [dependent];
    for (const project of sources) {
      const own = remembered(this.#own, project, () =>
        namesIn(this.#context, this.#files.get(project) ?? []),
      );
      const found = this.#among(demand, own);
      if (found) return found.offered;
    }
    for (const project of this.#reached(demand)) {
      const added = this.#among(demand, this.#builtOf(project).names, project);
      if (added) return added.offered;
    }
    return undefined;
  }

  /**
   * Another package that the importer depends on adds the name, but no import reaches it. A
   * configuration may include its declarations all the same.
   */
  maybeAdded(demand: Demand): UnknownFact | undefined {
    if (this.#isForeign(demand)) return undefined;
    const reached = this.#reached(demand);
    for (const project of this.#declaredBy(demand.dependent)) {
      if (reached.has(project)) continue;
      const added = this.#among(demand, this.#builtOf(project).names);
      if (!added) continue;
      const place = added.offered.origin;
      const reason = `${place.file} adds "${demand.name}" with \`declare module\`, but no import includes that file`;
      return { kind: 'opaque-exports', reason, place };
    }
    return undefined;
  }

  /** The packages whose declarations TypeScript loads for the importer. */
  #reached(demand: Demand): ReadonlySet<string> {
    const { dependent, provider } = demand;
    if (this.#isForeign(demand)) return new Set([provider]);
    const start = [provider, ...(this.#asked.get(dependent) ?? [])];
    return new Set(reachedFrom(start, (project) => this.#builtOf(project).providers));
  }

  #isForeign({ dependent }: Demand): boolean {
    return this.#project !== undefined && dependent !== this.#project;
  }

  #among({ specifier, name, provider }: Demand, names: readonly AddedName[], project?: string) {
    return names.find(
      (added) =>
        added.offered.name === name && this.#adds(added.specifier, specifier, provider, project === provider),
    );
  }

  /** Whether a block for one module adds to another one: it is the same package, or is passed on by it with `export *`. */
  #adds(target: string, specifier: string, provider: string, isInside: boolean): boolean {
    if (target.startsWith('.')) return isInside;
    const name = packageNameIn(target);
    return name === packageNameIn(specifier) || this.#starsOf(provider).has(name);
  }

  #starsOf(provider: string): ReadonlySet<string> {
    const passed = reachedFrom([provider], (project) => this.#builtOf(project).stars);
    return new Set([...passed].flatMap((project) => this.#context.packageOf(project)?.name ?? []));
  }

  #builtOf(project: string): Built {
    return remembered(this.#built, project, () => {
      const pkg = this.#context.packageOf(project);
      if (!pkg || pkg.problem) return { names: [], providers: [], stars: [] };
      // A package without a build is imported as its sources are.
      const { demands } = this.#context.demands[pkg.outputs.length > 0 ? 'ofOutput' : 'of'](pkg);
      const files = new Set([
        ...demands.filter(({ form }) => form === 'augmentation').map(({ place }) => place.file),
        ...this.#context.demands.filesThatAugment(pkg),
      ]);
      return {
        names: namesIn(this.#context, files),
        providers: [...new Set(demands.map(({ provider }) => provider))],
        stars: [
          ...new Set(demands.filter(({ form }) => form === 'export-star').map(({ provider }) => provider)),
        ],
      };
    });
  }

  /** The workspace packages that a package's manifest declares, and those that these declare. */
  #declaredBy(project: string): readonly string[] {
    return remembered(this.#declared, project, () => {
      const byName = packagesByName(this.#context.workspace);
      return [
        ...reachedFrom([project], (one) => {
          const json = this.#context.packageOf(one)?.source?.json;
          const names = Object.keys({
            ...json?.dependencies,
            ...json?.devDependencies,
            ...json?.peerDependencies,
          });
          return names.flatMap((name) => byName.get(name)?.project ?? []);
        }),
      ];
    });
  }
}

/** What a package's built declarations add, and which packages they load. */
interface Built {
  readonly names: readonly AddedName[];
  readonly providers: readonly string[];
  /** Those that they pass on with `export *`. */
  readonly stars: readonly string[];
}

function namesIn({ modules }: AugmentationContext, files: Iterable<FilePath>): readonly AddedName[] {
  return [...files].flatMap((file) =>
    (modules.record(file)?.ambientModules ?? [])
      .filter(({ augments }) => augments)
      .flatMap((block) =>
        block.exports.flatMap((entry) => ('name' in entry ? [addedName(file, block, entry)] : [])),
      ),
  );
}

function addedName(
  file: FilePath,
  { specifier, locals }: AmbientModule,
  entry: Extract<ExportEntry, { readonly name: string }>,
): AddedName {
  const declared = entry.kind === 'local' ? locals.find(({ name }) => name === entry.local) : undefined;
  return {
    specifier,
    offered: {
      name: entry.name,
      value: declared?.value ?? !('typeOnly' in entry && entry.typeOnly),
      type: declared?.type ?? true,
      origin: placeOf(file, entry),
    },
  };
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}
