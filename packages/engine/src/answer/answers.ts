import type { DeclaredGap } from '../model/declared-gap.js';
import type { Answer, Demand, Mode } from '../model/demand.js';
import type { ExtensionlessPath } from '../model/extensionless-path.js';
import type { FormatMismatch } from '../model/format-mismatch.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { Demands } from '../demand/demands.js';
import type { KeptClosures } from '../load/kept-closures.js';
import { BrokenDependencies } from '../load/broken-dependencies.js';
import type { Entry } from '../load/broken-dependencies.js';
import { linksByText } from '../load/proven-files.js';
import type { Resolution } from '../resolve/resolution.js';
import type { Surfaces } from '../surface/surfaces.js';
import type { PackageRuntimes } from '../trace/package-runtimes.js';
import { answer } from './answer.js';
import { answerCalledModules } from './answer-called-modules.js';
import { answerMembers, readsFrom } from './answer-members.js';
import { Augmentations } from './augmentations.js';
import { declaredGaps } from './declared-gaps.js';
import type { DeclaredPlatform } from '../model/declared-gap.js';
import { extensionlessDeclarations } from './extensionless-declarations.js';
import type { ExtensionlessContext } from './extensionless-declarations.js';
import { formatMismatches } from './format-mismatches.js';
import type { FormatContext } from './format-mismatches.js';
import { ProviderFacts } from './provider-facts.js';
import type { DeclaredKind, FactsContext } from './provider-facts.js';

/** What answering imports needs from the workspace. */
export interface AnswerContext extends FactsContext, FormatContext, ExtensionlessContext {
  readonly surfaces: Surfaces;
  readonly demands: Pick<Demands, 'of' | 'ofOutput' | 'ofOutputFile' | 'filesThatAugment'>;
  readonly closures: KeptClosures;
  readonly runtimes: Pick<PackageRuntimes, 'of'>;
  /** Providers whose own tasks check the project's imports from them. */
  checkedElsewhere(project: string): ReadonlySet<string>;
}

/**
 * Answers the imports of projects. It remembers which packages do not load because of other
 * packages.
 */
export class Answers {
  readonly #context: AnswerContext;
  readonly #broken: BrokenDependencies;
  /** A provider's task and the importing project's task ask the same. */
  readonly #known = new WeakMap<Demand, readonly Answer[]>();

  constructor(context: AnswerContext) {
    this.#context = context;
    this.#broken = this.#brokenDependencies();
  }

  /**
   * @param demands all imports that will be answered, because the augmentations of their modules
   *   count
   * @param project the project that is checked; absent if all are
   * @returns a function that answers one import: the name first, then the members that are read
   *   from it
   */
  answering(
    demands: readonly Demand[],
    declaredKind: DeclaredKind,
    project?: string,
  ): (demand: Demand) => readonly Answer[] {
    const { surfaces, modules } = this.#context;
    const augmentations = new Augmentations(this.#context, demands, project);
    const facts = new ProviderFacts(this.#context, augmentations, declaredKind, this.#broken);
    const readsOf = readsFrom(modules);
    return (demand) => {
      const known = this.#known.get(demand);
      if (known) return known;
      const { asksAround } = facts;
      const answered = answer(demand, surfaces, facts);
      const members = answerMembers(answered, surfaces, facts, readsOf);
      const called = answerCalledModules(this.#context, answered, facts);
      // A member that is read from the result shows more than the `await`.
      const isShown = members.some(({ verdict }) => verdict === 'unmet');
      const answers = [answered, ...called.filter((one) => !(isShown && isAwait(one))), ...members];
      if (facts.asksAround === asksAround) this.#known.set(demand, answers);
      return answers;
    };
  }

  /**
   * Entry points whose declarations and JavaScript are of different formats; see
   * `formatMismatches`.
   */
  formatMismatches(own: WorkspacePackage, demands: readonly Demand[]): readonly FormatMismatch[] {
    return formatMismatches(this.#context, own, demands);
  }

  /** Values that a package's declarations promise and its JavaScript lacks; see `declaredGaps`. */
  declaredGaps(own: WorkspacePackage, platform: DeclaredPlatform): readonly DeclaredGap[] {
    return declaredGaps(this.#context, own, platform);
  }

  /** Relative paths in a package's declarations that have no extension; see `extensionlessDeclarations`. */
  extensionlessDeclarations(own: WorkspacePackage): readonly ExtensionlessPath[] {
    return extensionlessDeclarations(this.#context, own);
  }

  /**
   * Searches package by package for imports that keep packages from loading. Each import is
   * compared only with its own provider.
   */
  #brokenDependencies(): BrokenDependencies {
    const { demands, modules, resolver, surfaces } = this.#context;
    const facts = new ProviderFacts(this.#context, new Augmentations(this.#context, []), () => undefined);
    return new BrokenDependencies({
      surfaces,
      scan: (file) => modules.scan(file),
      packageOf: (project) => this.#context.packageOf(project)!,
      inside: (pkg, file) => resolver.owns(pkg, file),
      demandsOf: (pkg, file) => {
        const elsewhere = this.#context.checkedElsewhere(pkg.project);
        return demands.ofOutputFile(pkg, file).filter(({ provider }) => !elsewhere.has(provider));
      },
      answer: (demand) => answer(demand, surfaces, facts),
      entryOf(demand) {
        const mode = demand.mode === 'either' ? 'import' : demand.mode;
        const entry = facts.resolve(demand, mode, 'runtime');
        return entry.outcome === 'file' ? entry.file : undefined;
      },
      linkedByText: (file) => this.#linkedByText(file),
      links: (pkg, file) => this.#context.loadErrors.linkErrors(pkg, file).length === 0,
      closures: this.#context.closures,
    });
  }

  #linkedByText(file: FilePath): readonly Entry[] | undefined {
    const { loadErrors, modules, resolver } = this.#context;
    const scan = modules.scan(file);
    if (!scan || !linksByText(file, scan)) return undefined;
    const entries: Entry[] = [];
    for (const specifier of scan.mentioned) {
      const resolved = (mode: Mode): Resolution =>
        resolver.resolve(specifier, file, { phase: 'runtime', mode });
      if (resolved('import').kind !== 'package') continue;
      const found = resolved('require');
      if (found.kind !== 'package' || found.entry.outcome !== 'file') return undefined;
      if (loadErrors.linkErrors(found.pkg, found.entry.file).length > 0) return undefined;
      entries.push({ pkg: found.pkg, file: found.entry.file });
    }
    return entries;
  }
}

function isAwait(answer: Answer): boolean {
  return (
    answer.verdict === 'unmet' && answer.why.kind === 'missing-member' && answer.why.called?.as === 'promise'
  );
}
