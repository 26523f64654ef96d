import type { Answer, Demand, EntryResolution, LinkError, Mode } from '../model/demand.js';
import type { Place } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import type { UnknownFact } from '../model/surface.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { BrokenDependencies } from '../load/broken-dependencies.js';
import type { LoadErrors } from '../load/load-errors.js';
import { memberReadsKey } from '../parse/member-reads.js';
import type { ModuleStore } from '../parse/module-store.js';
import { compilerSettingsOf } from '../read/compiler-settings.js';
import type { Disk } from '../read/disk.js';
import type { Resolver } from '../resolve/resolver.js';
import { installedTypesOf, isDeclaredAmbient, isPassedOver } from './other-declarations.js';
import type { Augmentations } from './augmentations.js';

/** What facts about providers are taken from. */
export interface FactsContext {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  readonly loadErrors: Pick<LoadErrors, 'linkErrors'>;
  packageOf(project: string): WorkspacePackage | undefined;
  /** Why nothing of a package can be checked. */
  problemOf(pkg: WorkspacePackage): Problem | undefined;
}

/** The kind of declaration that a project's sources have for a name. */
export type DeclaredKind = (project: string, name: string) => 'type' | 'value' | undefined;

/** What answering asks about providers, from a run. */
export class ProviderFacts {
  readonly #context: FactsContext;
  readonly #augmentations: Augmentations;
  readonly #declaredKind: DeclaredKind;
  readonly #broken: BrokenDependencies | undefined;

  /**
   * @param augmentations the names that modules add by `declare module`
   * @param broken looks through packages; absent where only the provider itself is looked at
   */
  constructor(
    context: FactsContext,
    augmentations: Augmentations,
    declaredKind: DeclaredKind,
    broken?: BrokenDependencies,
  ) {
    this.#context = context;
    this.#augmentations = augmentations;
    this.#declaredKind = declaredKind;
    this.#broken = broken;
  }

  /** Set when nothing of the provider can be judged: not built, broken manifest. */
  uncheckable(provider: string): UnknownFact | undefined {
    const pkg = this.#context.packageOf(provider)!;
    const problem = this.#context.problemOf(pkg);
    if (!problem) return undefined;
    return {
      kind: 'not-built',
      reason: problem.message,
      place: { file: problem.file ?? pkg.root, start: 0, end: 0 },
    };
  }

  resolve(demand: Demand, mode: Mode, phase: 'runtime' | 'types'): EntryResolution {
    const node10 = phase === 'types' && demand.types?.node10;
    const ask = { mode, phase, ...(node10 && { node10 }) };
    const resolution = this.#context.resolver.resolve(demand.specifier, demand.place.file, ask);
    if (resolution.kind === 'package') return resolution.entry;
    return { outcome: 'no-entry', subpath: demand.subpath };
  }

  /** Link errors inside the output that an entry file loads; asked for `import` of ES modules. */
  linkErrors(provider: string, entryFile: string): readonly LinkError[] {
    return this.#context.loadErrors.linkErrors(this.#context.packageOf(provider)!, entryFile);
  }

  /** Demands of other packages that load with an entry file, which keep it from loading. */
  brokenBelow(provider: string, entryFile: string): readonly Answer[] {
    return this.#broken?.below(this.#context.packageOf(provider)!, entryFile) ?? [];
  }

  /** Where the asking source uses the name as a value. */
  usedAsValue({ place, specifierPlace, name }: Demand): Place | undefined {
    if (name === undefined) return undefined;
    const uses = this.#context.modules.valueUses(place.file);
    const use = uses.get(memberReadsKey(specifierPlace.start, name));
    return use && { file: place.file, start: use.start, end: use.end };
  }

  /** Each source is compiled without a look at the others, so that a const enum's values are read at run time. */
  compiledAlone(file: string): boolean {
    return compilerSettingsOf(this.#context.disk, file).isolated === true;
  }

  /** Whether TypeScript knows the specifier by other declarations, or is told to pass over the import. */
  typedElsewhere({ specifier, specifierPlace, dependent }: Demand): boolean {
    const { disk, workspace } = this.#context;
    const own = this.#context.packageOf(dependent);
    const text = disk.readText(specifierPlace.file) ?? '';
    return (
      isPassedOver(text, specifierPlace.start) ||
      installedTypesOf(disk, specifierPlace.file, specifier) !== undefined ||
      (own !== undefined && isDeclaredAmbient(disk, workspace, own, specifier))
    );
  }

  /** Names that modules of the workspace add by `declare module` to the provider's entry point. */
  augmented(demand: Demand): boolean {
    return this.#augmentations.add(demand);
  }

  /** What the provider's sources declare the name as, where they do: tells a type from a value once both are gone. */
  declaredKind(demand: Demand): 'type' | 'value' | undefined {
    return demand.name === undefined ? undefined : this.#declaredKind(demand.provider, demand.name);
  }
}
