import type { Answer, Demand, EntryResolution, LinkError, Mode } from '../model/demand.js';
import type { Place } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import type { OfferedName, UnknownFact } from '../model/surface.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { BrokenDependencies } from '../load/broken-dependencies.js';
import type { LoadErrors } from '../load/load-errors.js';
import { memberReadsKey } from '../parse/member-reads.js';
import type { ModuleStore } from '../parse/module-store.js';
import { compilerSettingsOf, followsNode } from '../read/compiler-settings.js';
import type { Disk } from '../read/disk.js';
import { installedTypesOf } from '../resolve/installed-types.js';
import type { Resolver } from '../resolve/resolver.js';
import { isDeclaredAmbient, isPassedOver } from './other-declarations.js';
import type { Augmentations } from './augmentations.js';

/** The parts that provide facts about providers. */
export interface FactsContext {
  readonly disk: Disk;
  readonly workspace: Workspace;
  readonly modules: ModuleStore;
  readonly resolver: Resolver;
  readonly loadErrors: Pick<LoadErrors, 'linkErrors' | 'unknownLink'>;
  packageOf(project: string): WorkspacePackage | undefined;
  /** Why a package cannot be checked at all. */
  problemOf(pkg: WorkspacePackage): Problem | undefined;
}

/** The kind of declaration that a project's sources have for a name. */
export type DeclaredKind = (project: string, name: string) => 'type' | 'value' | undefined;

/** What answering needs to know about providers, taken from a run. */
export class ProviderFacts {
  readonly #context: FactsContext;
  readonly #augmentations: Augmentations;
  readonly #declaredKind: DeclaredKind;
  readonly #broken: BrokenDependencies | undefined;
  #asksAround = 0;

  /**
   * @param augmentations the names that modules add with `declare module`
   * @param broken searches through packages; absent if only the provider itself is checked
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

  /**
   * How often a question came up whose answer depends on the project that is checked, and on its
   * other imports.
   */
  get asksAround(): number {
    return this.#asksAround;
  }

  /** Set if the provider cannot be checked: it is not built, or its manifest is broken. */
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
    if (resolution.kind === 'external' && resolution.file !== undefined) {
      const { file } = resolution;
      return { outcome: 'file', subpath: demand.subpath, conditions: [], target: file, file };
    }
    return { outcome: 'no-entry', subpath: demand.subpath };
  }

  /** Link errors inside the output that an entry file loads. Used for `import` of ES modules. */
  linkErrors({ provider, dependent, onNode }: Demand, entryFile: string): readonly LinkError[] {
    const by = onNode && dependent !== provider ? this.#context.packageOf(dependent) : undefined;
    return this.#context.loadErrors.linkErrors(this.#context.packageOf(provider)!, entryFile, by);
  }

  /** Why it is unknown whether the output that an entry file loads links. */
  unknownLink({ provider, dependent, onNode }: Demand, entryFile: string): UnknownFact | undefined {
    const by = onNode && dependent !== provider ? this.#context.packageOf(dependent) : undefined;
    return this.#context.loadErrors.unknownLink(this.#context.packageOf(provider)!, entryFile, by);
  }

  /** Imports of other packages that keep an entry file from loading. */
  brokenBelow(provider: string, entryFile: string): readonly Answer[] {
    return this.#broken?.below(this.#context.packageOf(provider)!, entryFile) ?? [];
  }

  /** Where the importing source uses the name as a value. */
  usedAsValue({ place, specifierPlace, name }: Demand): Place | undefined {
    if (name === undefined) return undefined;
    const uses = this.#context.modules.valueUses(place.file);
    const use = uses.get(memberReadsKey(specifierPlace.start, name));
    return use && { file: place.file, start: use.start, end: use.end };
  }

  /** Each source is compiled alone, so a const enum's values are read at run time. */
  compiledAlone(file: string): boolean {
    return compilerSettingsOf(this.#context.disk, file).isolated === true;
  }

  /** `import * as x` of CommonJS gives the source an object, so that it cannot be called (TS2349). */
  wrapsNamespaces(file: string): boolean {
    const { interop, ...settings } = compilerSettingsOf(this.#context.disk, file);
    return interop ?? (followsNode(settings) || settings.module === 'preserve');
  }

  /**
   * TypeScript compiles a default import of CommonJS to a read of its export `default`, and accepts it only if the module has that
   * export (TS1259).
   */
  readsDefault({ place, types }: Demand): boolean {
    const { interop, synthetic, ...settings } = compilerSettingsOf(this.#context.disk, place.file);
    const toCommonJs = followsNode(settings) ? types?.mode === 'require' : settings.module === 'commonjs';
    return interop === false && synthetic !== true && toCommonJs;
  }

  /** Whether TypeScript knows the specifier by other declarations, or a comment turns off its errors. */
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

  /** A name that modules of the workspace add to the provider's entry point with `declare module`. */
  augmented(demand: Demand): OfferedName | undefined {
    this.#asksAround++;
    return this.#augmentations.added(demand);
  }

  /** A package adds the name, and nothing shows whether TypeScript sees that for the importer. */
  maybeAugmented(demand: Demand): UnknownFact | undefined {
    this.#asksAround++;
    return this.#augmentations.maybeAdded(demand);
  }

  /**
   * How the provider's sources declare the name, if they do. It distinguishes a missing type from a
   * missing value.
   */
  declaredKind(demand: Demand): 'type' | 'value' | undefined {
    this.#asksAround++;
    return demand.name === undefined ? undefined : this.#declaredKind(demand.provider, demand.name);
  }
}
