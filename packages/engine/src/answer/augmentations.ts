import { remembered } from '../collections/remembered.js';
import type { Demand } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { Demands } from '../demand/demands.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { ModuleStore } from '../parse/module-store.js';

/** What the search for augmentations needs from the workspace. */
export interface AugmentationContext {
  readonly modules: ModuleStore;
  readonly demands: Pick<Demands, 'ofOutput'>;
  packageOf(project: string): WorkspacePackage | undefined;
}

/**
 * Names that modules add to others with `declare module 'x' { … }`. TypeScript sees those of the
 * importing package and those in the declarations of its providers. The latter are read only if a
 * name is missing.
 */
export class Augmentations {
  readonly #context: AugmentationContext;
  readonly #added: ReadonlySet<string>;
  readonly #asked = new Map<string, Set<string>>();
  readonly #built = new Map<string, ReadonlySet<string>>();

  /**
   * @param demands all imports of all projects: they show who imports whom, and the augmentations
   *   of their modules count
   */
  constructor(context: AugmentationContext, demands: readonly Demand[]) {
    this.#context = context;
    this.#added = this.#in(demands);
    for (const { dependent, provider } of demands) {
      const known = this.#asked.get(dependent);
      if (known) known.add(provider);
      else this.#asked.set(dependent, new Set([provider]));
    }
  }

  /** Whether an augmentation adds the imported name. */
  add({ specifier, name, dependent, provider }: Demand): boolean {
    const key = `${specifier} ${name}`;
    if (this.#added.has(key)) return true;
    const seen = new Set([provider, ...(this.#asked.get(dependent) ?? [])]);
    return [...seen].some((project) => this.#builtOf(project).has(key));
  }

  #builtOf(project: string): ReadonlySet<string> {
    return remembered(this.#built, project, () => {
      const pkg = this.#context.packageOf(project);
      return pkg ? this.#in(this.#context.demands.ofOutput(pkg).demands) : new Set();
    });
  }

  /** As `specifier name`. */
  #in(demands: readonly Demand[]): ReadonlySet<string> {
    const found = new Set<string>();
    const files = new Set<FilePath>();
    for (const { form, place } of demands) if (form === 'augmentation') files.add(place.file);
    for (const file of files) {
      for (const block of this.#context.modules.record(file)?.ambientModules ?? []) {
        for (const entry of block.exports) if ('name' in entry) found.add(`${block.specifier} ${entry.name}`);
      }
    }
    return found;
  }
}
