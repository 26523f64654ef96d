import { placeOf } from '../model/place.js';
import type { Answer, Demand, EntryPlace, MissingMember } from '../model/demand.js';
import type { MemberRead } from '../model/module-record.js';
import type { OfferedName } from '../model/surface.js';
import type { ModuleStore } from '../parse/module-store.js';
import { assignmentOf } from '../surface/assignment-binding.js';
import { viewOfEntry } from '../surface/ambient-entry.js';
import { wholeModule } from '../surface/esm-linking.js';
import { mayHaveMembers, memberOf } from '../surface/members.js';
import type { MemberLook } from '../surface/members.js';
import type { Surfaces } from '../surface/surfaces.js';
import { REQUIRE } from '../surface/view.js';
import { waysOf } from './modes.js';
import type { Modes } from './modes.js';
import type { ProviderFacts } from './provider-facts.js';

/** A read of members of an imported name. */
export type ReadsOf = (demand: Demand & { readonly name: string }) => readonly MemberRead[];

/** As recorded for the importing modules. */
export function readsFrom(modules: ModuleStore): ReadsOf {
  return ({ form, linked, name, place, specifierPlace }) => {
    // The members of a re-exported name are not followed.
    if (form === 'export-from') return [];
    const named = linked && form === 'import' ? place : undefined;
    return modules.memberReads(place.file, name, { specifierStart: specifierPlace.start, named });
  };
}

/** The variant that an import uses in one mode, and the name in it. */
interface Side {
  readonly entry: EntryPlace;
  readonly offered: OfferedName;
}

/**
 * Checks the members that are read from an existing name: of an enum, a namespace, an `export =`,
 * or of `module.exports` through a default import. Reads of members that are unknown are not
 * checked.
 */
export function answerMembers(
  { demand, verdict }: Answer,
  surfaces: Surfaces,
  facts: ProviderFacts,
  readsOf: ReadsOf,
): readonly Answer[] {
  if (verdict !== 'met' || demand.name === undefined || demand.soft) return [];
  const ways = waysOf(demand).map((modes) => new Way(demand, modes, surfaces, facts));
  if (!ways.some((way) => way.mayHaveMembers())) return [];
  const reads = readsOf({ ...demand, name: demand.name });
  const lost = new Set<string>();
  return reads.flatMap((read) => {
    // If the name itself is missing, its members are not checked.
    if (read.path.some((_, at) => at > 0 && lost.has(read.path.slice(0, at).join('.')))) return [];
    const asked = memberDemand(demand, read);
    const answers = ways.map((way) => way.answer(asked));
    // Unmet only if the member is missing in every format that the module may be compiled to.
    if (answers.includes(undefined)) return [];
    const answer = answers.find((each) => each?.verdict === 'met') ?? answers[0];
    if (answer?.verdict === 'unmet') lost.add(read.path.join('.'));
    return answer ?? [];
  });
}

function memberDemand(demand: Demand, read: MemberRead): Demand {
  const { plain: _, ...rest } = demand;
  return {
    ...rest,
    place: placeOf(demand.place.file, read),
    member: read.path,
    phase: read.typeOnly ? 'types' : demand.phase,
    ...(read.plain && { plain: true as const }),
  };
}

/** An imported name in one mode. */
class Way {
  readonly #demand: Demand;
  readonly #modes: Modes;
  readonly #surfaces: Surfaces;
  readonly #facts: ProviderFacts;
  #sides: Partial<Record<'runtime' | 'types', Side>> | undefined;

  constructor(demand: Demand, modes: Modes, surfaces: Surfaces, facts: ProviderFacts) {
    this.#demand = demand;
    this.#modes = modes;
    this.#surfaces = surfaces;
    this.#facts = facts;
  }

  mayHaveMembers(): boolean {
    const sides = this.#known();
    return [sides.runtime, sides.types].some((side) => side && mayHaveMembers(this.#surfaces, side.offered));
  }

  /** Undefined if the members are unknown. */
  answer(demand: Demand): Answer | undefined {
    const types = this.#look('types', demand);
    const inlined = types.kind === 'has' && types.inlined;
    const runtime: MemberLook =
      demand.phase === 'types' || inlined ? { kind: 'unknown' } : this.#look('runtime', demand);
    const promised = types.kind === 'has' && types.value;
    if (runtime.kind === 'lacks') return this.#unmet(demand, 'runtime', runtime, promised);
    if (types.kind === 'lacks' && demand.phase !== 'runtime' && !this.#facts.augmented(demand))
      return this.#unmet(demand, 'types', types, false);
    return runtime.kind === 'has' || types.kind === 'has' ? { demand, verdict: 'met' } : undefined;
  }

  #look(phase: 'runtime' | 'types', { member }: Demand): MemberLook {
    const side = this.#known()[phase];
    if (!side) return { kind: 'unknown' };
    return memberOf(this.#surfaces, side.offered, member!, { phase, mode: this.#modes[phase] });
  }

  #unmet(
    demand: Demand,
    side: 'runtime' | 'types',
    { names, owner, origins }: MemberLook & { kind: 'lacks' },
    promised: boolean,
  ): Answer | undefined {
    const { entry, offered } = this.#known()[side]!;
    const whole = offered.exported === 'module.exports' ? this.#throughDefault(demand) : undefined;
    if (whole === 'unknown') return undefined;
    // An absent member of an object is undefined. Only a call or a read of its members fails.
    const { plain, ...firm } = demand;
    const isPlain = plain && !promised && (demand.form === 'require' || whole !== undefined);
    const why: MissingMember = {
      kind: 'missing-member',
      side,
      owner,
      promised,
      entry,
      offers: names,
      ...(whole && { whole }),
      ...(origins && { origins }),
    };
    return { demand: isPlain ? demand : firm, verdict: 'unmet', why };
  }

  /**
   * `module.exports` does not have the member. Node passes it to every default import. Bundlers and
   * compiled interop pass the export `default` instead if the module is marked as compiled from ES
   * modules.
   */
  #throughDefault(demand: Demand): { readonly inDefault: boolean } | 'unknown' {
    const { file } = this.#known().runtime!.entry;
    const marked = this.#surfaces.binding(file, '__esModule', REQUIRE);
    if (marked.kind === 'unknown') return 'unknown';
    const inner = marked.kind === 'found' ? this.#surfaces.binding(file, 'default', REQUIRE) : undefined;
    if (inner?.kind !== 'found') return { inDefault: false };
    const look = memberOf(this.#surfaces, inner.offered, demand.member!, REQUIRE);
    if (look.kind === 'lacks' || demand.onNode || demand.interop === 'node')
      return { inDefault: look.kind === 'has' };
    return 'unknown';
  }

  #known(): Partial<Record<'runtime' | 'types', Side>> {
    if (this.#sides) return this.#sides;
    const runtime = this.#demand.phase === 'types' ? undefined : this.#side('runtime');
    const types = this.#side('types');
    return (this.#sides = { ...(runtime && { runtime }), ...(types && { types }) });
  }

  #side(phase: 'runtime' | 'types'): Side | undefined {
    const entry = this.#facts.resolve(this.#demand, this.#modes[phase], phase);
    if (entry.outcome !== 'file' || (phase === 'types' && this.#isModuleExports(entry.file)))
      return undefined;
    const isWhole = phase === 'runtime' && this.#isWhole(entry.file);
    if (isWhole && this.#surfaces.kindOf(entry.file, REQUIRE).format === 'esm')
      return { entry, offered: wholeModule(entry.file, 'default') };
    const mode = isWhole ? 'import' : this.#modes[phase];
    const view = viewOfEntry(this.#surfaces.host, entry.file, this.#demand.specifier, { phase, mode });
    const binding = this.#surfaces.binding(entry.file, this.#demand.name!, view);
    return binding.kind === 'found' ? { entry, offered: binding.offered } : undefined;
  }

  /**
   * Whether the helper returns all of `module.exports`, as Node's imports do. A helper in Node mode
   * always does; the others do if the module has no mark.
   */
  #isWhole(file: string): boolean {
    const { interop } = this.#demand;
    if (interop !== 'marked') return interop === 'node';
    return this.#surfaces.binding(file, '__esModule', REQUIRE).kind === 'none';
  }

  /**
   * For an ES module, the declared `default` of a CommonJS module is either a member of the default
   * or the default itself. The compiler's settings decide which.
   */
  #isModuleExports(file: string): boolean {
    const record = this.#surfaces.host.record(file);
    if (this.#demand.name !== 'default' || this.#modes.types === 'require' || !record) return false;
    return this.#surfaces.host.formatOf(file, record) === 'commonjs' && !assignmentOf(record);
  }
}
