import type {
  Answer,
  Demand,
  EntryFailure,
  EntryPlace,
  EntryResolution,
  LinkError,
  Mode,
  Unmet,
} from '../model/demand.js';
import type { Place } from '../model/place.js';
import type { OfferedName, Opening } from '../model/surface.js';
import { importsWholeOnly } from '../surface/export-assignment.js';
import type { Surfaces } from '../surface/surfaces.js';
import { hasSyntheticDefault } from '../surface/synthetic-default.js';
import type { View } from '../surface/view.js';
import { loads, ruleOfFailure } from './what-is-asked.js';

/** What answering needs to know about providers. */
export interface ProviderFacts {
  /** Set when nothing of the provider can be judged: not built, broken manifest. */
  unjudgeable(provider: string): Opening | undefined;
  resolve(demand: Demand, mode: Mode, phase: 'runtime' | 'types'): EntryResolution;
  /** Link errors inside the output that an entry file loads; asked for `import` of ES modules. */
  linkErrors(provider: string, entryFile: string): readonly LinkError[];
  /** Demands of other packages that load with an entry file, which keep it from loading. */
  brokenBelow(provider: string, entryFile: string): readonly Answer[];
  /** Where the asking source uses the name as a value. */
  usedAsValue(demand: Demand): Place | undefined;
  /** Each source is compiled without a look at the others, so that a const enum's values are read at run time. */
  compiledAlone(file: string): boolean;
  /** Names that modules of the workspace add by `declare module` to the provider's entry point. */
  augmented(demand: Demand): boolean;
  /** What the provider's sources declare the name as, where they do: tells a type from a value once both are gone. */
  declaredKind(demand: Demand): 'type' | 'value' | undefined;
}

const MET = { verdict: 'met' } as const;
type Verdict =
  | { readonly verdict: 'met' }
  | { readonly verdict: 'unknown'; readonly opening: Opening }
  | { readonly verdict: 'unmet'; readonly why: Unmet };

/** Holds one demand against what its provider offers. Pure but for what `facts` memoises. */
export function answer(demand: Demand, surfaces: Surfaces, facts: ProviderFacts): Answer {
  return { demand, ...verdictOf(demand, surfaces, facts) };
}

function verdictOf(demand: Demand, surfaces: Surfaces, facts: ProviderFacts): Verdict {
  const opening = facts.unjudgeable(demand.provider);
  if (opening) return { verdict: 'unknown', opening };
  const modes: readonly Mode[] = demand.mode === 'either' ? ['import', 'require'] : [demand.mode];
  return best(modes.map((mode) => inMode(demand, mode, surfaces, facts)));
}

/** Where the mode is open, the demand is unmet only if every way is; the first way's reason is then told. */
function best(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ verdict }) => verdict === 'met') ??
    verdicts.find(({ verdict }) => verdict === 'unknown') ??
    verdicts[0]!
  );
}

function inMode(demand: Demand, mode: Mode, surfaces: Surfaces, facts: ProviderFacts): Verdict {
  const ask = new Ask(demand, mode, surfaces, facts);
  if (demand.phase === 'runtime') return ask.atRuntime();
  if (demand.phase === 'types') return ask.inTypes();
  return ask.both();
}

/** What one variant says to a name. */
type Look =
  | { readonly kind: 'offered'; readonly offered: OfferedName | undefined; readonly entry: EntryPlace }
  | { readonly kind: 'lacking'; readonly why: Unmet }
  | { readonly kind: 'unknown'; readonly opening: Opening }
  | { readonly kind: 'failed'; readonly entry: EntryFailure };

class Ask {
  readonly demand: Demand;
  readonly mode: Mode;
  readonly surfaces: Surfaces;
  readonly facts: ProviderFacts;

  constructor(demand: Demand, mode: Mode, surfaces: Surfaces, facts: ProviderFacts) {
    this.demand = demand;
    this.mode = mode;
    this.surfaces = surfaces;
    this.facts = facts;
  }

  atRuntime(): Verdict {
    return this.verdict(this.look('runtime'), 'missing-export');
  }

  /** A demand that only TypeScript places. Without declarations there is nothing to hold it against. */
  inTypes(): Verdict {
    const look = this.look('types');
    if (look.kind === 'failed') return this.typesFailed(look.entry);
    return this.verdict(look, 'missing-type-export');
  }

  /** A plain import in TypeScript: type-only in disguise if the declarations say so, else a runtime demand and a type demand. */
  both(): Verdict {
    const types = this.look('types');
    if (types.kind === 'offered' && this.isErased(types.offered)) return this.asType(types);
    const runtime = this.look('runtime');
    if (this.demand.name === undefined && runtime.kind === 'failed' && types.kind === 'offered') {
      // `import 'only-types'`: dropped by TypeScript where nothing of it is a value; the output tells if it was kept.
      return runtime.entry.outcome === 'no-entry' ? MET : this.verdict(runtime, 'missing-export');
    }
    if (
      runtime.kind === 'lacking' &&
      types.kind === 'lacking' &&
      this.facts.declaredKind(this.demand) === 'type'
    ) {
      return this.verdict(types, 'missing-type-export');
    }
    // The name may be a type of declarations that cannot be read in full: then its absence at run time is sound.
    if (runtime.kind === 'lacking' && types.kind === 'unknown' && types.opening.kind !== 'no-declarations')
      return { verdict: 'unknown', opening: types.opening };
    // Declarations that lack the name are certain to stop the compiler, also where the run-time names cannot be told.
    const typesDecide =
      types.kind === 'lacking' && (runtime.kind === 'offered' || runtime.kind === 'unknown');
    return typesDecide ? this.verdict(types, 'missing-type-export') : this.verdict(runtime, 'missing-export');
  }

  /** A name that is a type alone is all that is asked for, unless the source uses it as a value. */
  private asType({ offered, entry }: Look & { kind: 'offered' }): Verdict {
    if (offered?.constEnum || this.demand.origin === 'output') return MET;
    const used = this.facts.usedAsValue(this.demand);
    if (!used || !offered || this.facts.augmented(this.demand)) return MET;
    return { verdict: 'unmet', why: { kind: 'type-used-as-value', entry, used, declared: offered.origin } };
  }

  /** The declarations say that nothing of the name is left at run time: a type, a const enum where the compiler sees it. */
  private isErased(offered: OfferedName | undefined): boolean {
    if (!offered) return false;
    if (!offered.value) return true;
    return offered.constEnum === true && !this.facts.compiledAlone(this.demand.place.file);
  }

  /** An import statement asks for a member of what `export =` only lets be taken as a whole. */
  private wholeOnly(entry: EntryPlace, view: View): boolean {
    const { name, form } = this.demand;
    if (view.phase === 'runtime' || name === 'default' || form === 'import-equals') return false;
    return importsWholeOnly(this.surfaces, entry.file, view);
  }

  /** The declarations do not say `default`, and need not. */
  private syntheticDefault(entry: EntryPlace, view: View): boolean {
    const { name, form } = this.demand;
    if (name !== 'default' || form === 'import-equals' || form === 'require') return false;
    return hasSyntheticDefault(this.surfaces, entry.file, view);
  }

  /** `require('x').default` as it stands: no helper makes a default of `module.exports`. */
  private missesOwnDefault({ exported }: OfferedName, { phase, mode }: View): boolean {
    const { name, form, interop } = this.demand;
    if (phase !== 'runtime' || mode !== 'require' || name !== 'default' || interop) return false;
    return form === 'require' && exported === 'module.exports';
  }

  private isModuleExports(entry: EntryPlace, { phase, mode }: View): boolean {
    if (phase === 'runtime' || mode === 'require' || this.demand.name !== 'default') return false;
    const record = this.surfaces.host.record(entry.file);
    return record !== undefined && this.surfaces.host.formatOf(entry.file, record) === 'commonjs';
  }

  private typesFailed(entry: EntryFailure): Verdict {
    const runtime = this.look('runtime');
    if (runtime.kind === 'failed' && runtime.entry.outcome !== 'no-entry')
      return this.verdict(runtime, 'missing-export');
    const place = 'place' in entry && entry.place ? entry.place : this.demand.place;
    const reason = `no declarations are found for "${this.demand.specifier}"`;
    return { verdict: 'unknown', opening: { kind: 'no-declarations', reason, place } };
  }

  private verdict(look: Look, kind: 'missing-export' | 'missing-type-export'): Verdict {
    if (look.kind === 'offered') return MET;
    if (look.kind === 'unknown') return { verdict: 'unknown', opening: look.opening };
    if (look.kind === 'failed')
      return { verdict: 'unmet', why: { kind: ruleOfFailure(look.entry), entry: look.entry } };
    const { why } = look;
    return { verdict: 'unmet', why: why.kind === 'missing-export' ? { ...why, kind } : why };
  }

  /** What bundlers see and Node does not is certain to fail where Node links. */
  private unknown(opening: Opening, entry: EntryPlace): Look {
    if (!this.demand.onNode || opening.kind !== 'undetected-by-node') return { kind: 'unknown', opening };
    const offers = [...this.surfaces.of(entry.file, { phase: 'runtime', mode: this.mode }).names.keys()];
    return lacking({ kind: 'undetectable-cjs-export', assigned: opening.place, entry, offers });
  }

  /** The names that have a value. */
  private offers(entry: EntryPlace, view: View): readonly string[] {
    const { names } = this.surfaces.of(entry.file, view);
    return [...names.values()].filter(({ lost }) => !lost).map(({ name }) => name);
  }

  /** An entry that only bundlers find, and that lacks the name for them, too. */
  private lostForBundlers(entry: EntryFailure, phase: 'runtime' | 'types'): Look | undefined {
    const { name } = this.demand;
    if (!('bundled' in entry) || entry.bundled === undefined || name === undefined || phase === 'types')
      return undefined;
    const found = { ...entry, file: entry.bundled };
    const view = { phase, mode: this.mode } as const;
    if (this.surfaces.binding(found.file, name, view).kind !== 'none') return undefined;
    return lacking({ kind: 'missing-export', entry: found, offers: this.offers(found, view) });
  }

  private look(phase: 'runtime' | 'types'): Look {
    const { demand, mode, surfaces, facts } = this;
    const entry = facts.resolve(demand, mode, phase);
    if (entry.outcome !== 'file') return this.lostForBundlers(entry, phase) ?? { kind: 'failed', entry };
    if (!loads(demand)) return { kind: 'offered', offered: undefined, entry };
    if (phase === 'runtime') {
      const errors = facts.linkErrors(demand.provider, entry.file);
      if (errors.length > 0) return lacking({ kind: 'broken-provider', errors });
      const answers = demand.form === 'mock' ? [] : facts.brokenBelow(demand.provider, entry.file);
      if (answers.length > 0) return lacking({ kind: 'broken-dependency', answers });
    }
    const { name } = demand;
    if (name === undefined) return { kind: 'offered', offered: undefined, entry };
    const view = { phase, mode } as const;
    const binding = surfaces.binding(entry.file, name, view);
    if (binding.kind === 'found' && this.missesOwnDefault(binding.offered, view)) {
      return lacking({ kind: 'missing-export', entry, offers: this.offers(entry, view) });
    }
    if (binding.kind === 'found' && binding.offered.lost)
      return lacking({
        kind: 'missing-export',
        entry,
        offers: this.offers(entry, view),
        lost: binding.offered.origin,
      });
    if (binding.kind === 'found') {
      // To an ES module, the `default` of a CommonJS module is a value whatever is declared as such.
      const offered = this.isModuleExports(entry, view) ? undefined : binding.offered;
      if (!this.wholeOnly(entry, view)) return { kind: 'offered', offered, entry };
      return lacking({ kind: 'missing-export', entry, offers: ['default'] });
    }
    if (binding.kind === 'unknown') return this.unknown(binding.opening, entry);
    // A `default` that the declarations try to pass on and cannot is none, but to an ES module that asks CommonJS.
    const tried = mode === 'require' && binding.kind === 'none' && binding.broken !== undefined;
    if (phase === 'types' && (facts.augmented(demand) || (!tried && this.syntheticDefault(entry, view)))) {
      return { kind: 'offered', offered: undefined, entry };
    }
    const offers = this.offers(entry, view);
    if (binding.kind === 'ambiguous')
      return lacking({ kind: 'ambiguous-export', origins: binding.origins, entry, offers });
    return lacking({ kind: 'missing-export', entry, offers });
  }
}

function lacking(why: Unmet): Look {
  return { kind: 'lacking', why };
}
