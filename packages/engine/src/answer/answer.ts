import type { Answer, Demand, EntryFailure, EntryPlace, Unmet } from '../model/demand.js';
import type { OfferedName, UnknownFact } from '../model/surface.js';
import type { Surfaces } from '../surface/surfaces.js';
import type { LookupResult } from './variant-lookup.js';
import { VariantLookup } from './variant-lookup.js';
import { waysOf } from './modes.js';
import type { Modes } from './modes.js';
import type { ProviderFacts } from './provider-facts.js';

const MET = { verdict: 'met' } as const;
type Verdict =
  | { readonly verdict: 'met' }
  | { readonly verdict: 'unknown'; readonly unknownFact: UnknownFact }
  | { readonly verdict: 'unmet'; readonly why: Unmet };

/**
 * Compares one import with what its provider exports. Only `facts` keeps anything between calls.
 */
export function answer(demand: Demand, surfaces: Surfaces, facts: ProviderFacts): Answer {
  return { demand, ...verdictOf(demand, surfaces, facts) };
}

function verdictOf(demand: Demand, surfaces: Surfaces, facts: ProviderFacts): Verdict {
  if (demand.isFound) return MET;
  const unknownFact = facts.uncheckable(demand.provider);
  if (unknownFact) return { verdict: 'unknown', unknownFact };
  return best(waysOf(demand).map((modes) => inModes(demand, modes, surfaces, facts)));
}

/**
 * If the mode is unknown, the import is unmet only if it fails in every mode. The first reason is
 * reported.
 */
function best(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ verdict }) => verdict === 'met') ??
    verdicts.find(({ verdict }) => verdict === 'unknown') ??
    verdicts[0]!
  );
}

function inModes(demand: Demand, modes: Modes, surfaces: Surfaces, facts: ProviderFacts): Verdict {
  const finder = new AnswerFinder(demand, new VariantLookup(demand, modes, surfaces, facts), facts);
  if (demand.phase === 'runtime') return finder.atRuntime();
  if (demand.phase === 'types') return finder.inTypes();
  return finder.both();
}

class AnswerFinder {
  readonly #demand: Demand;
  readonly #lookup: VariantLookup;
  readonly #facts: ProviderFacts;

  constructor(demand: Demand, lookup: VariantLookup, facts: ProviderFacts) {
    this.#demand = demand;
    this.#lookup = lookup;
    this.#facts = facts;
  }

  atRuntime(): Verdict {
    return this.#verdict(this.#lookup.at('runtime'), 'missing-export');
  }

  /**
   * An import that only TypeScript checks. Without declarations there is nothing to compare it
   * with.
   */
  inTypes(): Verdict {
    const look = this.#lookup.at('types');
    if (look.kind === 'failed') return this.#untyped(look.entry) ?? this.#typesFailed(look.entry);
    return this.#verdict(look, 'missing-type-export');
  }

  /**
   * A plain import in TypeScript. It is a type import if the declarations say so, otherwise the
   * name must exist as a value and as a type.
   */
  both(): Verdict {
    const types = this.#lookup.at('types');
    if (types.kind === 'offered' && this.#isErased(types.offered)) return this.#asType(types);
    const runtime = this.#lookup.at('runtime');
    const untyped =
      types.kind === 'failed' && runtime.kind === 'offered' && this.#untyped(types.entry, runtime.entry);
    if (untyped) return untyped;
    if (this.#demand.name === undefined && runtime.kind === 'failed' && types.kind === 'offered') {
      // TypeScript removes `import 'only-types'` if it loads no value. The output shows whether it
      // stayed.
      return runtime.entry.outcome === 'no-entry' ? MET : this.#verdict(runtime, 'missing-export');
    }
    if (
      runtime.kind === 'lacking' &&
      types.kind === 'lacking' &&
      this.#facts.declaredKind(this.#demand) === 'type'
    ) {
      return this.#verdict(types, 'missing-type-export');
    }
    // The name may be a type in declarations with unknown exports. Then it may be missing at run
    // time.
    if (
      runtime.kind === 'lacking' &&
      types.kind === 'unknown' &&
      types.unknownFact.kind !== 'no-declarations'
    )
      return { verdict: 'unknown', unknownFact: types.unknownFact };
    // Declarations without the name stop the compiler, even if the run-time names are unknown.
    const typesDecide =
      types.kind === 'lacking' && (runtime.kind === 'offered' || runtime.kind === 'unknown');
    return typesDecide
      ? this.#verdict(types, 'missing-type-export')
      : this.#verdict(runtime, 'missing-export');
  }

  /** If the name is only a type, the type is enough, unless the source uses the name as a value. */
  #asType({ offered, entry }: LookupResult & { kind: 'offered' }): Verdict {
    if (offered?.constEnum || this.#demand.origin === 'output') return MET;
    const used = this.#facts.usedAsValue(this.#demand);
    if (!used || !offered || this.#facts.augmented(this.#demand)) return MET;
    return { verdict: 'unmet', why: { kind: 'type-used-as-value', entry, used, declared: offered.origin } };
  }

  /**
   * The declarations say that the name does not exist at run time: it is a type, or a const enum
   * that the compiler inlines.
   */
  #isErased(offered: OfferedName | undefined): boolean {
    if (!offered) return false;
    if (!offered.value) return true;
    return offered.constEnum === true && !this.#facts.compiledAlone(this.#demand.place.file);
  }

  /** TS7016, or TS2307 with node10: certain if no other declarations are in sight. A missing `types` target is a problem of its own. */
  #untyped(entry: EntryFailure, runtime?: EntryPlace): Verdict | undefined {
    const { types, name, form } = this.#demand;
    if (!types?.strict || (name === undefined && form !== 'import-equals')) return undefined;
    const isMissing =
      entry.outcome === 'no-entry' || (types.node10 === true && entry.outcome === 'file-missing');
    if (!isMissing || this.#facts.typedElsewhere(this.#demand)) return undefined;
    const file = runtime?.file;
    return { verdict: 'unmet', why: { kind: 'untyped-import', entry, ...(file !== undefined && { file }) } };
  }

  #typesFailed(entry: EntryFailure): Verdict {
    const runtime = this.#lookup.at('runtime');
    if (runtime.kind === 'failed' && runtime.entry.outcome !== 'no-entry')
      return this.#verdict(runtime, 'missing-export');
    const place = 'place' in entry && entry.place ? entry.place : this.#demand.place;
    const reason = `"${this.#demand.specifier}" has no declarations`;
    return { verdict: 'unknown', unknownFact: { kind: 'no-declarations', reason, place } };
  }

  #verdict(look: LookupResult, kind: 'missing-export' | 'missing-type-export'): Verdict {
    if (look.kind === 'offered') return MET;
    if (look.kind === 'unknown') return { verdict: 'unknown', unknownFact: look.unknownFact };
    if (look.kind === 'failed')
      return { verdict: 'unmet', why: { kind: ruleOfFailure(look.entry), entry: look.entry } };
    const { why } = look;
    return { verdict: 'unmet', why: why.kind === 'missing-export' ? { ...why, kind } : why };
  }
}

/** The kind of breakage for an entry point that does not resolve. */
function ruleOfFailure(
  entry: EntryFailure,
): 'unexported-subpath' | 'unresolved-condition' | 'entry-file-missing' {
  if (entry.outcome === 'not-listed' || entry.outcome === 'blocked') return 'unexported-subpath';
  if (entry.outcome === 'no-condition') return 'unresolved-condition';
  return 'entry-file-missing';
}
