import type { Answer, Demand, EntryPlace, MissingMember } from '../model/demand.js';
import type { FilePath } from '../model/place.js';
import type { WorkspacePackage } from '../model/workspace.js';
import type { ValueMembers } from '../model/module-record.js';
import type { OfferedName } from '../model/surface.js';
import { AWAITED, INNER, WHOLE } from '../parse/called-imports.js';
import type { CalledImport, CalledImports } from '../parse/called-imports.js';
import type { ValueName } from '../parse/commonjs/value-members.js';
import { memberReadsKey } from '../parse/member-reads.js';
import { assignmentOf } from '../surface/assignment-binding.js';
import { isMarked } from '../surface/commonjs-binding.js';
import type { Surfaces } from '../surface/surfaces.js';
import { IMPORT, REQUIRE } from '../surface/view.js';
import { mayUseWhole } from '../text-scan/may-use-whole.js';
import type { PackageRuntimes } from '../trace/package-runtimes.js';
import { waysOf } from './modes.js';
import type { ProviderFacts } from './provider-facts.js';

/** What is needed of modules to check how imported modules are used. */
export interface CalledContext {
  readonly modules: {
    text(file: FilePath): string | undefined;
    calledImports(file: FilePath): CalledImports;
    valueMembers(file: FilePath, name: ValueName): ValueMembers | undefined;
  };
  readonly surfaces: Surfaces;
  readonly runtimes: Pick<PackageRuntimes, 'of'>;
  packageOf(project: string): WorkspacePackage | undefined;
}

/**
 * Uses of a module as a function or an iterable, although it is an object: a default import of marked CommonJS in a Node ES module, which
 * is all of `module.exports`, and what `require` or a namespace import gives.
 */
export function answerCalledModules(
  context: CalledContext,
  answered: Answer,
  facts: ProviderFacts,
): readonly Answer[] {
  const { demand, verdict } = answered;
  if (verdict !== 'met' || demand.soft || demand.phase === 'types') return [];
  const asDefault =
    usedWithoutHelper(context, demand, facts) ??
    calledDefault(context, demand, facts) ??
    calledValue(context, demand, facts);
  const found = [asDefault, calledWhole(context, demand, facts)];
  return found.flatMap((answer) => answer ?? []);
}

function calledDefault(context: CalledContext, demand: Demand, facts: ProviderFacts): Answer | undefined {
  const { modules } = context;
  const { form, name, interop, place, specifierPlace } = demand;
  if ((form !== 'import' && form !== 'dynamic-import') || name !== 'default' || interop) return undefined;
  const object = wholeAsDefault(context, demand, facts) ?? declaredWholeAsDefault(context, demand, facts);
  if (!object) return undefined;
  const calls = modules.calledImports(place.file);
  // Any value can be awaited, so it counts only if the default is another value, which may be a promise. For a source in JavaScript,
  // only the output shows whether a member is read from the result.
  const mayAwait = object.hasDefault && (demand.origin === 'output' || demand.phase !== 'runtime');
  const call =
    calls.get(memberReadsKey(specifierPlace.start, 'default')) ??
    (mayAwait ? calls.get(memberReadsKey(specifierPlace.start, AWAITED)) : undefined);
  if (!call) return undefined;
  const { entry, hasDefault, ...more } = object;
  const called = { as: call.as, whole: false, hasDefault };
  return unmet(demand, call, objectAt(context, entry, { ...more, called }));
}

/** A default import of CommonJS that is compiled to a read of `default`, which the module does not have. */
function usedWithoutHelper(
  { surfaces }: CalledContext,
  demand: Demand,
  facts: ProviderFacts,
): Answer | undefined {
  const { form, name, origin, phase } = demand;
  if (form !== 'import' || name !== 'default' || origin !== 'source' || phase !== 'both') return undefined;
  if (!facts.readsDefault(demand)) return undefined;
  const entry = facts.resolve(demand, 'require', 'runtime');
  if (entry.outcome !== 'file' || surfaces.kindOf(entry.file, REQUIRE).format !== 'commonjs')
    return undefined;
  const found = surfaces.binding(entry.file, 'default', REQUIRE);
  const used = facts.usedAsValue(demand);
  if (found.kind !== 'found' || found.offered.exported !== 'module.exports' || !used) return undefined;
  const called = { as: 'function', whole: false, hasDefault: false, of: 'undefined' } as const;
  const why: MissingMember = {
    kind: 'missing-member',
    side: 'runtime',
    promised: false,
    entry,
    offers: [],
    owner: found.offered.origin,
    called,
  };
  return { demand: { ...demand, place: used, member: [] }, verdict: 'unmet', why };
}

/**
 * The default export itself: it is an object literal, or the code calls its property `default`, as it would for CommonJS, and it has
 * none.
 */
function calledValue(context: CalledContext, demand: Demand, facts: ProviderFacts): Answer | undefined {
  const { modules } = context;
  const { form, name, place, specifierPlace, interop } = demand;
  const isRequired = form === 'require' || form === 'import-equals';
  if (name !== 'default' || (isRequired ? interop !== undefined : !/^(dynamic-)?import$/.test(form)))
    return undefined;
  if (!/\bdefault\b|\bimport\b/.test(modules.text(place.file) ?? '')) return undefined;
  const calls = modules.calledImports(place.file);
  for (const of of ['value', 'inner'] as const) {
    const call = calls.get(memberReadsKey(specifierPlace.start, of === 'value' ? 'default' : INNER));
    if (!call) continue;
    const values = waysOf(demand).map((modes) =>
      defaultValue(context, demand, facts, isRequired ? 'require' : modes.runtime),
    );
    const [first] = values;
    const fails = values.every((value) => value && (of === 'value' ? value.isPlain : value.lacksDefault));
    if (!first || !fails) continue;
    const { entry, owner } = first;
    const called = { as: call.as, whole: false, hasDefault: false, of };
    return unmet(demand, call, objectAt(context, entry, { owner, called }));
  }
  return undefined;
}

interface DefaultValue {
  readonly entry: EntryPlace;
  readonly owner: MissingMember['owner'];
  readonly isPlain: boolean;
  readonly lacksDefault: boolean;
}

/** What the text of the provider shows about its default export, if every tool gives it to the importer. */
function defaultValue(
  context: CalledContext,
  demand: Demand,
  facts: ProviderFacts,
  mode: 'import' | 'require',
): DefaultValue | undefined {
  const { modules, surfaces } = context;
  const entry = facts.resolve(demand, mode, 'runtime');
  if (entry.outcome !== 'file') return undefined;
  const isModule = surfaces.kindOf(entry.file, IMPORT).format === 'esm';
  const found = surfaces.binding(entry.file, 'default', isModule ? IMPORT : REQUIRE);
  if (found.kind !== 'found' || !found.offered.value) return undefined;
  const { offered } = found;
  const { file } = offered.origin;
  if (surfaces.host.record(file)?.language !== 'js') return undefined;
  // Without a mark, the default is the whole module, or undefined if nothing helps.
  if (!isModule && !isMarked(surfaces, entry.file)) {
    const { names, unknownFacts } = surfaces.of(entry.file, REQUIRE);
    const isWhole = offered.exported === 'module.exports';
    const hasOwn = [...names.values()].some((one) => one.name === 'default' && one.exported === 'default');
    return {
      entry,
      owner: offered.origin,
      isPlain: isWhole && isObjectFile(context, entry.file),
      lacksDefault: isWhole && unknownFacts.length === 0 && !hasOwn,
    };
  }
  if (offered.exported === 'module.exports') return undefined;
  const members = modules.valueMembers(file, valueName(offered));
  if (!members) return undefined;
  return {
    entry,
    owner: offered.origin,
    // Node uses the whole module, which is an object as well.
    isPlain: members.plain === true && (isModule || isObjectFile(context, entry.file)),
    lacksDefault:
      (isModule || mode === 'require') && members.open === undefined && !members.names.includes('default'),
  };
}

function valueName({ local, exported = 'default' }: OfferedName): ValueName {
  return local === undefined ? { exported } : { local };
}

interface ObjectAt extends Pick<MissingMember, 'entry' | 'owner' | 'side'> {
  readonly hasDefault: boolean;
}

/**
 * CommonJS whose default import is all of `module.exports`. If the module is marked as compiled from ES modules, that is so only in Node.
 */
function wholeAsDefault(context: CalledContext, demand: Demand, facts: ProviderFacts): ObjectAt | undefined {
  const { modules, surfaces } = context;
  const entry = facts.resolve(demand, 'import', 'runtime');
  if (entry.outcome !== 'file' || surfaces.kindOf(entry.file, IMPORT).format !== 'commonjs') return undefined;
  const { file } = entry;
  const found = { entry, owner: { file, start: 0, end: 0 }, side: 'runtime' as const };
  if (!isMarked(surfaces, file))
    return demand.mode === 'import' && isObjectFile(context, file)
      ? { ...found, hasDefault: false }
      : undefined;
  const inner = surfaces.binding(file, 'default', REQUIRE);
  if (inner.kind === 'none' && isObjectFile(context, file)) return { ...found, hasDefault: false };
  if (inner.kind !== 'found' || inner.offered.exported === 'module.exports') return undefined;
  if (!isLoadedByNode(context, demand) || mayBeReplaced(modules, file)) return undefined;
  return { ...found, owner: inner.offered.origin, hasDefault: true };
}

/**
 * Declarations of a CommonJS module without `export =`. An ES module under nodenext gets the whole module as its default, whatever the
 * JavaScript is (TS2349).
 */
function declaredWholeAsDefault(
  { surfaces }: CalledContext,
  demand: Demand,
  facts: ProviderFacts,
): ObjectAt | undefined {
  const { phase, types } = demand;
  if (phase !== 'both' || types?.nodenext !== true || types.mode !== 'import') return undefined;
  const runtime = facts.resolve(demand, 'import', 'runtime');
  // If the formats differ, mismatched-types-format reports that.
  if (runtime.outcome !== 'file' || surfaces.kindOf(runtime.file, IMPORT).format !== 'commonjs')
    return undefined;
  const entry = facts.resolve(demand, 'import', 'types');
  const record = entry.outcome === 'file' ? surfaces.host.record(entry.file) : undefined;
  if (entry.outcome !== 'file' || record?.language !== 'dts') return undefined;
  const isModule = record.hasModuleSyntax && !record.syntaxError && !assignmentOf(record);
  if (!isModule || surfaces.host.formatOf(entry.file, record) !== 'commonjs') return undefined;
  const { kind, ...found } = surfaces.binding(entry.file, 'default', TYPES);
  const owner = kind === 'found' && 'offered' in found ? found.offered.origin : undefined;
  return owner && { entry, owner, side: 'types', hasDefault: true };
}

/** What `require` returns, or a namespace. */
function calledWhole(context: CalledContext, demand: Demand, facts: ProviderFacts): Answer | undefined {
  const { modules, surfaces } = context;
  const { form, name, linked, place, specifierPlace } = demand;
  if (form !== 'require' && form !== 'import-equals' && form !== 'import') return undefined;
  // A statement with names in braces has no name for the whole, so its text need not be read.
  if (linked && name !== 'default') return undefined;
  if (!mayUseWhole(modules.text(place.file) ?? '', specifierPlace)) return undefined;
  const sides = waysOf(demand).map((modes) => {
    const entry = facts.resolve(demand, form === 'import' ? modes.runtime : 'require', 'runtime');
    return entry.outcome === 'file' && isObject(context, demand, entry.file) ? entry : undefined;
  });
  const declared = isDeclaredObject(context, demand, facts);
  const entry = sides.every((side) => side !== undefined) ? sides[0] : declared;
  if (!entry) return undefined;
  const call = modules.calledImports(place.file).get(memberReadsKey(specifierPlace.start, WHOLE));
  if (!call) return undefined;
  const hasDefault = surfaces.binding(entry.file, 'default', entry === declared ? TYPES : REQUIRE);
  const isOwn = hasDefault.kind === 'found' && hasDefault.offered.exported !== 'module.exports';
  const why = objectAt(context, entry, {
    owner: { file: entry.file, start: 0, end: 0 },
    side: entry === declared ? 'types' : 'runtime',
    called: { as: call.as, whole: true, hasDefault: isOwn },
  });
  // All names of one request have the same whole, so the same use is found for each.
  const { name: _, plain: __, ...request } = demand;
  return unmet(request, call, why);
}

const TYPES = { phase: 'types', mode: 'require' } as const;

function objectAt(
  { surfaces }: CalledContext,
  entry: EntryPlace,
  more: Pick<MissingMember, 'owner' | 'called'> & Partial<Pick<MissingMember, 'side'>>,
): MissingMember {
  const view = more.side === 'types' ? TYPES : REQUIRE;
  const offers = [...surfaces.of(entry.file, view).names.keys()].filter((name) => name !== '__esModule');
  return {
    kind: 'missing-member',
    side: 'runtime',
    promised: false,
    entry,
    offers,
    whole: { inDefault: true },
    ...more,
  };
}

function unmet(demand: Demand, call: CalledImport, why: MissingMember): Answer | undefined {
  if (call.through !== undefined && why.offers.includes(call.through)) return undefined;
  // For some libraries, an object can be a component.
  if (call.rendered && why.called?.hasDefault !== true) return undefined;
  const place = { file: demand.place.file, start: call.start, end: call.end };
  return { demand: { ...demand, place, member: [] }, verdict: 'unmet', why };
}

/** Node links or loads it, or TypeScript compiles the source by Node's rules. */
function isLoadedByNode({ runtimes, surfaces, packageOf }: CalledContext, demand: Demand): boolean {
  const { onNode, types, mode, origin, dependent, place, form } = demand;
  if (onNode) return true;
  if (types?.nodenext === true && types.mode === 'import' && mode !== 'require') return true;
  const record = surfaces.host.record(place.file);
  const pkg = packageOf(dependent);
  if (record?.language !== 'js' || !pkg || (form !== 'dynamic-import' && !record.hasModuleSyntax))
    return false;
  const { node, browser } = runtimes.of(pkg);
  return node && (origin === 'output' || (pkg.outputs.length === 0 && !browser));
}

/** Whether what the import gives is an object that is neither a function nor an array. */
function isObject(context: CalledContext, demand: Demand, file: FilePath): boolean {
  if (demand.form === 'import' && isLoadedByNode(context, demand)) return true;
  const { surfaces } = context;
  // An ES module decides with the export "module.exports" what Node's `require` returns.
  return surfaces.kindOf(file, REQUIRE).format === 'esm'
    ? surfaces.binding(file, 'module.exports', IMPORT).kind === 'none'
    : isObjectFile(context, file);
}

/** CommonJS that adds names to its `exports`, and neither replaces them nor passes them to other code. */
function isObjectFile({ surfaces, modules }: CalledContext, file: FilePath): boolean {
  const { format } = surfaces.kindOf(file, REQUIRE);
  if (format !== 'commonjs' || surfaces.host.record(file)?.language !== 'js') return false;
  const { names, unknownFacts } = surfaces.of(file, REQUIRE);
  const own = [...names.values()].filter(({ exported }) => exported !== 'module.exports');
  return unknownFacts.length === 0 && own.length > 0 && !mayBeReplaced(modules, file);
}

/** Declarations without `export =` have no call signature (TS2349), and neither has any namespace that the compiler wraps. */
function isDeclaredObject(
  { surfaces }: CalledContext,
  demand: Demand,
  facts: ProviderFacts,
): EntryPlace | undefined {
  const { phase, types, form, place } = demand;
  if (phase !== 'both' || form === 'require') return undefined;
  const isWrapped = form === 'import' && facts.wrapsNamespaces(place.file);
  const entries = waysOf(demand).map((modes) => {
    const entry = facts.resolve(demand, types && types.mode !== 'either' ? types.mode : modes.types, 'types');
    if (entry.outcome !== 'file') return undefined;
    const record = surfaces.host.record(entry.file);
    const isModule = record?.language === 'dts' && record.hasModuleSyntax && !record.syntaxError;
    return isModule && (isWrapped || !assignmentOf(record)) ? entry : undefined;
  });
  return entries.every((entry) => entry !== undefined) ? entries[0] : undefined;
}

/**
 * `module.exports = …` may make the whole a function, unless every such value is an object literal. esbuild assigns an object that
 * has the exports.
 */
function mayBeReplaced(modules: CalledContext['modules'], file: FilePath): boolean {
  const mayBe =
    /\bmodule\s*(?:\[|\.\s*exports\s*=(?!=)(?!\s*__toCommonJS\())|\bexports\s*=(?!=)[^;]*module\b/;
  if (!mayBe.test(modules.text(file) ?? '')) return false;
  return modules.valueMembers(file, { exported: 'module.exports' })?.plain !== true;
}
