import { groupBy } from '../collections/group-by.js';
import { remembered } from '../collections/remembered.js';
import type { CommonJsFacts } from '../model/commonjs-facts.js';
import type { FilePath, Place } from '../model/place.js';
import type { OfferedName } from '../model/surface.js';
import { isAddedElsewhere } from './added-elsewhere.js';
import type { Binding } from './binding.js';
import { NONE } from './binding.js';
import { assignedNames, factsOf, followRequire, lexedNames } from './commonjs-names.js';
import type { FoundNames, Linker, LinkStep } from './link-step.js';
import { REQUIRE } from './view.js';

/**
 * One name of a CommonJS module.
 *
 * For an `import`, Node links by what cjs-module-lexer detects, plus `default` (the whole
 * `module.exports`) and, from Node 23 on, `module.exports`. A bundler links by what the code
 * assigns. So a name that is assigned but not detected is unknown here: whether it breaks depends
 * on what loads the importer.
 *
 * For a `require`, the module has what it assigns and what every object has.
 */
export function commonJsBinding(step: LinkStep, name: string): Binding {
  const { linker, file, view } = step;
  if (view.mode === 'import' && (name === 'default' || name === 'module.exports')) return whole(step, name);
  if (view.mode === 'require' && isInherited(name)) return found(step, name);
  const assigned = linker.remember(`assigned\n${file}`, () => assignedNames(step.restarted()));
  const sure = sureNames(step);
  if (sure.names.has(name)) {
    const [unknownFact] = assigned.unknownFacts;
    const gone = !assigned.names.has(name) && !unknownFact;
    if (!assigned.names.has(name) && unknownFact && isLost(step.restarted(), name))
      return { kind: 'unknown', unknownFact };
    if (gone || isEmpty(step, name)) return found(step, name, { lost: true });
    return throughReexports(step, name) ?? found(step, name, requiredAs(step, name));
  }
  if (
    view.mode === 'require' &&
    name === 'default' &&
    !sure.names.has('__esModule') &&
    sure.unknownFacts.length === 0
  ) {
    // `import x from` compiled with interop: the default is the whole module.exports.
    return whole(step, name);
  }
  if (view.mode === 'import' && assigned.names.has(name)) {
    // Node does not detect it, and what bundlers see is undefined.
    if (isEmpty(step, name)) return found(step, name, { lost: true });
    const reason = `only bundlers and require see "${name}", because Node's lexer does not detect its assignment`;
    return {
      kind: 'unknown',
      unknownFact: { kind: 'undetected-by-node', reason, place: assignmentPlace(step, name) },
    };
  }
  if (assigned.unknownFacts[0]) return { kind: 'unknown', unknownFact: assigned.unknownFacts[0] };
  if (name === '__esModule' || !isAddedElsewhere(linker, file, name)) return NONE;
  if (view.mode === 'require') return found(step, name);
  const reason = `another module adds "${name}", so Node's lexer does not detect it`;
  return {
    kind: 'unknown',
    unknownFact: { kind: 'undetected-by-node', reason, place: assignmentPlace(step, name) },
  };
}

/** The names that a CommonJS module has for what loads it. */
function sureNames(step: LinkStep): FoundNames {
  return step.view.mode === 'import'
    ? step.linker.remember(`lexed\n${step.file}`, () => lexedNames(step.restarted()))
    : step.linker.remember(`assigned\n${step.file}`, () => assignedNames(step.restarted()));
}

/** `toString` and similar, which every `module.exports` has. */
function isInherited(name: string): boolean {
  return name in Object.prototype || name in Function.prototype;
}

/**
 * Whether a name was detected on an `exports` that is replaced, here or in a module whose names are
 * passed on.
 */
function isLost(step: LinkStep, name: string): boolean {
  step.visited.add(step.file);
  const facts = factsOf(step);
  if (facts?.lost?.includes(name)) return true;
  return (facts?.lexed.reexports ?? []).some((specifier) => {
    const target = followRequire(step, specifier);
    return target !== undefined && !step.visited.has(target.step.file) && isLost(target.step, name);
  });
}

/** Whether reading a name throws or gives undefined, because what it is read from does not exist. */
function isEmpty(step: LinkStep, name: string): boolean {
  return (
    assignmentsOf(factsOf(step), name).some(({ throws, absent }) => throws || absent) ||
    isReadFromNowhere(step, name)
  );
}

/** Whether everything that a name's value is read from is missing. */
function isReadFromNowhere(step: LinkStep, name: string): boolean {
  const facts = factsOf(step);
  const from = assignmentsOf(facts, name)[0]?.from;
  if (!facts || !from || facts.open.length > 0) return false;
  const copied = passedOnFrom(facts, name).map((specifier) => ({ specifier, name, copied: true }));
  return [...from, ...copied].every((read) => {
    const target = followRequire(step, read.specifier)?.step;
    if (!target) return false;
    // What every object inherits is not copied.
    if ('copied' in read && isInherited(name)) return !assignedNames(target.restarted()).names.has(name);
    const required = (wanted: string): Binding =>
      step.linker.resolve(target.into({ file: target.file, view: REQUIRE }).aside(), wanted);
    const binding = required(read.name);
    const isGone = binding.kind === 'none' || (binding.kind === 'found' && binding.offered.lost === true);
    if ('interop' in read) return isGone && required('__esModule').kind === 'found';
    // Without a helper, a module is no `default` of itself.
    const isWhole = binding.kind === 'found' && binding.offered.exported === 'module.exports';
    return isGone || (isWhole && read.name === 'default');
  });
}

/**
 * Marked as compiled from ES modules: interop helpers then use its `default`, otherwise the whole
 * module.
 */
export function isMarked(linker: Linker, file: FilePath): boolean {
  return linker.binding(file, '__esModule', REQUIRE).kind === 'found';
}

/** The modules whose names are passed on, this one among them. */
function passedOnFrom({ assignedFrom, starredFrom }: CommonJsFacts, name: string): readonly string[] {
  if (name !== 'default' || !starredFrom) return assignedFrom;
  return assignedFrom.filter((specifier) => !starredFrom.includes(specifier));
}

const sourcesByFacts = new WeakMap<CommonJsFacts, readonly string[]>();

/** The modules whose names a module has: those that the lexer detects, and those that the code copies. */
function sourcesOf(facts: CommonJsFacts, name: string): readonly string[] {
  const make = (): readonly string[] => [
    ...new Set([...facts.lexed.reexports, ...passedOnFrom(facts, name)]),
  ];
  return name === 'default' ? make() : remembered(sourcesByFacts, facts, make);
}

/** Follows a name to the module that declares it, so that its place is the true one. */
function throughReexports(step: LinkStep, name: string): Binding | undefined {
  const facts = factsOf(step);
  if (!facts || lexedOf(facts).has(name) || assignmentsOf(facts, name).length > 0) return undefined;
  const view = { phase: 'runtime', mode: step.view.mode } as const;
  const isSpecial = name === 'default' || name === 'module.exports' || isInherited(name);
  for (const { required: target } of step.linker.requiredBy(step, sourcesOf(facts, name))) {
    if (!target) continue;
    const next = step.into({ file: target.file, view });
    // Hundreds of files may all pass on each other's names.
    if (step.linker.isCircle(next, name)) {
      step.circles.count++;
      continue;
    }
    // A file may pass on the names of thousands of others.
    if (!isSpecial && target.format === 'commonjs' && !sureNames(next).names.has(name)) continue;
    const binding = step.linker.resolve(next, name);
    if (binding.kind === 'found') return binding;
  }
  return undefined;
}

/** The module that a name is set to: `exports.part = require('./part')`. */
function requiredAs(step: LinkStep, name: string): FoundExtras {
  const { module, helped } = assignmentsOf(factsOf(step), name)[0] ?? {};
  const namespaceOf = module === undefined ? undefined : followRequire(step, module)?.step.file;
  return { namespaceOf, helped };
}

type Assigned = CommonJsFacts['assigned'][number];

const assignedByFacts = new WeakMap<CommonJsFacts, ReadonlyMap<string, readonly Assigned[]>>();
const lexedByFacts = new WeakMap<CommonJsFacts, ReadonlySet<string>>();

/** The assignments of one name. Modules may have 100,000 names. */
function assignmentsOf(facts: CommonJsFacts | undefined, name: string): readonly Assigned[] {
  if (!facts) return [];
  const byName = remembered(assignedByFacts, facts, () => groupBy(facts.assigned, (entry) => entry.name));
  return byName.get(name) ?? [];
}

function lexedOf(facts: CommonJsFacts): ReadonlySet<string> {
  return remembered(lexedByFacts, facts, () => new Set(facts.lexed.exports));
}

function assignmentPlace(step: LinkStep, name: string): Place {
  const assigned = assignmentsOf(factsOf(step), name)[0];
  return step.placeOf(assigned ?? { start: 0, end: 0 });
}

interface FoundExtras {
  readonly lost?: boolean;
  readonly namespaceOf?: FilePath | undefined;
  readonly helped?: 'marked' | 'whole' | undefined;
  readonly exported?: string;
}

function found(
  step: LinkStep,
  name: string,
  { lost = false, namespaceOf, helped = undefined, exported = name }: FoundExtras = {},
): Binding {
  const offered: OfferedName = {
    name,
    value: true,
    type: false,
    origin: assignmentPlace(step, name),
    exported,
    ...(lost && { lost }),
    ...(namespaceOf !== undefined && { namespaceOf, namespaceMode: 'require' as const }),
    ...(namespaceOf !== undefined && { namespaceDefault: helped ?? ('own' as const) }),
  };
  return { kind: 'found', offered, id: `${step.file}#${name}` };
}

/** All of `module.exports`, under a name that represents it. */
function whole(step: LinkStep, name: string): Binding {
  return found(step, name, { exported: 'module.exports' });
}
