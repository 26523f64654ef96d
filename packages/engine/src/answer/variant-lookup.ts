import type { Demand, EntryFailure, EntryPlace, LosingStar, Unmet } from '../model/demand.js';
import type { OfferedName, UnknownFact } from '../model/surface.js';
import { isAddedElsewhere } from '../surface/added-elsewhere.js';
import { viewOfEntry } from '../surface/ambient-entry.js';
import { isMarked } from '../surface/commonjs-binding.js';
import { assignmentOf, importsWholeOnly } from '../surface/assignment-binding.js';
import type { Surfaces } from '../surface/surfaces.js';
import { losingStar } from '../surface/losing-star.js';
import { hasSyntheticDefault } from '../surface/synthetic-default.js';
import type { View } from '../surface/view.js';
import type { Modes } from './modes.js';
import type { ProviderFacts } from './provider-facts.js';

/** The result for one name in one variant. */
export type LookupResult =
  | { readonly kind: 'offered'; readonly offered: OfferedName | undefined; readonly entry: EntryPlace }
  | { readonly kind: 'lacking'; readonly why: Unmet }
  | { readonly kind: 'unknown'; readonly unknownFact: UnknownFact }
  | { readonly kind: 'failed'; readonly entry: EntryFailure };

/** Finds an imported name in the variants that match one mode. */
export class VariantLookup {
  readonly #demand: Demand;
  readonly #modes: Modes;
  readonly #surfaces: Surfaces;
  readonly #facts: ProviderFacts;

  constructor(demand: Demand, modes: Modes, surfaces: Surfaces, facts: ProviderFacts) {
    this.#demand = demand;
    this.#modes = modes;
    this.#surfaces = surfaces;
    this.#facts = facts;
  }

  /** In the variant of one phase. */
  at(phase: 'runtime' | 'types'): LookupResult {
    const found = this.#look(phase);
    if (found.kind !== 'offered' || phase === 'types' || !loads(this.#demand)) return found;
    const unknownFact = this.#facts.unknownLink(this.#demand, found.entry.file);
    return unknownFact ? { kind: 'unknown', unknownFact } : found;
  }

  #look(phase: 'runtime' | 'types'): LookupResult {
    const [demand, mode, surfaces, facts] = [this.#demand, this.#modes[phase], this.#surfaces, this.#facts];
    const entry = facts.resolve(demand, mode, phase);
    if (entry.outcome !== 'file') return this.#lostForBundlers(entry, phase) ?? { kind: 'failed', entry };
    if (!loads(demand)) return { kind: 'offered', offered: undefined, entry };
    if (phase === 'runtime') {
      const errors = facts.linkErrors(demand, entry.file);
      if (errors.length > 0) return lacking({ kind: 'broken-provider', errors });
      const answers = demand.form === 'mock' ? [] : facts.brokenBelow(demand.provider, entry.file);
      if (answers.length > 0) return lacking({ kind: 'broken-dependency', answers });
    }
    const { name } = demand;
    if (name === undefined) return { kind: 'offered', offered: undefined, entry };
    const view = viewOfEntry(surfaces.host, entry.file, demand.specifier, {
      phase,
      mode,
      ...(phase === 'types' && demand.types?.nodenext && { nodenext: true as const }),
    });
    const binding = surfaces.binding(entry.file, name, view);
    if (binding.kind === 'found' && this.#missesOwnDefault(binding.offered, view)) {
      return lacking({ kind: 'missing-export', entry, offers: this.#offers(entry, view) });
    }
    if (binding.kind === 'found' && binding.offered.lost && !this.#helperGivesWhole(entry))
      return lacking({
        kind: 'missing-export',
        entry,
        offers: this.#offers(entry, view),
        lost: binding.offered.origin,
      });
    if (binding.kind === 'found') {
      // For an ES module, the `default` of a CommonJS module is always a value, whatever its
      // declaration is.
      const offered = this.#isModuleExports(entry, view) ? undefined : binding.offered;
      if (!this.#wholeOnly(entry, view)) return { kind: 'offered', offered, entry };
      return lacking({ kind: 'missing-export', entry, offers: ['default'] });
    }
    if (binding.kind === 'unknown') return this.#unknown(binding.unknownFact, entry);
    // A `default` whose re-export fails counts only for an ES module that imports CommonJS.
    const tried = mode === 'require' && binding.kind === 'none' && binding.broken !== undefined;
    if (phase === 'types' && !tried && this.#syntheticDefault(entry, view))
      return { kind: 'offered', offered: undefined, entry };
    const added = facts.augmented(demand);
    if (phase === 'types' && added) return { kind: 'offered', offered: added, entry };
    const maybeAdded =
      phase === 'types' ? facts.maybeAugmented(demand) : patchedLater(added, surfaces, entry, view);
    if (maybeAdded) return { kind: 'unknown', unknownFact: maybeAdded };
    const offers = this.#offers(entry, view);
    if (binding.kind === 'ambiguous')
      return lacking({ kind: 'ambiguous-export', origins: binding.origins, entry, offers });
    const behind = phase === 'types' ? this.#behindStar(entry, name, view) : undefined;
    return lacking({ kind: 'missing-export', entry, offers, ...(behind && { behind }) });
  }

  /** The `export *` that loses the name, because TypeScript does not find the file behind it. */
  #behindStar({ file }: EntryPlace, name: string, view: View): LosingStar | undefined {
    const { nodenext: _, ...tolerant } = view;
    const surfaces = this.#surfaces;
    return losingStar(
      surfaces,
      file,
      view,
      (lost) => surfaces.binding(lost, name, tolerant).kind === 'found',
    );
  }

  /**
   * An entry point that only bundlers resolve, and that does not export the name for bundlers
   * either.
   */
  #lostForBundlers(entry: EntryFailure, phase: 'runtime' | 'types'): LookupResult | undefined {
    const { name } = this.#demand;
    if (!('bundled' in entry) || entry.bundled === undefined || name === undefined || phase === 'types')
      return undefined;
    const found = { ...entry, file: entry.bundled };
    const view = { phase, mode: this.#modes[phase] } as const;
    if (this.#surfaces.binding(found.file, name, view).kind !== 'none') return undefined;
    return lacking({ kind: 'missing-export', entry: found, offers: this.#offers(found, view) });
  }

  /** A name that Node does not detect in CommonJS is certain to fail if Node links the import, whatever the code assigns. */
  #unknown(unknownFact: UnknownFact, entry: EntryPlace): LookupResult {
    const isDetectable = this.#modes.runtime !== 'import' || this.#demand.name === 'default';
    if (!this.#demand.onNode || isDetectable) return { kind: 'unknown', unknownFact };
    const detected = this.#surfaces.detectedByNode(entry.file);
    if (!detected || detected.has(this.#demand.name!)) return { kind: 'unknown', unknownFact };
    const offers = [...detected, 'default'].sort();
    const assigned = unknownFact.kind === 'undetected-by-node';
    return lacking({
      kind: 'undetectable-cjs-export',
      ...(assigned ? { assigned: unknownFact.place } : { created: unknownFact.place }),
      entry,
      offers,
    });
  }

  /** The names that have a value. */
  #offers(entry: EntryPlace, view: View): readonly string[] {
    const { names } = this.#surfaces.of(entry.file, view);
    return [...names.values()].filter(({ lost }) => !lost).map(({ name }) => name);
  }

  /** An import statement imports a member of an `export =` that can only be imported as a whole. */
  #wholeOnly(entry: EntryPlace, view: View): boolean {
    const { name, form } = this.#demand;
    if (view.phase === 'runtime' || name === 'default' || form === 'import-equals') return false;
    return importsWholeOnly(this.#surfaces, entry.file, view);
  }

  /** The declarations have no `default` and need none. */
  #syntheticDefault(entry: EntryPlace, view: View): boolean {
    const { name, form } = this.#demand;
    if (name !== 'default' || form === 'import-equals' || form === 'require') return false;
    return hasSyntheticDefault(this.#surfaces, entry.file, view);
  }

  /**
   * A plain `require('x').default`, or a member of `import x = require('x')`: no helper turns `module.exports`, or what declarations
   * assign to it, into a default.
   */
  #missesOwnDefault({ exported, origin }: OfferedName, { phase, mode }: View): boolean {
    const { name, form, interop } = this.#demand;
    if (name !== 'default' || interop || (form !== 'require' && form !== 'import-equals')) return false;
    if (phase === 'runtime')
      return (
        mode === 'require' &&
        exported === 'module.exports' &&
        !isAddedElsewhere(this.#surfaces, origin.file, 'default')
      );
    const assignment = assignmentOf(this.#surfaces.host.record(origin.file));
    return assignment?.start === origin.start && assignment.open === undefined;
  }

  /**
   * The helper around the default returns all of `module.exports`, whatever the module exports as
   * `default`.
   */
  #helperGivesWhole({ file }: EntryPlace): boolean {
    const { name, interop } = this.#demand;
    if (name !== 'default' || !interop) return false;
    return interop === 'node' || !isMarked(this.#surfaces, file);
  }

  #isModuleExports(entry: EntryPlace, { phase, mode }: View): boolean {
    if (phase === 'runtime' || mode === 'require' || this.#demand.name !== 'default') return false;
    const record = this.#surfaces.host.record(entry.file);
    return record !== undefined && this.#surfaces.host.formatOf(entry.file, record) === 'commonjs';
  }
}

function lacking(why: Unmet): LookupResult {
  return { kind: 'lacking', why };
}

/** Whether the import only resolves the file, or also loads it. */
function loads(demand: Demand): boolean {
  return (
    !demand.replaced &&
    !['url', 'meta-resolve', 'require-resolve', 'reference', 'augmentation'].includes(demand.form)
  );
}

/** Declarations add the name as a value. Code can set it on a CommonJS module when that runs, and never on an ES module. */
function patchedLater(
  added: OfferedName | undefined,
  surfaces: Surfaces,
  { file }: EntryPlace,
  view: View,
): UnknownFact | undefined {
  if (!added?.value || surfaces.kindOf(file, view).format !== 'commonjs') return undefined;
  const reason = `${added.origin.file} adds "${added.name}" with \`declare module\`, so other code may set it`;
  return { kind: 'opaque-exports', reason, place: added.origin };
}
