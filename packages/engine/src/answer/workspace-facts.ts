import type { Answer, Demand, EntryResolution, LinkError, Mode } from '../model/demand.js';
import type { FilePath, Place } from '../model/place.js';
import { memberReadsKey } from '../parse/member-reads.js';
import type { Opening } from '../model/surface.js';
import type { Lens } from '../workspace-view.js';
import type { Resolution } from '../resolve/resolution.js';
import { compilerSettingsOf } from '../read/compiler-settings.js';
import { answer } from './answer.js';
import { Augmentations } from './augmentations.js';
import type { ProviderFacts } from './provider-facts.js';
import { BrokenDependencies } from '../load/broken-dependencies.js';
import type { Entry, PackagesView } from '../load/broken-dependencies.js';
import { buildProblemOf } from '../resolve/build-problem.js';
import { linksByText } from '../load/links-by-text.js';

/** What answering asks about providers, from a run. */
export class WorkspaceFacts implements ProviderFacts {
  readonly #lens: Lens;
  readonly #augmentations: Augmentations;
  readonly #declaredKind: (project: string, name: string) => 'type' | 'value' | undefined;

  /**
   * @param augmentations the names that modules add by `declare module`
   * @param declaredKind what a project's sources declare a name as
   */
  constructor(
    lens: Lens,
    augmentations: Augmentations,
    declaredKind: (project: string, name: string) => 'type' | 'value' | undefined,
  ) {
    this.#lens = lens;
    this.#augmentations = augmentations;
    this.#declaredKind = declaredKind;
  }

  unjudgeable(provider: string): Opening | undefined {
    const pkg = this.#lens.run.packageOf(provider)!;
    const problem = pkg.problem ?? buildProblemOf(this.#lens.run, pkg);
    if (!problem) return undefined;
    return {
      kind: 'not-built',
      reason: problem.message,
      place: { file: problem.file ?? pkg.root, start: 0, end: 0 },
    };
  }

  resolve(demand: Demand, mode: Mode, phase: 'runtime' | 'types'): EntryResolution {
    const resolution = this.#lens.resolver.resolve(demand.specifier, demand.place.file, { mode, phase });
    if (resolution.kind === 'package') return resolution.entry;
    return { outcome: 'no-entry', subpath: demand.subpath };
  }

  linkErrors(provider: string, entryFile: string): readonly LinkError[] {
    return this.#lens.linkErrors(this.#lens.run.packageOf(provider)!, entryFile);
  }

  brokenBelow(provider: string, entryFile: string): readonly Answer[] {
    return this.#lens.brokenDependencies.below(this.#lens.run.packageOf(provider)!, entryFile);
  }

  usedAsValue({ place, specifierPlace, name }: Demand): Place | undefined {
    if (name === undefined) return undefined;
    const uses = this.#lens.run.modules.valueUses(place.file);
    const use = uses.get(memberReadsKey(specifierPlace.start, name));
    return use && { file: place.file, start: use.start, end: use.end };
  }

  compiledAlone(file: string): boolean {
    return compilerSettingsOf(this.#lens.run.disk, file).isolated === true;
  }

  augmented(demand: Demand): boolean {
    return this.#augmentations.add(demand);
  }

  declaredKind(demand: Demand): 'type' | 'value' | undefined {
    return demand.name === undefined ? undefined : this.#declaredKind(demand.provider, demand.name);
  }
}

/** Looks from package to package at what keeps them from loading; each demand answered as far as its own provider goes. */
export function brokenDependenciesOf(
  lens: Lens,
  view: Pick<PackagesView, 'inside' | 'demandsOf'>,
): BrokenDependencies {
  const facts = new OneStep(lens, new Augmentations(lens, []), () => undefined);
  return new BrokenDependencies({
    ...view,
    surfaces: lens.surfaces,
    text: (file) => lens.run.modules.text(file),
    mentions: lens.run.mentions,
    packageOf: (project) => lens.run.packageOf(project)!,
    answer: (demand) => answer(demand, lens.surfaces, facts),
    entryOf(demand) {
      const mode = demand.mode === 'either' ? 'import' : demand.mode;
      const entry = facts.resolve(demand, mode, 'runtime');
      return entry.outcome === 'file' ? entry.file : undefined;
    },
    linkedByText: (file) => linkedByText(lens, file),
  });
}

function linkedByText(lens: Lens, file: FilePath): readonly Entry[] | undefined {
  const { modules, mentioned } = lens.run;
  const text = modules.text(file);
  if (text === undefined || !linksByText(file, text)) return undefined;
  const entries: Entry[] = [];
  for (const specifier of mentioned(text)) {
    const resolved = (mode: Mode): Resolution =>
      lens.resolver.resolve(specifier, file, { phase: 'runtime', mode });
    if (resolved('import').kind !== 'package') continue;
    const found = resolved('require');
    if (found.kind !== 'package' || found.entry.outcome !== 'file') return undefined;
    if (lens.linkErrors(found.pkg, found.entry.file).length > 0) return undefined;
    entries.push({ pkg: found.pkg, file: found.entry.file });
  }
  return entries;
}

class OneStep extends WorkspaceFacts {
  override brokenBelow(): readonly Answer[] {
    return [];
  }
}
